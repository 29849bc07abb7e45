import { DateTime } from 'luxon';
import { parisZone } from './calendar.ts';
import { Problem } from './problem.ts';

/**
 * A clock as staff may move it (S3): alarms count from `since`, are shifted by `shift`, and those at or before `from` have been passed over.
 * All in ms.
 */
export interface MovedClock {
  readonly since: number;
  readonly shift: number;
  readonly from: number;
}

export const unmoved = (since: number): MovedClock => ({ since, shift: 0, from: 0 });

export interface DeadlineMove {
  /** Later, at once, or counted again from now. */
  readonly how: 'extend' | 'skip' | 'restart';
  /** Paris day, YYYY-MM-DD, for `extend`. */
  readonly untilDate: string | null;
  /** Paris time, HH:mm; that of the present deadline when absent. */
  readonly untilTime: string | null;
}

interface Timed { readonly at: number }

/** The alarms still to ring, where the moves have put them. */
export function alarmsLeft<Alarm extends Timed>(alarms: readonly Alarm[], { shift, from }: MovedClock): Alarm[] {
  return alarms.map((alarm) => ({ ...alarm, at: alarm.at + shift })).filter(({ at }) => at > from);
}

/**
 * The clock after a move asked at `at` (ms), while the deadline is `deadlineAt` (ms, null without any).
 * `next` is the alarm a skip rings at once.
 * @throws Problem `deadline_in_past` (details: none), `no_deadline`
 */
export function moveClock(clock: MovedClock, next: Timed | null, deadlineAt: number | null, move: DeadlineMove, at: number): MovedClock {
  if (move.how === 'restart') return unmoved(at);
  if (move.how === 'skip') {
    if (!next) throw new Problem('no_deadline', 'nothing is waited for');
    return { ...clock, from: next.at };
  }
  if (deadlineAt === null) throw new Problem('no_deadline', 'there is no deadline to extend');
  const until = momentAsked(move, deadlineAt);
  if (until <= at) throw new Problem('deadline_in_past', `${new Date(until).toISOString()} is over`);
  return { since: clock.since, shift: clock.shift + until - deadlineAt, from: at };
}

/** ms. @throws Problem `form_invalid` */
function momentAsked({ untilDate, untilTime }: DeadlineMove, deadlineAt: number): number {
  const present = DateTime.fromMillis(deadlineAt, { zone: parisZone });
  const asked = DateTime.fromISO(`${untilDate ?? ''}T${untilTime || present.toFormat('HH:mm')}`, { zone: parisZone });
  if (!untilDate || !asked.isValid) throw new Problem('form_invalid', `${untilDate} ${untilTime} is no moment`, { fields: 'untilDate' });
  return asked.toMillis();
}
