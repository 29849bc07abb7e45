import { DateTime } from 'luxon';
import { afterDelay, atOfficeHours, parisZone } from './calendar.ts';
import { isOver } from './lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipState } from './lifecycle/membership.ts';
import { refusedCandidatureMonths, type MembershipTerms } from './membership-terms.ts';

/** A valid document whose end is known. */
export interface WatchedDocument {
  readonly id: string;
  readonly kind: string;
  /** Its last day in Paris, as 2027-01-31. */
  readonly expiresOn: string;
  /** When staff accepted it, in ms: notices of before then are not given any more. */
  readonly since: number;
}

export interface MembershipAlarm {
  /** ms */
  readonly at: number;
  readonly kind: 'study' | 'expiring' | 'expires';
  /** For the study, which reminder; for a document, how many days before. */
  readonly times: number;
  readonly documentId?: string;
}

/** M1, M4: the reminders of a candidature that waits since `since`, or the notices and the last moments of a member's documents, in order. Times in ms. */
export function membershipAlarms(
  state: MembershipState, terms: MembershipTerms, since: number, documents: readonly WatchedDocument[],
): MembershipAlarm[] {
  if (isOver(membershipLifecycle, state)) return [];
  if (state === 'candidate') {
    return terms.studyReminders.map((delay, index): MembershipAlarm => ({ at: toAPerson(afterDelay(new Date(since), delay), delay.unit), kind: 'study', times: index + 1 }));
  }
  return documents.flatMap((document) => documentAlarms(document, terms)).sort((a, b) => a.at - b.at);
}

/** Valid through its last day, until the last millisecond of it in Paris; notices in the morning of a working day. */
function documentAlarms({ id, expiresOn, since }: WatchedDocument, terms: MembershipTerms): MembershipAlarm[] {
  const lastDay = DateTime.fromISO(expiresOn, { zone: parisZone });
  const end = lastDay.endOf('day').toMillis();
  const notices = terms.expiryNoticeDays
    .map((days): MembershipAlarm => ({ at: atOfficeHours(lastDay.minus({ days }).toJSDate()).getTime(), kind: 'expiring', times: days, documentId: id }))
    .filter(({ at }) => at > since && at < end);
  return [...notices, { at: end, kind: 'expires', times: 0, documentId: id }];
}

function toAPerson(date: Date, unit: string): number {
  return (unit === 'days' || unit === 'working_days' ? atOfficeHours(date) : date).getTime();
}

/** The day from which a candidature refused at `at` (ms) is to be erased, as 2028-11-24. */
export function erasureDay(at: number): string {
  return DateTime.fromMillis(at, { zone: parisZone }).plus({ months: refusedCandidatureMonths }).toFormat('yyyy-MM-dd');
}

/** The day in Paris at a moment (ms), as 2026-11-24. */
export function parisDay(at: number): string {
  return DateTime.fromMillis(at, { zone: parisZone }).toFormat('yyyy-MM-dd');
}
