import type { QuotingRound } from './round.ts';

const steps = ['received', 'checked', 'sent', 'answered'] as const;

/** Q4, M9: where a member's quote stands, as they follow it: received, checked within 24 h, sent to the client as part of the global quote, answered. */
export function standingOf({ round, latest }: Pick<QuotingRound, 'round' | 'latest'>, now: number) {
  if (!latest || latest.state === 'superseded') return null;
  const { state } = latest;
  if (state === 'sent_back') return { state, back: true, steps: [], deadline: null, late: false, validUntil: null };
  const at = state === 'submitted' ? 1 : state === 'included' ? 3 : 4;
  const deadline = state === 'submitted' && round.state === 'validating' ? round.deadlineAt : null;
  const [sent] = round.clientQuotes;
  return {
    state, back: false, deadline: deadline?.toISOString() ?? null, late: deadline !== null && deadline.getTime() <= now, escalated: deadline !== null && round.escalatedAt !== null,
    validUntil: state === 'included' && sent?.state === 'sent' ? sent.validUntil : null,
    steps: steps.map((step, index) => ({ step, done: index < at, current: index === at })),
  };
}
