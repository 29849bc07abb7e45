import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../domain/calendar.ts';
import { defaultTerms } from '../../domain/default-terms.ts';
import { checkPaymentTerm, dueDate, type PaymentTerm } from '../../domain/payment-terms.ts';

const paris = (text: string): Date => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toJSDate();
const day = (date: Date): string => DateTime.fromJSDate(date, { zone: 'Europe/Paris' }).toFormat('yyyy-MM-dd HH:mm:ss');
const issuedAt = paris('2026-03-10T15:00');
const refusal = (ceilingDays: number, days: number) => expect.objectContaining({ code: 'payment_term_above_ceiling', details: { ceilingDays, days } });

describe('I5 due date', () => {
  it.each<[string, PaymentTerm, string]>([
    ['30 days', 30, '2026-04-09 23:59:59'],
    ['the default', defaultTerms.paymentTerm, '2026-04-09 23:59:59'],
    ['a deposit, at once', defaultTerms.depositTerm, '2026-03-10 23:59:59'],
    ['10 working days', { unit: 'working_days', count: 10 }, '2026-03-24 23:59:59'],
    ['45 days, end of month', { days: 45, endOfMonth: true }, '2026-04-30 23:59:59'], // 24 April
    ['0 days, end of month', { days: 0, endOfMonth: true }, '2026-03-31 23:59:59'],
    ['ten seconds of a demonstration', { unit: 'seconds', count: 10 }, '2026-03-10 15:00:10'],
  ])('%s', (_, term, due) => {
    expect(day(dueDate(issuedAt, term))).toBe(due);
  });

  it('counts from the day in Paris, also for an invoice of the last minutes of a day', () => {
    expect(day(dueDate(new Date('2026-03-10T23:30:00Z'), 1))).toBe('2026-03-12 23:59:59');
  });
});

describe('I5 legal ceiling', () => {
  it('allows 60 days from issue and no more', () => {
    expect(() => checkPaymentTerm(60, { issuedAt })).not.toThrow();
    expect(() => checkPaymentTerm({ unit: 'days', count: 60 }, { issuedAt })).not.toThrow();
    expect(() => checkPaymentTerm(61, { issuedAt })).toThrow(refusal(60, 61));
    expect(() => checkPaymentTerm({ unit: 'hours', count: 24 * 62 }, { issuedAt })).toThrow(refusal(60, 62));
    expect(() => checkPaymentTerm({ unit: 'working_days', count: 45 }, { issuedAt })).toThrow(refusal(60, 69));
  });

  it('allows 45 days to the end of the month, though that may be further than 60 days', () => {
    const lateInTheMonth = paris('2026-01-16T10:00'); // 2 March, so 31 March: 74 days
    expect(daysBetween(lateInTheMonth, dueDate(lateInTheMonth, { days: 45, endOfMonth: true }))).toBe(74);
    expect(() => checkPaymentTerm({ days: 45, endOfMonth: true }, { issuedAt: lateInTheMonth })).not.toThrow();
    expect(() => checkPaymentTerm({ days: 46, endOfMonth: true }, { issuedAt })).toThrow(refusal(45, 46));
  });

  it('allows 45 days for periodic invoices, however they are counted', () => {
    expect(() => checkPaymentTerm(45, { issuedAt, periodic: true })).not.toThrow();
    expect(() => checkPaymentTerm(46, { issuedAt, periodic: true })).toThrow(refusal(45, 46));
    expect(() => checkPaymentTerm({ days: 45, endOfMonth: true }, { issuedAt, periodic: true })).toThrow(refusal(45, 51));
  });

  it('is the same for every day of issue', () => {
    const days = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2034-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 120 }), (issued, count) => {
      expect(daysBetween(issued, dueDate(issued, count))).toBe(count);
      const check = (): void => checkPaymentTerm(count, { issuedAt: issued });
      if (count > 60) expect(check).toThrow(refusal(60, count));
      else expect(check).not.toThrow();
    }));
  });
});
