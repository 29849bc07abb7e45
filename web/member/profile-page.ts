import { z } from 'zod';
import { showcase } from '../../database/casting/public-profile.ts';
import { completenessOfShowcase } from '../../database/member/completeness.ts';
import { moveReference, removeReference, saveFace, saveProfile, saveThemes } from '../../database/member/profile.ts';
import { offeredThemes } from '../../database/themes.ts';
import { addPeriod, changePeriod, removePeriod } from '../../database/member/calendar.ts';
import { mostPeriods, wrongPeriod } from '../../domain/availability-calendar.ts';
import { availabilities, availabilityOn, dayOf, periodKinds, periodsOf } from '../../domain/availability.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { parseAmount } from '../../domain/money-text.ts';
import { Problem } from '../../domain/problem.ts';
import type { ProfileStep } from '../../domain/profile-completeness.ts';
import { longestSkill, mostReferences, mostSkills, skillsOf } from '../../domain/profile-fields.ts';
import type { Deps } from '../../deps.ts';
import { text, texts } from '../body.ts';
import { calendarView } from '../calendar-view.ts';
import { periodForms } from './period-forms.ts';
import type { Page } from '../page.ts';
import { fileIn } from '../uploads.ts';
import { showcaseView } from '../showcase-view.ts';

/** Where each step of the meter is taken on the page. */
const anchors: Readonly<Record<ProfileStep, string>> = { references: 'references', shown: 'references', picture: 'picture', themes: 'themes', presentation: 'words', headline: 'words', skills: 'words', dayRate: 'words', city: 'words' };
const structures = ['freelance', 'studio', 'collective'] as const;

/** M2: what clients will see of a member, in their own hands. Plain data without a lifecycle, written directly. */
export const profilePage: Page = {
  template: 'profile',
  async show(deps, access, typed) {
    const member = await deps.db.member.findUniqueOrThrow({
      where: { id: access.person.id }, select: { ...showcase, alerts: true, themes: { select: { themeId: true, practised: true, subscribed: true } } },
    });
    const { themes, portfolio } = member;
    const practised = themes.filter((one) => one.practised).map(({ themeId }) => themeId);
    const subscribed = themes.filter((one) => one.subscribed).map(({ themeId }) => themeId);
    const today = parisDay(Date.now());
    const free = availabilityOn(today, member);
    const calendar = await deps.db.availabilityPeriod.findMany({ where: { memberId: member.id, toOn: { gte: new Date(today) } }, orderBy: { fromOn: 'asc' } });
    const asTyped = (act: string): Readonly<Record<string, unknown>> | null => (typed?.act === act ? typed.body : null);
    const words = asTyped('saveProfile');
    const chosen = asTyped('saveThemes');
    const offered = await offeredThemes(deps.db, themes.map(({ themeId }) => themeId));
    const completeness = completenessOfShowcase(member, practised.length);
    return {
      title: '', member, ownPictures: `${access.root}/picture`, structures, availabilities, mostSkills, longestSkill,
      completeness, nextAt: completeness.next && anchors[completeness.next],
      skills: member.skills.join(', '),
      structure: words ? text(words, 'structure') : member.structure, availability: words ? text(words, 'availability') : free.is, availableFrom: free.from ? dayOf(free.from) : '',
      today, months: calendarView(today, member, periodsOf(calendar), access.locale), ...periodForms(calendar, typed, today), calendarFull: calendar.length >= mostPeriods, mostPeriods, periodKinds,
      themes: offered.map(({ id, nameFr, nameEn }) => ({
        id, name: access.locale === 'fr' ? nameFr : nameEn,
        practised: (chosen ? texts(chosen, 'practised') : practised).includes(id), subscribed: (chosen ? texts(chosen, 'subscribed') : subscribed).includes(id),
      })),
      references: portfolio.map((one, index) => ({ ...one, first: index === 0, last: index === portfolio.length - 1 })), full: portfolio.length >= mostReferences, mostReferences,
    };
  },
  acts: {
    async saveProfile(deps, access, body) {
      await saveProfile(deps.db, access.person.id, wordsOf(body));
      return { notice: 'profileSaved' };
    },
    async saveThemes(deps, access, body) {
      await saveThemes(deps.db, access.person.id, { practised: texts(body, 'practised'), subscribed: texts(body, 'subscribed') });
      return { notice: 'profileSaved' };
    },
    async saveFace(deps, access, body, key) {
      const picture = fileIn(body, 'picture');
      delete body.picture;
      if (!picture) throw new Problem('form_invalid', 'no picture came', { fields: 'picture' });
      await saveFace(deps.db, access.person.id, picture, key);
      return { notice: 'faceSaved' };
    },
    async removeFace(deps, access, _body, key) {
      await saveFace(deps.db, access.person.id, null, key);
      return { notice: 'faceRemoved' };
    },
    async moveReference(deps, access, body, key) {
      const id = text(body, 'referenceId');
      await moveReference(deps.db, access.person.id, id, text(body, 'way') === 'up' ? 'up' : 'down', key);
      return { notice: 'referenceMoved', to: access.base };
    },
    async removeReference(deps, access, body) {
      await removeReference(deps.db, access.person.id, text(body, 'referenceId'));
      return { notice: 'referenceRemoved' };
    },
    async addPeriod(deps, access, body, key) {
      const today = parisDay(Date.now());
      await addPeriod(deps.db, access.person.id, comingPeriod(body, today), key, today);
      return { notice: 'periodAdded' };
    },
    async changePeriod(deps, access, body, key) {
      await changePeriod(deps.db, access.person.id, text(body, 'periodId'), periodOf(body), key, parisDay(Date.now()));
      return { notice: 'periodChanged' };
    },
    async removePeriod(deps, access, body) {
      await removePeriod(deps.db, access.person.id, text(body, 'periodId'));
      return { notice: 'periodRemoved' };
    },
  },
};

