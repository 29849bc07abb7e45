import { monthsFrom } from '../domain/availability-calendar.ts';
import { stateOfDay, type Period, type Said } from '../domain/availability.ts';
import type { PageLocale } from './locale.ts';

const monthsShown = 6;
/** Those that are seen without asking. */
const monthsOpen = 3;
/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

/** M2, C4: the coming months of a member, by what each day is; never why. */
export function calendarView(today: string, said: Said, calendar: readonly Period[], locale: PageLocale) {
  const named = (options: Intl.DateTimeFormatOptions): ((at: number | string) => string) => {
    const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { ...options, timeZone: 'UTC' });
    return (at) => format.format(new Date(at));
  };
  const [month, weekday] = [named({ month: 'long', year: 'numeric' }), named({ weekday: 'long' })];
  const weekdays = Array.from({ length: 7 }, (_, day) => weekday(monday + day * 86_400_000)).map((name) => ({ name, letter: name.charAt(0).toUpperCase() }));
  const months = monthsFrom(today, monthsShown, (day) => stateOfDay(day, said, calendar)).map((one) => ({ ...one, name: month(one.first), weekdays }));
  return { now: months.slice(0, monthsOpen), later: months.slice(monthsOpen) };
}
