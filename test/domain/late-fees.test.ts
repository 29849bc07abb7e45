import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { lateFeeCents, lateFeeLeft, lateFeeReceived, lateFees, lateFeeSettled, lateFeesStillOwed, lateInterest } from '../../domain/late-fees.ts';

const paris = (text: string): Date => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toJSDate();
const invoice = { totalCents: 120_000, dueAt: paris('2026-04-09T23:59:59.999'), payments: [], rateBp: 1_215, indemnityCents: 4_000 };

describe('I6 late interest', () => {
  it.each([
    ['1,200.00 at 12.15 % for 30 days', 120_000, 1_215, 30, 1_198], // 11.98356
    ['a whole year', 120_000, 1_215, 365, 14_580],
    ['half a cent', 36_500, 5_000, 0, 0],
    ['exactly half a cent up', 73, 2_500, 10, 1], // 0.5
    ['no day', 120_000, 1_215, 0, 0],
    ['ten million euros, ten years', 1_000_000_000, 1_215, 3_650, 1_215_000_000],
  ])('%s', (_, totalCents, rateBp, days, interest) => {
    expect(lateInterest({ totalCents, rateBp, days })).toBe(interest);
  });

  it('is nothing until the day after the due date, then interest and 40.00 € once', () => {
    expect(lateFees({ ...invoice, at: paris('2026-04-09T23:59') })).toEqual({ daysLate: 0, interestCents: 0, indemnityCents: 0 });
    expect(lateFees({ ...invoice, at: paris('2026-04-10T00:01') })).toEqual({ daysLate: 1, interestCents: 40, indemnityCents: 4_000 });
    expect(lateFees({ ...invoice, at: paris('2026-05-09T12:00') })).toEqual({ daysLate: 30, interestCents: 1_198, indemnityCents: 4_000 });
  });

  it('runs on what stays unpaid, day by day, rounded once', () => {
    const payments = [
      { amountCents: 20_000, receivedAt: paris('2026-04-29T10:00') }, // 20 days on 1,200.00, then 10 on 1,000.00
      { amountCents: 20_000, receivedAt: paris('2026-05-30T10:00') }, // later than we look
    ];
    const late = lateFees({ ...invoice, payments, at: paris('2026-05-09T12:00') });
    expect(late).toEqual({ daysLate: 30, interestCents: Math.round(((120_000 * 20 + 100_000 * 10) * 1_215) / 3_650_000), indemnityCents: 4_000 });
  });

  it('does not run on a part paid in time, nor past the payment of the rest', () => {
    const early = { amountCents: 70_000, receivedAt: paris('2026-04-01T10:00') };
    const rest = { amountCents: 50_000, receivedAt: paris('2026-04-19T10:00') };
    expect(lateFees({ ...invoice, payments: [rest, early], at: paris('2026-12-01T10:00') })).toEqual({ daysLate: 10, interestCents: 166, indemnityCents: 4_000 });
    expect(lateFees({ ...invoice, payments: [early, { ...rest, receivedAt: paris('2026-04-09T23:00') }], at: paris('2026-12-01T10:00') })).toEqual({
      daysLate: 0, interestCents: 0, indemnityCents: 0,
    });
  });

  it('is the plain interest when nothing is paid, and never more when something is', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(fc.property(days, days, fc.integer({ min: 1, max: 120_000 }), (seen, paidAfter, amountCents) => {
      const later = (count: number): Date => DateTime.fromJSDate(invoice.dueAt, { zone: 'Europe/Paris' }).plus({ days: count }).toJSDate();
      const unpaid = lateFees({ ...invoice, at: later(seen) });
      expect(unpaid.interestCents).toBe(lateInterest({ totalCents: invoice.totalCents, rateBp: invoice.rateBp, days: seen }));
      expect(lateFees({ ...invoice, payments: [{ amountCents, receivedAt: later(paidAfter) }], at: later(seen) }).interestCents).toBeLessThanOrEqual(unpaid.interestCents);
    }));
  });

  it('I6: while all was paid, before the bank took the payment back, nothing runs', () => {
    const payments = [{ amountCents: 120_000, receivedAt: paris('2026-04-19T10:00') }, { amountCents: -120_000, receivedAt: paris('2026-06-18T10:00') }];
    expect(lateFees({ ...invoice, payments, at: paris('2026-06-28T10:00') })).toEqual({ daysLate: 80, interestCents: lateInterest({ totalCents: 120_000, rateBp: 1_215, days: 20 }), indemnityCents: 4_000 });
  });

  it.each([
    ['received whole: the indemnity is not asked for twice, nor the interest of the first delay', { state: 'received', receivedCents: 4_500 }, { interestCents: 300, indemnityCents: 0 }],
    ['let go', { state: 'waived', receivedCents: 0 }, { interestCents: 300, indemnityCents: 0 }],
    ['a part of it received, the rest let go', { state: 'waived', receivedCents: 1_000 }, { interestCents: 300, indemnityCents: 0 }],
    ['a part of it received', { state: 'claimed', receivedCents: 1_000 }, { interestCents: 800, indemnityCents: 3_000 }],
    ['claimed alone', { state: 'claimed', receivedCents: 0 }, { interestCents: 800, indemnityCents: 4_000 }],
  ])('I6, I12: of an invoice due again, what its first delay still owes: %s', (_what, standing, left) => {
    const first = { interestCents: 500, indemnityCents: 4_000, ...standing };
    expect(lateFeesStillOwed({ interestCents: 800, indemnityCents: 4_000 }, lateFeeSettled(first))).toEqual(left);
  });

  it('I6: received in whatever parts, they come to what is due, to the cent, and no part passes what is left', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: 4_000, max: 20_000 }), fc.array(fc.integer({ min: -5, max: 300_000 }), { maxLength: 30 }), (interestCents, indemnityCents, parts) => {
      let receivedCents = 0;
      let over = false;
      for (const amountCents of parts) {
        const fee = { interestCents, indemnityCents, receivedCents };
        if (over || amountCents <= 0 || amountCents > lateFeeLeft(fee)) {
          expect(() => lateFeeReceived(fee, amountCents)).toThrow();
          continue;
        }
        over = lateFeeReceived(fee, amountCents) === 'receiveLateFee';
        receivedCents += amountCents;
        expect(over).toBe(receivedCents === lateFeeCents(fee));
      }
      expect(receivedCents).toBeLessThanOrEqual(interestCents + indemnityCents);
    }));
  });
});
