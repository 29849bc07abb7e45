import { DateTime } from 'luxon';
import { parisZone } from './calendar.ts';

/**
 * S4: when a change begins that somebody dates: nothing typed, or today, is at once (null); a later day begins at midnight in Paris (ms).
 * 'past' and 'unclear' say why it cannot be. `at` in ms.
 */
export function beginning(day: string, at: number): number | null | 'past' | 'unclear' {
  if (day.trim() === '') return null;
  const typed = DateTime.fromISO(day.trim(), { zone: parisZone });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day.trim()) || !typed.isValid) return 'unclear';
  const today = DateTime.fromMillis(at, { zone: parisZone }).startOf('day');
  if (typed < today) return 'past';
  return typed.hasSame(today, 'day') ? null : typed.toMillis();
}
