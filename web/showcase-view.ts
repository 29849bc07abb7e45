import type { Showcase } from '../database/casting/public-profile.ts';
import { availabilityOn, periodsOf } from '../domain/availability.ts';
import { parisDay } from '../domain/membership-schedule.ts';
import { calendarView } from './calendar-view.ts';
import type { PageLocale } from './locale.ts';

/** C4, M2: a member's own page as clients see it, and as the member sees it beforehand. */
export function showcaseView(member: Showcase, locale: PageLocale) {
  const [today, calendar] = [parisDay(Date.now()), periodsOf(member.calendar)];
  return {
    member, free: availabilityOn(today, member, calendar), months: calendarView(today, member, calendar, locale),
    themes: member.themes.map(({ theme }) => ({ id: theme.id, name: locale === 'fr' ? theme.nameFr : theme.nameEn })),
    // Only the web is linked to: what a member typed is theirs.
    references: member.portfolio.map((one) => ({ ...one, url: one.url && /^https?:\/\//i.test(one.url) ? one.url : null })),
  };
}
