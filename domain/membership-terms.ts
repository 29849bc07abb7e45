import type { Delay } from './calendar.ts';

/** What a candidature is promised, and how early a member hears that a document is about to expire. A copy travels with each membership (S4). */
export interface MembershipTerms {
  /** M1: staff are reminded of a candidature to study. */
  readonly studyReminders: readonly Delay[];
  /** M4: days before a document expires when its member is told. */
  readonly expiryNoticeDays: readonly number[];
}

export const defaultMembershipTerms: MembershipTerms = {
  studyReminders: [{ unit: 'working_days', count: 3 }, { unit: 'working_days', count: 8 }, { unit: 'working_days', count: 15 }],
  expiryNoticeDays: [30, 7],
};

/** Months a refused candidature is kept, after which it is to be erased: two years after the last contact, as the CNIL advises for recruiting. */
export const refusedCandidatureMonths = 24;
