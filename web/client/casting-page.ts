import { mostFound, searchMembers, type FoundMember } from '../../database/casting/search-members.ts';
import { offeredThemes } from '../../database/themes.ts';
import { availabilityOn } from '../../domain/availability.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { requireRight } from '../access.ts';
import { searchAsked, searchText, searchTyped } from '../casting-search.ts';
import type { Page } from '../page.ts';
import { castingActs, searchCarried } from './casting-acts.ts';
import { castingOf } from './casting-view.ts';

/** C4, C5: finding members for a project, keeping some in mind, inviting several at once with one message. */
export const castingPage: Page = {
  template: 'client-casting',
  async show(deps, access, typed, query) {
    requireRight(access, 'searchMembers');
    const casting = await castingOf(deps, access);
    const search = searchTyped(typed ? searchCarried(typed.body) : query);
    const day = parisDay(Date.now());
    const { asked, wrong } = searchAsked(search, day);
    const { members, total, pages, instead, some } = await searchMembers(deps.db, casting.project.id, asked, day);
    const french = access.locale === 'fr';
    return {
      ...casting, search, wrong, today: day, wrongRate: wrong.some((field) => field === 'from' || field === 'to'), wrongDays: wrong.some((field) => field.startsWith('free')), searchText: searchText(search), instead, some, total, more: total > mostFound, mostFound,
      filtered: search.theme.length > 0 || [search.skills, search.place, search.from, search.to, search.available, search.freeFrom, search.freeTo].some(Boolean), narrowed: searchText(search, 1) !== '',
      themes: (await offeredThemes(deps.db, search.theme)).map((theme) => ({ ...theme, chosen: search.theme.includes(theme.id) })),
      found: members.map((member: FoundMember) => ({
        ...member, free: availabilityOn(day, member, member.calendar), themeNames: member.themes.map(({ nameFr, nameEn }) => (french ? nameFr : nameEn)), skillNames: member.skills.slice(0, 6),
      })),
      otherPages: pages > 1 ? Array.from({ length: pages }, (_, index) => ({ number: index + 1, here: index + 1 === search.page, query: searchText(search, index + 1) })) : [],
    };
  },
  acts: castingActs,
};