/** M2: the page clients see, before they do. */
export const profilePreviewPage: Page = {
  template: 'profile-preview',
  async show(deps: Deps, access) {
    const member = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, select: showcase });
    return { title: member.name, ownPictures: '/profile/picture', hidden: member.state !== 'active', ...showcaseView(member, access.locale) };
  },
  acts: {},
};

const fields = z.object({
  headline: z.string().max(120),
  presentation: z.string().max(4_000),
  city: z.string().max(80),
  structure: z.enum(structures),
  skills: z.array(z.string().max(longestSkill)).max(mostSkills),
  dayRate: z.number().int().max(1_000_000).nullable(),
  availability: z.enum(availabilities),
  availableFrom: z.union([z.literal(''), z.iso.date()]),
});

/** What the form says. @throws Problem `form_invalid` with every field to look at again */
function wordsOf(body: Readonly<Record<string, unknown>>) {
  const rate = text(body, 'dayRate');
  const given = fields.safeParse({
    headline: text(body, 'headline'), presentation: text(body, 'presentation'), city: text(body, 'city'), structure: text(body, 'structure'), skills: skillsOf(text(body, 'skills')),
    dayRate: rate === '' ? null : (parseAmount(rate) ?? Number.NaN), availability: text(body, 'availability'), availableFrom: text(body, 'availability') === 'now' ? '' : text(body, 'availableFrom'),
  });
  const wrong = given.success ? [] : given.error.issues.map(({ path }) => String(path[0]));
  // A day gone by would say that they are free already.
  if (given.success && given.data.availableFrom !== '' && given.data.availableFrom <= parisDay(Date.now())) wrong.push('availableFrom');
  if (!given.success || wrong.length > 0) throw new Problem('form_invalid', `profile: ${wrong.join(', ')}`, { fields: [...new Set(wrong)].join(', ') });
  const { dayRate, availableFrom, ...words } = given.data;
  return { ...words, dayRateCents: dayRate, availableFrom: availableFrom === '' ? null : new Date(availableFrom) };
}

const period = z.object({ from: z.iso.date(), to: z.iso.date(), kind: z.enum(periodKinds), note: z.string().max(200) });

/** The period a form gives; with one day alone, that day. @throws Problem `form_invalid` with every field to look at again */
function periodOf(body: Readonly<Record<string, unknown>>) {
  const from = text(body, 'from');
  const given = period.safeParse({ from, to: text(body, 'to') || from, kind: text(body, 'kind'), note: text(body, 'note') });
  if (!given.success) throw wrongFields(given.error.issues.map(({ path }) => String(path[0])));
  return given.data;
}

function comingPeriod(body: Readonly<Record<string, unknown>>, today: string) {
  const given = periodOf(body);
  const wrong = wrongPeriod(given, today);
  if (wrong.length > 0) throw wrongFields(wrong);
  return given;
}

const wrongFields = (fields: readonly string[]): Problem => new Problem('form_invalid', `period: ${fields.join(', ')}`, { fields: [...new Set(fields)].join(', ') });
