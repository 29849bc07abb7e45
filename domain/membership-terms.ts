import type { Delay } from './calendar.ts';

/** What a candidature is promised, and how early a member hears that a document is about to expire. A copy travels with each membership (S4). */
export interface MembershipTerms {
  /** M1: staff are reminded of a candidature to study. */
  readonly studyReminders: readonly Delay[];
  /** M4: days before a document expires when its member is told. */
  readonly expiryNoticeDays: readonly number[];
  /** M1: months a refused candidature is kept before it is erased. Absent in the terms of those who applied before it was one of them. */
  readonly refusedKeptMonths?: number;
}

export const defaultMembershipTerms: Required<MembershipTerms> = {
  studyReminders: [{ unit: 'working_days', count: 3 }, { unit: 'working_days', count: 8 }, { unit: 'working_days', count: 15 }],
  expiryNoticeDays: [30, 7],
  refusedKeptMonths: 24, // two years after the last contact, as the CNIL advises for recruiting
};
