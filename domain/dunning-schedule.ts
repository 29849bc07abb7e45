import { DateTime } from 'luxon';
import { afterDelay, atOfficeHours, parisZone, type Delay } from './calendar.ts';
import { isSentAfterPause } from './dunning-letter.ts';
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

/** I6, I12: the reminders an invoice has to get: from its due date, or from the day a payment taken back made it due again. */
export function alarmsOf(invoice: { readonly issuedAt: Date | null; readonly dueAt: Date | null; readonly reopenedAt: Date | null }, terms: Pick<Terms, 'dunning'>): DunningAlarm[] {
  const dueAt = invoice.dueAt?.getTime() ?? 0;
  const again = invoice.reopenedAt?.getTime();
  return again === undefined ? dunningAlarms({ issuedAt: invoice.issuedAt?.getTime() ?? 0, dueAt }, terms) : dunningAlarms({ issuedAt: again, dueAt: Math.max(dueAt, again) }, terms);
}

/**
 * I6: what a reminder sent by hand at `at` (ms) may say: the words of the last level that has fallen, but never « due today » of another day; no level is
 * brought forward, for a formal notice keeps the time the client was promised before it. `level` is 0 where none has fallen yet.
 */
export function reminderOfToday(invoice: Parameters<typeof alarmsOf>[0], terms: Pick<Terms, 'dunning'>, at: number): Pick<DunningAlarm, 'level' | 'tone'> {
  const last = alarmsOf(invoice, terms).filter((alarm) => alarm.at <= at).at(-1);
  const level = last?.level ?? 0;
  const dayOf = (moment: number): string => DateTime.fromMillis(moment, { zone: parisZone }).toISODate() ?? '';
  const [today, due] = [dayOf(at), dayOf(invoice.dueAt?.getTime() ?? 0)];
  if (today < due) return { level, tone: 'before_due' };
  if (today === due) return { level, tone: 'due' };
  return { level, tone: last && isSentAfterPause(last.tone) ? last.tone : 'reminder' };
}

/**
 * I6: when a level that fell while reminders were paused is sent after all: two working days after they are resumed, so that the client has read the
 * answer to their dispute first. `resumedAt` and the answer in ms.
 */
export function heldDunningAt(resumedAt: number): number {
  return atOfficeHours(DateTime.fromJSDate(afterDelay(new Date(resumedAt), { unit: 'working_days', count: 2 }), { zone: parisZone }).startOf('day').toJSDate()).getTime();
}

function moment(dueAt: number, after: Delay): number {
  const then = afterDelay(new Date(dueAt), after);
  if (after.unit !== 'days' && after.unit !== 'working_days') return then.getTime();
  return atOfficeHours(DateTime.fromJSDate(then, { zone: parisZone }).startOf('day').toJSDate()).getTime();
}
