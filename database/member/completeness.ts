import { firstSteps, type FirstStepName } from '../../domain/first-steps.ts';
import { profileCompleteness, type ProfileCompleteness } from '../../domain/profile-completeness.ts';
import { showcase, type Showcase } from '../casting/public-profile.ts';
import type { Db, Tx } from '../open.ts';

/** M2: how much of a profile is there; `practised` is how many themes. */
export function completenessOfShowcase(member: Omit<Showcase, 'themes'>, practised: number): ProfileCompleteness {
  const { portfolio } = member;
  return profileCompleteness({
    hasPicture: member.pictureId !== null, headline: member.headline, presentation: member.presentation, city: member.city, skills: member.skills.length, themes: practised,
    dayRateCents: member.dayRateCents, references: portfolio.length, shown: portfolio.filter(({ url, pictureId }) => url !== null || pictureId !== null).length,
  });
}

export async function completenessOf(db: Db | Tx, memberId: string): Promise<ProfileCompleteness> {
  const member = await db.member.findUniqueOrThrow({ where: { id: memberId }, select: showcase });
  return completenessOfShowcase(member, member.themes.length);
}

export interface FirstSteps {
  /** 0 to 100 */
  readonly percent: number;
  readonly left: number;
  readonly steps: readonly { readonly step: FirstStepName; readonly done: boolean }[];
}

/** M1: what a member still has to set up; null once all is done. */
export async function firstStepsOf(db: Db, memberId: string): Promise<FirstSteps | null> {
  const member = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    select: {
      ...showcase, themes: { select: { practised: true, subscribed: true } }, billing: { select: { id: true } },
      documents: { where: { state: { in: ['to_check', 'valid'] } }, select: { kind: true } },
    },
  });
  const { percent } = completenessOfShowcase(member, member.themes.filter(({ practised }) => practised).length);
  const steps = firstSteps({
    profilePercent: percent, subscribed: member.themes.filter(({ subscribed }) => subscribed).length, hasBilling: member.billing !== null, documents: member.documents.map(({ kind }) => kind),
  });
  const left = steps.filter(({ done }) => !done).length;
  return left === 0 ? null : { percent, left, steps };
}
