import { DateTime } from 'luxon';
import { afterDelay, atOfficeHours, parisZone } from './calendar.ts';
import { isOver } from './lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipState } from './lifecycle/membership.ts';
import { defaultMembershipTerms, type MembershipTerms } from './membership-terms.ts';

/** A valid document whose end is known. */
export interface WatchedDocument {
  readonly id: string;
  readonly kind: string;
  /** Its last day in Paris, as 2027-01-31. */
  readonly expiresOn: string;
  /** When staff accepted it, in ms: notices of before then are not given any more. */
  readonly since: number;
}

/** Staff let a member be paid without a document until the end of a day. */
export interface WatchedOverride {
  readonly id: string;
  readonly kind: string;
  /** Its last day in Paris. */
  readonly until: string;
}

export interface MembershipAlarm {
  /** ms */
  readonly at: number;
  readonly kind: 'study' | 'expiring' | 'expires' | 'overrideEnds' | 'erase';
  /** For the study, which reminder; for a document, how many days before. */
  readonly times: number;
  /** The document, or the override. */
  readonly documentId?: string;
}

export interface Watched {
  readonly documents: readonly WatchedDocument[];
  readonly overrides: readonly WatchedOverride[];
  /** When a refused candidature is erased, in ms. */
  readonly eraseAt: number | null;
}

/**
 * M1, M4: the reminders of a candidature that waits since `since`, the notices and last moments of a member's documents and overrides, or the
 * erasure of a refused candidature, in order. Times in ms.
 */
export function membershipAlarms(state: MembershipState, terms: MembershipTerms, since: number, { documents, overrides, eraseAt }: Watched): MembershipAlarm[] {
  if (isOver(membershipLifecycle, state)) return [];
  if (state === 'refused') return eraseAt === null ? [] : [{ at: eraseAt, kind: 'erase', times: 1 }];
  if (state === 'candidate') {
    return terms.studyReminders.map((delay, index): MembershipAlarm => ({ at: toAPerson(afterDelay(new Date(since), delay), delay.unit), kind: 'study', times: index + 1 }));
  }
  const ends = overrides.map(({ id, until }): MembershipAlarm => ({ at: endOfDay(until), kind: 'overrideEnds', times: 0, documentId: id }));
  return [...documents.flatMap((document) => documentAlarms(document, terms)), ...ends].sort((a, b) => a.at - b.at);
}

/** M1: when whoever applied at `since` may expect an answer: when staff are first reminded of it. Null when no reminder is set. Times in ms. */
export function answerExpected(since: number, terms: MembershipTerms): number | null {
  return membershipAlarms('candidate', terms, since, { documents: [], overrides: [], eraseAt: null })[0]?.at ?? null;
}

/** Valid through its last day, until the last millisecond of it in Paris; notices in the morning of a working day. */
function documentAlarms({ id, expiresOn, since }: WatchedDocument, terms: MembershipTerms): MembershipAlarm[] {
  const lastDay = DateTime.fromISO(expiresOn, { zone: parisZone });
  const end = endOfDay(expiresOn);
  const notices = terms.expiryNoticeDays
    .map((days): MembershipAlarm => ({ at: atOfficeHours(lastDay.minus({ days }).toJSDate()).getTime(), kind: 'expiring', times: days, documentId: id }))
    .filter(({ at }) => at > since && at < end);
  return [...notices, { at: end, kind: 'expires', times: 0, documentId: id }];
}

function toAPerson(date: Date, unit: string): number {
  return (unit === 'days' || unit === 'working_days' ? atOfficeHours(date) : date).getTime();
}

/** The last millisecond in Paris of a day such as 2027-01-31. */
function endOfDay(day: string): number {
  return DateTime.fromISO(day, { zone: parisZone }).endOf('day').toMillis();
}

/** When a candidature refused at `at` is erased under these terms: the day they are over, from its beginning. Times in ms. */
export function erasureMoment(at: number, terms: MembershipTerms): number {
  const months = terms.refusedKeptMonths ?? defaultMembershipTerms.refusedKeptMonths;
  return DateTime.fromMillis(at, { zone: parisZone }).plus({ months }).startOf('day').toMillis();
}

/** The day in Paris at a moment (ms), as 2026-11-24. */
export function parisDay(at: number): string {
  return DateTime.fromMillis(at, { zone: parisZone }).toFormat('yyyy-MM-dd');
}
