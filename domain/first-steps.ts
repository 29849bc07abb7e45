import { obligatoryKinds } from './vigilance.ts';

/** What a new member sets up, in the order it helps them most (M1, M2, M3, M4, M7). */
export const firstStepNames = ['profile', 'themes', 'billing', 'documents'] as const;
export type FirstStepName = (typeof firstStepNames)[number];

/** In per cent of `profileCompleteness`: from here on a profile speaks for itself. */
export const profileThatSpeaks = 80;

export interface FirstStepFacts {
  /** 0 to 100 */
  readonly profilePercent: number;
  /** Themes followed. */
  readonly subscribed: number;
  readonly hasBilling: boolean;
  /** Kinds of documents that are valid, or sent and still to be checked. */
  readonly documents: readonly string[];
}

/** M1: each first step and whether it is done; a document counts as soon as it is sent: the rest is for staff to do. */
export function firstSteps(facts: FirstStepFacts): { readonly step: FirstStepName; readonly done: boolean }[] {
  const done: Record<FirstStepName, boolean> = {
    profile: facts.profilePercent >= profileThatSpeaks,
    themes: facts.subscribed > 0,
    billing: facts.hasBilling,
    documents: obligatoryKinds.every((kind) => facts.documents.includes(kind)),
  };
  return firstStepNames.map((step) => ({ step, done: done[step] }));
}
