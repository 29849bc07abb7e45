/** C1: a brief is written by steps; anyone may come back to one. The last but one is a visitor's only: a client is known already. */
export const briefSteps = ['need', 'work', 'frame', 'files', 'you', 'review'] as const;
export type BriefStep = (typeof briefSteps)[number];

/** What each step asks. */
export const briefStepFields = {
  need: ['title', 'problem', 'objectives'],
  work: ['context', 'deliverables', 'constraints', 'requirements'],
  frame: ['timing', 'budget', 'themeIds'],
  files: [],
  you: ['name', 'email', 'companyName', 'siren'],
  review: [],
} as const satisfies Record<BriefStep, readonly string[]>;

/** C2: what staff may remark upon, a brief's own fields. */
export const remarkedFields = [...briefStepFields.need, ...briefStepFields.work, ...briefStepFields.frame] as const;
export type RemarkedField = (typeof remarkedFields)[number];

/** The steps of somebody: a visitor also says who they are. */
export function briefStepsFor(visitor: boolean): readonly BriefStep[] {
  return visitor ? briefSteps : briefSteps.filter((step) => step !== 'you');
}

/** The step before or after; the first and the last have none. */
export function briefStepBeside(step: BriefStep, by: 1 | -1, visitor: boolean): BriefStep | null {
  const steps = briefStepsFor(visitor);
  return steps[steps.indexOf(step) + by] ?? null;
}

/** How long a draft nobody touches is kept, in days. */
export const draftDays = 90;
/** Files of one draft: how many, and how large together in bytes. */
export const draftFiles = { most: 20, bytes: 40 * 1024 * 1024 };
