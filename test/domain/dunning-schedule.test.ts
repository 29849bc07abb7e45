import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { defaultTerms, hurriedTerms } from '../../domain/default-terms.ts';
import { dunningAlarms, reminderOfToday } from '../../domain/dunning-schedule.ts';
import { dueDate } from '../../domain/payment-terms.ts';

const paris = (text: string): number => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toMillis();
const inParis = (at: number): string => DateTime.fromMillis(at, { zone: 'Europe/Paris' }).toFormat('yyyy-MM-dd HH:mm');

describe('I6 the cadence of reminders', () => {
  it('leaves in the morning of working days, counted from the due date', () => {
    const issuedAt = paris('2026-03-10T15:00');
    const dueAt = dueDate(new Date(issuedAt), defaultTerms.paymentTerm).getTime(); // Thursday 9 April
    expect(dunningAlarms({ issuedAt, dueAt }, defaultTerms).map(({ at, level, tone }) => [inParis(at), level, tone])).toEqual([
      ['2026-04-02 09:00', 1, 'before_due'],
      ['2026-04-09 09:00', 2, 'due'],
      ['2026-04-16 09:00', 3, 'reminder'],
      ['2026-04-24 09:00', 4, 'firm'],
      ['2026-05-11 09:00', 5, 'formal_notice'], // the 9th of May is a Saturday
    ]);
  });

  it('skips what would leave before the invoice does', () => {
    const issuedAt = paris('2026-03-10T15:00');
    const dueAt = dueDate(new Date(issuedAt), defaultTerms.depositTerm).getTime();
    expect(dunningAlarms({ issuedAt, dueAt }, defaultTerms).map(({ tone }) => tone)).toEqual(['reminder', 'firm', 'formal_notice']);
  });

  it('keeps to the second in a demonstration', () => {
    const issuedAt = paris('2026-03-14T22:00:00'); // a Saturday night
    const dueAt = dueDate(new Date(issuedAt), hurriedTerms.paymentTerm).getTime();
    expect(dunningAlarms({ issuedAt, dueAt }, hurriedTerms).map(({ at }) => (at - issuedAt) / 1_000)).toEqual([5, 10, 15, 70, 610]);
  });

  it('S2: by hand, says what the day allows, and brings no level forward', () => {
    const issuedAt = paris('2026-03-10T15:00');
    const dueAt = dueDate(new Date(issuedAt), defaultTerms.paymentTerm).getTime(); // Thursday 9 April
    const invoice = { issuedAt: new Date(issuedAt), dueAt: new Date(dueAt), reopenedAt: null };
    const said = (day: string) => { const { level, tone } = reminderOfToday(invoice, defaultTerms, paris(day)); return [level, tone]; };
    expect(said('2026-03-20T10:00')).toEqual([0, 'before_due']);
    expect(said('2026-04-05T10:00')).toEqual([1, 'before_due']);
    expect(said('2026-04-09T08:00')).toEqual([1, 'due']);
    expect(said('2026-04-09T18:00')).toEqual([2, 'due']);
    expect(said('2026-04-12T10:00')).toEqual([2, 'reminder']);
    expect(said('2026-04-23T18:00')).toEqual([3, 'reminder']);
    expect(said('2026-05-10T18:00')).toEqual([4, 'firm']);
    expect(said('2026-06-01T10:00')).toEqual([5, 'formal_notice']);
    // Due again on the 1st of June after a payment taken back.
    expect(reminderOfToday({ ...invoice, reopenedAt: new Date(paris('2026-06-01T10:00')) }, defaultTerms, paris('2026-06-03T10:00'))).toMatchObject({ tone: 'reminder' });
  });
});
