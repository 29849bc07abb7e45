import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageBucket, ageBuckets, dueDatesOf } from '../../domain/invoice-age.ts';

describe('I6 invoices by age', () => {
  it('counts in Paris days, the due day itself being in time', () => {
    const at = new Date('2026-11-25T10:00:00Z');
    const due = (day: string) => ageBucket(new Date(`${day}T12:00:00Z`), at);
    expect(['2026-12-20', '2026-11-25', '2026-11-24', '2026-10-26', '2026-10-25', '2026-09-26', '2026-08-27', '2026-08-26'].map(due))
      .toEqual(['not_due', 'not_due', 'late_30', 'late_30', 'late_60', 'late_60', 'late_90', 'late_more']);
  });

  it('an invoice stands within the due dates of its bucket, and of no other, across clock changes', () => {
    const moment = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(moment, moment, (dueAt, at) => {
      const within = ageBuckets.filter((bucket) => {
        const { from, until } = dueDatesOf(bucket, at);
        return (!from || dueAt >= from) && (!until || dueAt < until);
      });
      expect(within).toEqual([ageBucket(dueAt, at)]);
    }));
  });
});
