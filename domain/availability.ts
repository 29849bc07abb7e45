/** C4, M2: when a member may take something on, as they say it in one word. */
export const availabilities = ['now', 'soon', 'busy'] as const;
export type Availability = (typeof availabilities)[number];

/** M2: what a period of a calendar says of each of its days. */
export const periodKinds = ['free', 'partly', 'taken'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Days as YYYY-MM-DD, both of them in it. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly kind: PeriodKind;
}

/** What a member says in one word, which holds for every day their calendar does not tell. */
export interface Said {
  readonly availability: string;
  /** The day from which they are free; null when it is not known, or now. */
  readonly availableFrom: Date | null;
}

/** What a day is; `unsaid`: neither the calendar nor the word tells. */
export type DayState = PeriodKind | 'unsaid';

/** The calendar first; where it is silent, the word: once the day it was said to end has come, it has. */
export function stateOfDay(day: string, { availability, availableFrom }: Said, calendar: readonly Period[]): DayState {
  const told = calendar.find(({ from, to }) => from <= day && day <= to);
  if (told) return told.kind;
  if (availability === 'now') return 'free';
  if (availableFrom === null) return 'unsaid';
  return dayOf(availableFrom) <= day ? 'free' : 'taken';
}

/** In a word, what somebody is on a day; and, when they are not free, the first day after it when they are. */
export function availabilityOn(day: string, said: Said, calendar: readonly Period[] = []): { readonly is: Availability | 'partly'; readonly from: Date | null } {
  const state = stateOfDay(day, said, calendar);
  if (state === 'free') return { is: 'now', from: null };
  if (state === 'partly') return { is: 'partly', from: null };
  const told = calendar.some(({ from, to }) => from <= day && day <= to);
  const free = nextFree(day, said, calendar);
  return { is: !told && said.availability === 'soon' ? 'soon' : 'busy', from: free === null ? null : new Date(free) };
}

/** Nothing changes but where a period begins, the day after it ends, and the day the word gives. */
function nextFree(day: string, said: Said, calendar: readonly Period[]): string | null {
  const turns = [...calendar.flatMap(({ from, to }) => [from, dayAfter(to)]), ...(said.availableFrom === null ? [] : [dayOf(said.availableFrom)])];
  return turns.filter((turn) => turn > day).sort().find((turn) => stateOfDay(turn, said, calendar) === 'free') ?? null;
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
export const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + 86_400_000));

/** Rows of a calendar, as days. */
export function periodsOf(rows: readonly { readonly fromOn: Date; readonly toOn: Date; readonly kind: string }[]): Period[] {
  return rows.map(({ fromOn, toOn, kind }) => ({ from: dayOf(fromOn), to: dayOf(toOn), kind: periodKinds.find((one) => one === kind) ?? 'taken' }));
}
