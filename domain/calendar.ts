import { DateTime } from 'luxon';

/** A length of time as the settings write it. Days are calendar days in Paris; a negative count goes back. */
export interface Delay {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'working_days';
  readonly count: number;
}

export const parisZone = 'Europe/Paris';

/**
 * The moment that comes a delay after another. Seconds, minutes and hours are exact: the 24 h of a quote are 24 hours, also in the night
 * the clocks change. Days keep the hour of the wall clock in Paris; working days skip week-ends and public holidays.
 * @throws RangeError a count that is not finite, or half a day
 */
export function afterDelay(from: Date, { unit, count }: Delay): Date {
  if (!Number.isFinite(count)) throw new RangeError(`${count} ${unit} is not a delay`);
  const exact = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };
  if (unit === 'seconds' || unit === 'minutes' || unit === 'hours') return new Date(from.getTime() + count * exact[unit]);
  if (!Number.isInteger(count)) throw new RangeError(`${count} ${unit}: days are whole`);
  const start = inParis(from);
  return (unit === 'days' ? start.plus({ days: count }) : workingDaysAfter(start, count)).toJSDate();
}

/** Counted from the starting moment, so that an hour moved by a clock change on the way does not stay moved. */
function workingDaysAfter(start: DateTime, count: number): DateTime {
  const direction = Math.sign(count);
  let days = 0;
  let left = Math.abs(count);
  while (left > 0) {
    days += direction;
    if (isWorkingDay(start.plus({ days }))) left -= 1;
  }
  return start.plus({ days });
}

const opens = 9;
const closes = 18;

/** A reminder to a person leaves between 9:00 and 18:00 of a working day in Paris; before or after, at the next such 9:00. */
export function atOfficeHours(date: Date): Date {
  const moment = inParis(date);
  if (isWorkingDay(moment) && moment.hour >= opens && moment.hour < closes) return date;
  let day = moment.startOf('day');
  if (moment.hour >= closes) day = day.plus({ days: 1 });
  while (!isWorkingDay(day)) day = day.plus({ days: 1 });
  return day.set({ hour: opens }).toJSDate();
}

/** The last millisecond of the Paris day a moment is in. */
export function endOfDayParis(date: Date): Date {
  return inParis(date).endOf('day').toJSDate();
}

/** How many Paris days `at` is after the day of `due`; 0 on the day itself and before. */
export function daysLate(due: Date, at: Date): number {
  return Math.max(0, daysBetween(due, at));
}

/** Paris days from one moment's day to another's; negative when the second comes first. */
export function daysBetween(from: Date, to: Date): number {
  return inParis(to).startOf('day').diff(inParis(from).startOf('day'), 'days').days;
}

/** Neither a week-end nor a public holiday in Paris. */
export function isWorkingDayParis(date: Date): boolean {
  return isWorkingDay(inParis(date));
}

/** The eleven public holidays of metropolitan France in a year, as 2026-01-01, in order (Code du travail, L3133-1). */
export function publicHolidays(year: number): string[] {
  const day = (month: number, date: number): DateTime => DateTime.utc(year, month, date);
  const easter = easterSunday(year);
  const days = [
    day(1, 1), easter.plus({ days: 1 }), day(5, 1), day(5, 8), easter.plus({ days: 39 }), easter.plus({ days: 50 }),
    day(7, 14), day(8, 15), day(11, 1), day(11, 11), day(12, 25),
  ];
  return [...new Set(days.map((holiday) => holiday.toFormat('yyyy-MM-dd')))].sort();
}

/** Easter by the Gregorian reckoning (Meeus, Jones and Butcher). */
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
  const n = h + l - 7 * m + 114;
  return DateTime.utc(year, Math.floor(n / 31), (n % 31) + 1);
}

function isWorkingDay(day: DateTime): boolean {
  return day.weekday <= 5 && !holidaysOf(day.year).has(day.toFormat('yyyy-MM-dd'));
}

const known = new Map<number, ReadonlySet<string>>();

/** Worked out once a year. */
function holidaysOf(year: number): ReadonlySet<string> {
  const holidays = known.get(year) ?? new Set(publicHolidays(year));
  known.set(year, holidays);
  return holidays;
}

function inParis(date: Date): DateTime {
  const moment = DateTime.fromJSDate(date, { zone: parisZone });
  if (!moment.isValid) throw new RangeError('not a moment');
  return moment;
}
