import { DateTime } from 'luxon';
import { afterDelay, atOfficeHours, parisZone, type Delay } from './calendar.ts';
import type { DunningLevel, Terms } from './terms.ts';

export interface DunningAlarm extends Pick<DunningLevel, 'level' | 'tone'> {
  /** ms */
  readonly at: number;
}

/**
 * I6: when each reminder of an invoice leaves, in order: in the morning of a working day, counted in Paris days from the due date.
 * What would leave before the invoice itself is left out: a deposit due at once needs no notice a week before. Times in ms.
 */
export function dunningAlarms({ issuedAt, dueAt }: { issuedAt: number; dueAt: number }, terms: Pick<Terms, 'dunning'>): DunningAlarm[] {
  return terms.dunning
    .map(({ level, tone, after }) => ({ level, tone, at: moment(dueAt, after) }))
    .filter(({ at }) => at > issuedAt)
    .sort((a, b) => a.at - b.at || a.level - b.level);
}

function moment(dueAt: number, after: Delay): number {
  const then = afterDelay(new Date(dueAt), after);
  if (after.unit !== 'days' && after.unit !== 'working_days') return then.getTime();
  return atOfficeHours(DateTime.fromJSDate(then, { zone: parisZone }).startOf('day').toJSDate()).getTime();
}
