import { recordEvent, theClock } from '../../database/audit.ts';
import { moveProject } from '../../database/move-project.ts';
import { once } from '../../database/once.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle, type QuoteRoundState } from '../../domain/lifecycle/quote-round.ts';
import type { ActivityDeps } from '../deps.ts';
import { openLetters } from '../letters.ts';
import { tellCandidates } from '../project/candidates.ts';
import { loseQuotes } from './client-quotes.ts';
import { roundPath } from './member-quotes.ts';
import { lockRound, moveRound, type RoundAnswer, type RoundDeed } from './round-step.ts';

export interface RoundClockInput {
  readonly roundId: string;
  readonly state: QuoteRoundState;
  /** When the state was entered, in ms. */
  readonly since: number;
  /** How far staff moved the clock, in ms. */
  readonly shift?: number;
  readonly times: number;
  /** ms */
  readonly at: number;
}

/** Q4, Q7, W2: the clocks of a quote round. Each does nothing once the round has moved. */
export function roundClockActivities(deps: ActivityDeps) {
  const ring = (input: RoundClockInput, kind: string, act: (deed: RoundDeed) => Promise<RoundAnswer | void>): Promise<RoundAnswer> => {
    const step = `round/${input.roundId}/${input.state}/${input.since}${input.shift ? `+${input.shift}` : ''}/${kind}/${input.times}`;
    return once(deps.db, step, async (tx) => {
      const locked = await lockRound(tx, input.roundId);
      const { round } = locked;
      const letters = openLetters(tx, deps, locked.project, `clock/${step}`, input.at);
      const standing: RoundAnswer = {
        state: round.state as QuoteRoundState, since: input.since, deadlineAt: round.deadlineAt?.getTime() ?? null, mailIds: letters.mailIds, move: null,
      };
      if (round.state !== input.state) return standing;
      return (await act({ tx, ...locked, letters, at: input.at })) ?? standing;
    });
  };
  const note = (deed: RoundDeed, what: string, times: number): Promise<void> =>
    recordEvent(deed.tx, { by: theClock, action: `round.${what}`, subject: deed.round.ref, projectId: deed.project.id, data: { times }, at: deed.at });

  return {
    /** Whoever the round waits for is reminded: members to quote, staff to validate within 24 h, the client to answer. */
    remindRound: (input: RoundClockInput) =>
      ring(input, 'remind', async (deed) => {
        await remindOfRound(deed);
        await note(deed, `reminded.${input.state}`, input.times);
      }),

    /** Q4: the 24 h are over; administration is told, again and again, until the global quote leaves. */
    escalateRound: (input: RoundClockInput) =>
      ring(input, 'escalate', async (deed) => {
        const { tx, round, letters, at } = deed;
        await tx.quoteRound.update({ where: { id: round.id }, data: { escalatedAt: round.escalatedAt ?? new Date(at) } });
        const data = { deadline: (round.deadlineAt ?? new Date(at)).toISOString(), times: input.times };
        await letters.toStaff('staff_quote_clock_escalation', data, roundPath(round.id));
        await letters.toAdministration('staff_quote_clock_escalation', data, roundPath(round.id));
        await note(deed, 'escalated', input.times);
      }),

    /** Q7: an unanswered quote expires. */
    expireQuote: (input: RoundClockInput) =>
      ring(input, 'limit', async (deed) => {
        const { tx, round, letters, at } = deed;
        const quote = round.clientQuotes.at(-1);
        await tx.clientQuote.updateMany({ where: { roundId: round.id, state: 'sent' }, data: { state: 'expired', answeredAt: new Date(at) } });
        await loseQuotes(deed, '');
        await letters.toClient('client_quote_expired', { number: quote?.number ?? '' });
        await letters.toStaff('staff_client_quote_answered', { number: quote?.number ?? '', answer: 'expired', reason: '' }, roundPath(round.id));
        return moveRound(deed, 'quoteExpires', theClock, { number: quote?.number ?? '' });
      }),

    /** A round that nobody quotes ends; the project's own round takes the project with it. */
    abandonDormantRound: (input: RoundClockInput) =>
      ring(input, 'dormant', async (deed) => {
        const { tx, project, round, letters, at } = deed;
        await loseQuotes(deed, '');
        const answer = await moveRound(deed, 'abandonRound', theClock);
        if (round.number > 0) return answer;
        await moveProject(tx, project.id, 'abandon', at);
        await letters.toClient('project_abandoned', { reason: '' });
        await letters.toStaff('staff_project_stopped', { how: 'abandoned', reason: '' });
        await tellCandidates(tx, letters, project.id, at);
        return { ...answer, move: 'abandoned' as const };
      }),

    /** The project was withdrawn or abandoned: what its round still holds is lost with it. */
    stopRound: (input: { roundId: string; at: number }) =>
      once(deps.db, `round/${input.roundId}/stopped`, async (tx) => {
        const locked = await lockRound(tx, input.roundId);
        const letters = openLetters(tx, deps, locked.project, `round/${input.roundId}/stopped`, input.at);
        if (isOver(quoteRoundLifecycle, locked.round.state)) return { mailIds: [] };
        const deed: RoundDeed = { tx, ...locked, letters, at: input.at };
        await loseStandingQuotesQuietly(deed);
        await moveRound(deed, 'abandonRound', theClock);
        return { mailIds: letters.mailIds };
      }),
  };
}

/** Whoever the round waits for is reminded of it. */
export async function remindOfRound({ tx, round, letters }: RoundDeed): Promise<void> {
  if (round.state === 'collecting') {
    const asked = await tx.member.findMany({ where: { id: { in: round.askedIds } }, orderBy: { id: 'asc' } });
    const answered = new Set(round.memberQuotes.filter(({ state }) => state === 'submitted').map(({ memberId }) => memberId));
    for (const member of asked) {
      if (!answered.has(member.id)) await letters.toMember(member, 'quote_reminder', {}, { purpose: 'member_quote', subjectId: round.id });
    }
  }
  if (round.state === 'validating') {
    await letters.toStaff('staff_quote_clock_reminder', { deadline: round.deadlineAt?.toISOString() ?? '' }, roundPath(round.id));
  }
  if (round.state === 'sent') {
    const quote = round.clientQuotes.at(-1);
    if (!quote) return;
    const { membersTotalCents, feeCents, feeRateBp, feeBasis, totalCents, vatCents, totalWithTaxCents } = quote;
    await letters.toClient(
      'client_quote_reminder',
      { membersTotalCents, feeCents, feeRateBp, feeBasis, totalCents, vatCents, totalWithTaxCents, number: quote.number, validUntil: quote.validUntil.toISOString() },
      { purpose: 'client_quote', subjectId: round.id },
    );
  }
}

/** The members were told with the project's own end; their quotes only change state. */
async function loseStandingQuotesQuietly({ tx, round, at }: { tx: Tx; round: { id: string }; at: number }): Promise<void> {
  await tx.memberQuote.updateMany({
    where: { roundId: round.id, state: { in: ['submitted', 'sent_back', 'included'] } },
    data: { state: 'lost', decidedAt: new Date(at) },
  });
  await tx.clientQuote.updateMany({ where: { roundId: round.id, state: { in: ['sent', 'change_asked'] } }, data: { state: 'superseded' } });
}
