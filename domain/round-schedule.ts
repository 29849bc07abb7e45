import { afterDelay, type Delay } from './calendar.ts';
import type { QuoteRoundState } from './lifecycle/quote-round.ts';
import type { Terms } from './terms.ts';

export interface RoundAlarm {
  /** ms */
  readonly at: number;
  readonly kind: 'remind' | 'deadline' | 'escalate' | 'limit';
  /** Counts from 1 within its kind. */
  readonly times: number;
}

/**
 * What the clocks of a quote round do in a state entered at `since`, in order: Q4 while validating, Q7 once sent. Times in ms.
 * `validForMs`: the validity of the quote sent, when staff chose one of its own; null for the one of the terms.
 */
export function roundAlarms(state: QuoteRoundState, terms: Terms, since: number, validForMs: number | null = null): RoundAlarm[] {
  const at = (delay: Delay): number => afterDelay(new Date(since), delay).getTime();
  const remind = (delays: readonly Delay[]): RoundAlarm[] => delays.map((delay, index) => ({ at: at(delay), kind: 'remind', times: index + 1 }));
  const inOrder = (alarms: RoundAlarm[]): RoundAlarm[] => alarms.sort((a, b) => a.at - b.at);

  if (state === 'collecting') return inOrder([...remind(terms.memberQuoteReminders), { at: at(terms.dormancyLimit), kind: 'limit', times: 1 }]);
  if (state === 'validating') {
    const deadline = at(terms.quoteValidation);
    const escalations: RoundAlarm[] = [{ at: deadline, kind: 'escalate', times: 1 }];
    for (let times = 2; times <= terms.escalationTimes; times += 1) {
      const before = escalations[escalations.length - 1]?.at ?? deadline;
      escalations.push({ at: afterDelay(new Date(before), terms.escalationEvery).getTime(), kind: 'escalate', times });
    }
    return inOrder([...remind(terms.quoteValidationReminders), ...escalations]);
  }
  if (state === 'sent') {
    const limit = validForMs === null ? at(terms.clientQuoteValidity) : since + validForMs;
    // Nobody is reminded of a quote that is over.
    return inOrder([...remind(terms.clientQuoteReminders).filter((alarm) => alarm.at < limit), { at: limit, kind: 'limit', times: 1 }]);
  }
  return [];
}

/** The moment by which somebody must have acted: the 24 h of Q4, the validity of Q7, or the dormancy limit. ms, null at an end. */
export function roundDeadline(state: QuoteRoundState, terms: Terms, since: number, validForMs: number | null = null): number | null {
  if (state === 'validating') return afterDelay(new Date(since), terms.quoteValidation).getTime();
  return roundAlarms(state, terms, since, validForMs).find((alarm) => alarm.kind === 'limit')?.at ?? null;
}
