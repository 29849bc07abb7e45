import type { Delay } from './calendar.ts';

const units: Readonly<Record<Delay['unit'], number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, working_days: 86_400_000 * 1.4 };

/** About how long a delay is, in ms, to compare delays of different units: a day is 24 h, five working days are a week. */
export function delayLength({ unit, count }: Delay): number {
  return count * units[unit];
}
