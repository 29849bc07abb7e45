import { dayAfter, type DayState, type Period } from './availability.ts';

/** M2: how much a calendar takes: so many periods to come, so far ahead. */
export const mostPeriods = 60;
export const farthestMonths = 24;

export interface CalendarDay {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly number: number;
  readonly state: DayState;
  readonly past: boolean;
  readonly today: boolean;
}

export interface CalendarMonth {
  /** The first day of it. */
  readonly first: string;
  /** From Monday to Sunday; null: a day of another month. */
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
}

/** M2: so many months, beginning with that of `today`. */
export function monthsFrom(today: string, count: number, stateOf: (day: string) => DayState): CalendarMonth[] {
  return Array.from({ length: count }, (_, ahead) => {
    const first = monthAhead(today, ahead);
    const next = monthAhead(today, ahead + 1);
    const cells: (CalendarDay | null)[] = Array.from({ length: (new Date(first).getUTCDay() + 6) % 7 }, () => null);
    for (let day = first; day < next; day = dayAfter(day)) cells.push({ day, number: Number(day.slice(8)), state: stateOf(day), past: day < today, today: day === today });
    while (cells.length % 7 > 0) cells.push(null);
    return { first, weeks: Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7)) };
  });
}

function monthAhead(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/**
 * M2: what is wrong with a period somebody gives, by the field to look at again; each day real already. `began`: the first day of the period it changes;
 * one that runs already may keep it, and ends today at the earliest.
 */
export function wrongPeriod({ from, to }: Pick<Period, 'from' | 'to'>, today: string, began?: string): ('from' | 'to')[] {
  return [...(from < today && from !== began ? ['from' as const] : []), ...(to < from || (from === began && to < today) || to >= monthAhead(today, farthestMonths + 1) ? ['to' as const] : [])];
}
