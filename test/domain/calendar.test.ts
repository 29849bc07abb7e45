import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { afterDelay, atOfficeHours, daysBetween, daysLate, endOfDayParis, isWorkingDayParis, publicHolidays, type Delay } from '../../domain/calendar.ts';

const paris = (text: string): Date => DateTime.fromISO(text, { zone: 'Europe/Paris' }).toJSDate();
const inParis = (date: Date): string => DateTime.fromJSDate(date, { zone: 'Europe/Paris' }).toFormat("yyyy-MM-dd'T'HH:mm");
const after = (from: string, count: number, unit: Delay['unit']): string => inParis(afterDelay(paris(from), { unit, count }));
const moments = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });

describe('W2 delays', () => {
  it.each<[string, number, Delay['unit'], string]>([
    ['2026-06-10T09:00', 90, 'seconds', '2026-06-10T09:01'],
    ['2026-06-10T09:00', 90, 'minutes', '2026-06-10T10:30'],
    ['2026-06-10T09:00', 48, 'hours', '2026-06-12T09:00'],
    ['2026-06-10T09:00', -1, 'hours', '2026-06-10T08:00'],
    ['2026-06-10T09:00', 0.5, 'hours', '2026-06-10T09:30'],
    ['2026-06-10T23:30', 1, 'days', '2026-06-11T23:30'],
    ['2026-01-31T10:00', 30, 'days', '2026-03-02T10:00'],
    ['2026-03-02T10:00', -30, 'days', '2026-01-31T10:00'],
    ['2028-02-28T10:00', 1, 'days', '2028-02-29T10:00'],
  ])('%s + %d %s → %s', (from, count, unit, to) => {
    expect(after(from, count, unit)).toBe(to);
  });

  it('Q4, I2: hours are exact in the nights the clocks change, days keep the wall clock', () => {
    // 2026-03-29 has 23 hours in Paris, 2026-10-25 has 25.
    expect(after('2026-03-28T12:00', 24, 'hours')).toBe('2026-03-29T13:00');
    expect(after('2026-03-28T12:00', 1, 'days')).toBe('2026-03-29T12:00');
    expect(after('2026-10-24T12:00', 24, 'hours')).toBe('2026-10-25T11:00');
    expect(after('2026-10-24T12:00', 1, 'days')).toBe('2026-10-25T12:00');
    expect(after('2026-10-24T12:00', 48, 'hours')).toBe('2026-10-26T11:00');
  });

  it('moves an hour that does not exist only for that day', () => {
    expect(after('2026-03-28T02:30', 1, 'days')).toBe('2026-03-29T03:30');
    expect(after('2026-03-28T02:30', 2, 'days')).toBe('2026-03-30T02:30');
    expect(after('2026-03-27T02:30', 1, 'working_days')).toBe('2026-03-30T02:30');
  });

  it('counts in Paris whatever the machine’s own zone: a UTC evening may be the next day', () => {
    expect(afterDelay(new Date('2026-06-30T22:30:00Z'), { unit: 'days', count: 1 }).toISOString()).toBe('2026-07-01T22:30:00.000Z');
    expect(afterDelay(new Date('2026-03-27T23:30:00Z'), { unit: 'days', count: 2 }).toISOString()).toBe('2026-03-29T22:30:00.000Z'); // 0:30 on the 28th → 0:30 on the 30th
  });

  it.each<[string, number, string]>([
    ['2026-06-11T15:00', 1, '2026-06-12T15:00'], // Thursday → Friday
    ['2026-06-12T15:00', 1, '2026-06-15T15:00'], // Friday → Monday
    ['2026-06-13T15:00', 1, '2026-06-15T15:00'], // Saturday → Monday
    ['2026-06-12T15:00', 5, '2026-06-19T15:00'],
    ['2026-06-15T15:00', -1, '2026-06-12T15:00'],
    ['2026-06-14T15:00', -1, '2026-06-12T15:00'],
    ['2026-04-30T10:00', 1, '2026-05-04T10:00'], // over the 1st of May and a week-end
    ['2026-05-13T10:00', 1, '2026-05-15T10:00'], // Ascension
    ['2026-12-24T10:00', 2, '2026-12-29T10:00'], // Christmas on a Friday
    ['2026-12-31T10:00', 1, '2027-01-04T10:00'], // into another year
    ['2026-06-13T15:00', 0, '2026-06-13T15:00'],
  ])('%s + %i working days → %s', (from, count, to) => {
    expect(after(from, count, 'working_days')).toBe(to);
  });

  it('goes back as far as it went', () => {
    fc.assert(fc.property(moments, fc.integer({ min: -400, max: 400 }), (from, count) => {
      const there = afterDelay(from, { unit: 'days', count });
      expect(daysBetween(from, there)).toBe(count);
      expect(daysBetween(from, afterDelay(there, { unit: 'days', count: -count }))).toBe(0);
    }));
  });

  it('ends working days on a working day, with as many in between as were asked', () => {
    fc.assert(fc.property(moments, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const to = afterDelay(from, { unit: 'working_days', count });
      let worked = 0;
      for (let day = 1; day <= daysBetween(from, to); day += 1) if (isWorkingDayParis(afterDelay(from, { unit: 'days', count: day }))) worked += 1;
      expect(isWorkingDayParis(to)).toBe(true);
      expect(worked).toBe(count);
    }));
  });

  it('refuses what is no delay', () => {
    const from = paris('2026-06-10T09:00');
    expect(() => afterDelay(from, { unit: 'days', count: 0.5 })).toThrow(RangeError);
    expect(() => afterDelay(from, { unit: 'hours', count: Number.NaN })).toThrow(RangeError);
    expect(() => afterDelay(from, { unit: 'working_days', count: Number.POSITIVE_INFINITY })).toThrow(RangeError);
    expect(() => afterDelay(new Date(Number.NaN), { unit: 'days', count: 1 })).toThrow(RangeError);
  });
});

