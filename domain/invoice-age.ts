import { DateTime } from 'luxon';
import { daysLate, parisZone } from './calendar.ts';

/** How late an open invoice is, as finance reads it: in Paris days after its due date. */
export const ageBuckets = ['not_due', 'late_30', 'late_60', 'late_90', 'late_more'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** The first and the last day late of each; the due day itself is not late. */
const days: Record<AgeBucket, readonly [from: number, to: number | null]> = { not_due: [0, 0], late_30: [1, 30], late_60: [31, 60], late_90: [61, 90], late_more: [91, null] };

/** The bucket of an invoice due at `dueAt`, seen at `at`. */
export function ageBucket(dueAt: Date, at: Date): AgeBucket {
  const late = daysLate(dueAt, at);
  return ageBuckets.find((bucket) => late >= days[bucket][0] && late <= (days[bucket][1] ?? Infinity)) ?? 'late_more';
}

/** Between which due dates the invoices of a bucket stand, seen at `at`: from the first moment to before the second; null: without end. */
export function dueDatesOf(bucket: AgeBucket, at: Date): { from: Date | null; until: Date | null } {
  const today = DateTime.fromJSDate(at, { zone: parisZone }).startOf('day');
  const [least, most] = days[bucket];
  return {
    from: most === null ? null : today.minus({ days: most }).toJSDate(),
    until: bucket === 'not_due' ? null : today.minus({ days: least - 1 }).toJSDate(),
  };
}
