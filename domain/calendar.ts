import { DateTime } from 'luxon';

const zone = 'Europe/Paris';

/** A length of time as staff write it in the settings. Negative counts go back. */
export interface Delay {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'working_days';
  readonly count: number;
}

/** The moment a delay after another: hours are exact; days keep the wall clock of Paris across daylight saving; working days skip holidays. */
export function afterDelay(from: Date, delay: Delay): Date {
  const start = DateTime.fromJSDate(from, { zone });
  if (delay.unit === 'days') return start.plus({ days: delay.count }).toJSDate();
  if (delay.unit === 'working_days') return afterWorkingDays(start, delay.count).toJSDate();
  const ms = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 }[delay.unit];
  return new Date(from.getTime() + delay.count * ms);
}

function afterWorkingDays(start: DateTime, count: number): DateTime {
  let day = start;
  let left = Math.abs(count);
  while (left > 0) {
    day = day.plus({ days: Math.sign(count) });
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

function isWorkingDay(day: DateTime): boolean {
  return day.weekday <= 5 && !publicHolidays(day.year).includes(day.toISODate() ?? '');
}

/** The French public holidays of a year, as ISO dates in order. */
export function publicHolidays(year: number): string[] {
  const easter = easterSunday(year);
  const movable = [1, 39, 50].map((days) => easter.plus({ days }).toISODate() ?? '');
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'].map((day) => `${year}-${day}`);
  return [...fixed, ...movable].sort();
}

/** Meeus and Butcher's rule for the Gregorian calendar. */
function easterSunday(year: number): DateTime {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return DateTime.fromObject({ year, month, day }, { zone });
}

/** The same moment during office hours, or the next working day at 9:00 in Paris: nobody is chased at night or on a Sunday. */
export function atOfficeHours(date: Date): Date {
  let moment = DateTime.fromJSDate(date, { zone });
  if (isWorkingDay(moment) && moment.hour >= 9 && moment.hour < 18) return date;
  if (moment.hour >= 18) moment = moment.plus({ days: 1 });
  while (!isWorkingDay(moment)) moment = moment.plus({ days: 1 });
  return moment.set({ hour: 9, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

export function endOfDayParis(date: Date): Date {
  return DateTime.fromJSDate(date, { zone }).endOf('day').toJSDate();
}

/** Whole days in Paris between a due date and a moment; 0 when it is not late. */
export function daysLate(due: Date, at: Date): number {
  const days = DateTime.fromJSDate(at, { zone }).startOf('day').diff(DateTime.fromJSDate(due, { zone }).startOf('day'), 'days').days;
  return Math.max(0, Math.round(days));
}
