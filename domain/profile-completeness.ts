/** What a profile holds, counted. */
export interface ProfileFacts {
  readonly hasPicture: boolean;
  readonly headline: string;
  readonly presentation: string;
  readonly city: string;
  readonly skills: number;
  /** Themes practised, not those followed. */
  readonly themes: number;
  readonly dayRateCents: number | null;
  readonly references: number;
  /** References that show something: a picture or a link. */
  readonly shown: number;
}

export const profileSteps = ['references', 'presentation', 'picture', 'headline', 'skills', 'themes', 'dayRate', 'shown', 'city'] as const;
export type ProfileStep = (typeof profileSteps)[number];

export interface ProfileCompleteness {
  /** 0 to 100 */
  readonly percent: number;
  /** What gains most now; null when nothing is left. */
  readonly next: ProfileStep | null;
  /** Each thing to say, the heaviest first: what it is worth and what it has, in hundredths of the whole. */
  readonly steps: readonly { readonly step: ProfileStep; readonly worth: number; readonly has: number; readonly done: boolean }[];
}

/** In characters: a presentation that begins to say something, and one that says it. Those of the search of members (0033_casting), which puts whoever shows most first. */
export const presentationLengths = { begun: 80, whole: 300 } as const;
const wantedReferences = 3;
const wantedSkills = 3;

/** M2: how much of a profile is there, and the step that would add most to it. */
export function profileCompleteness(facts: ProfileFacts): ProfileCompleteness {
  const length = facts.presentation.trim().length;
  const share = (has: number, wanted: number): number => Math.min(has, wanted) / wanted;
  const all: Record<ProfileStep, readonly [worth: number, share: number]> = {
    references: [24, share(facts.references, wantedReferences)],
    presentation: [20, length >= presentationLengths.whole ? 1 : length >= presentationLengths.begun ? 0.5 : 0],
    picture: [15, Number(facts.hasPicture)],
    headline: [10, Number(facts.headline.trim() !== '')],
    skills: [9, share(facts.skills, wantedSkills)],
    themes: [7, Number(facts.themes > 0)],
    dayRate: [6, Number(facts.dayRateCents !== null)],
    shown: [6, share(facts.shown, wantedReferences)],
    city: [3, Number(facts.city.trim() !== '')],
  };
  const steps = profileSteps.map((step) => {
    const [worth, done] = all[step];
    return { step, worth, has: worth * done, done: done === 1 };
  });
  // A reference is written before it is illustrated.
  const open = steps.filter(({ step, done }) => !done && (step !== 'shown' || facts.references > 0));
  const next = open.reduce<(typeof steps)[number] | null>((best, one) => (best === null || one.worth - one.has > best.worth - best.has ? one : best), null);
  return { percent: Math.floor(steps.reduce((sum, { has }) => sum + has, 0)), next: next?.step ?? null, steps };
}