describe('I6 office hours', () => {
  it.each([
    ['2026-06-10T09:00', '2026-06-10T09:00'], ['2026-06-10T17:59', '2026-06-10T17:59'], // a Wednesday
    ['2026-06-10T08:59', '2026-06-10T09:00'], ['2026-06-10T18:00', '2026-06-11T09:00'], ['2026-06-10T00:00', '2026-06-10T09:00'],
    ['2026-06-12T18:00', '2026-06-15T09:00'], ['2026-06-13T11:00', '2026-06-15T09:00'],
    ['2026-07-14T11:00', '2026-07-15T09:00'], ['2026-03-28T20:00', '2026-03-30T09:00'], // over the change of the clocks
  ])('%s → %s', (from, to) => {
    expect(inParis(atOfficeHours(paris(from)))).toBe(to);
  });

  it('never goes back, and moves nothing twice', () => {
    fc.assert(fc.property(moments, (moment) => {
      const moved = atOfficeHours(moment);
      expect(moved.getTime()).toBeGreaterThanOrEqual(moment.getTime());
      expect(atOfficeHours(moved)).toEqual(moved);
      expect(isWorkingDayParis(moved)).toBe(true);
    }));
  });
});

describe('I6 days in Paris', () => {
  it('ends a day at its last millisecond', () => {
    expect(endOfDayParis(paris('2026-06-10T09:00')).toISOString()).toBe('2026-06-10T21:59:59.999Z');
    expect(endOfDayParis(new Date('2026-06-10T22:30:00Z')).toISOString()).toBe('2026-06-11T21:59:59.999Z');
    expect(endOfDayParis(paris('2026-01-10T09:00')).toISOString()).toBe('2026-01-10T22:59:59.999Z');
  });

  it.each([
    ['2026-06-10T23:59', '2026-06-10T09:00', 0], ['2026-06-10T00:01', '2026-06-10T23:59', 0], ['2026-06-10T23:59', '2026-06-11T00:01', 1],
    ['2026-06-10T09:00', '2026-06-09T09:00', 0], ['2026-03-28T12:00', '2026-03-30T00:00', 2], ['2026-10-24T12:00', '2026-10-26T23:59', 2], ['2025-12-31T12:00', '2026-12-31T12:00', 365],
  ])('due %s, seen %s: %i days late', (due, at, days) => {
    expect(daysLate(paris(due), paris(at))).toBe(days);
  });
});

describe('W2 public holidays', () => {
  it.each([
    [2024, ['2024-01-01', '2024-04-01', '2024-05-01', '2024-05-08', '2024-05-09', '2024-05-20', '2024-07-14', '2024-08-15', '2024-11-01', '2024-11-11', '2024-12-25']],
    [2026, ['2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25']],
    [2027, ['2027-01-01', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-08', '2027-05-17', '2027-07-14', '2027-08-15', '2027-11-01', '2027-11-11', '2027-12-25']],
  ])('%i', (year, days) => {
    expect(publicHolidays(year)).toEqual(days);
  });

  it('names a day once in the years the Ascension falls on the 1st or the 8th of May', () => {
    expect(publicHolidays(2008)).toHaveLength(10);
    expect(publicHolidays(2008)).toContain('2008-05-01');
    expect(publicHolidays(2035)[1]).toBe('2035-03-26'); // Easter on 25 March, among the earliest
    expect(publicHolidays(2038)[1]).toBe('2038-04-26'); // Easter on 25 April, the latest
  });
});
