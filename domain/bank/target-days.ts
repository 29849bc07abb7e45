import { DateTime } from 'luxon';

/** The days on which euro transfers are settled: TARGET closes at weekends, on 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. */
export function isTargetDay(day: string): boolean {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  if (!date.isValid || date.weekday > 5) return false;
  const easter = easterOf(date.year);
  const closed = ['01-01', '05-01', '12-25', '12-26'].includes(date.toFormat('MM-dd')) || [-2, 1].some((days) => easter.plus({ days }).hasSame(date, 'day'));
  return !closed;
}

/** That day, or the next on which transfers are settled. Days as 2027-01-31. */
export function targetDayFrom(day: string): string {
  let date = DateTime.fromISO(day, { zone: 'utc' });
  while (!isTargetDay(date.toFormat('yyyy-MM-dd'))) date = date.plus({ days: 1 });
  return date.toFormat('yyyy-MM-dd');
}

/** Sunday of Easter in the Gregorian calendar (Meeus, Jones and Butcher). */
function easterOf(year: number): DateTime {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const number = h + l - 7 * m + 114;
  return DateTime.utc(year, Math.floor(number / 31), (number % 31) + 1);
}
