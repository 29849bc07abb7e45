import type { Prisma } from '@prisma/client';
import { recordEvent, type By } from '../../database/audit.ts';
import { lockProjectOf, moveProject, type ProjectWithPeople } from '../../database/move-project.ts';
import { applySubmission, type Submitted } from '../../database/submission.ts';
import type { Tx } from '../../database/open.ts';
import { after, allows, isOver } from '../../domain/lifecycle/lifecycle.ts';
import type { ProjectAction } from '../../domain/lifecycle/project.ts';
import { quoteRoundLifecycle, type QuoteRoundAction, type QuoteRoundState } from '../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../domain/problem.ts';
import { roundDeadline } from '../../domain/round-schedule.ts';
import type { Terms } from '../../domain/terms.ts';
import type { PayloadOf, Step } from '../../steps/step.ts';
import type { RoundMoved } from '../../workflows/messages.ts';
import type { ActivityDeps } from '../deps.ts';
import { openLetters, type Letters } from '../letters.ts';

/** What the quote review needs to go on. Times in ms. */
export interface RoundAnswer {
  readonly state: QuoteRoundState;
  /** When the state was entered: its clocks count from here. */
  readonly since: number;
  readonly deadlineAt: number | null;
  readonly mailIds: readonly string[];
  /** Of a quote sent with a validity of its own (ms); absent from the answers of before it had one. */
  readonly validForMs?: number | null;
  /** What the project must be told, if anything. */
  readonly move: RoundMoved['move'] | null;
}

export interface RoundStepInput {
  readonly roundId: string;
  readonly submissionId: string;
  /** ms */
  readonly at: number;
}

export type RoundWithQuotes = Prisma.QuoteRoundGetPayload<{ include: { memberQuotes: { include: { member: true; lines: true } }; clientQuotes: true } }>;

export interface RoundDeed {
  readonly tx: Tx;
  readonly project: ProjectWithPeople;
  readonly terms: Terms;
  readonly round: RoundWithQuotes;
  readonly letters: Letters;
  readonly at: number;
}

/** How a move of the project's own round moves the project itself; an amendment's leaves it as it is. */
const projectActions: Partial<Record<QuoteRoundAction, { action: ProjectAction; move: RoundMoved['move'] }>> = {
  submitQuote: { action: 'quoteReceived', move: 'received' },
  allSentBack: { action: 'quotesSentBack', move: 'sent_back' },
  askQuoteChange: { action: 'quotesSentBack', move: 'sent_back' },
  reopenQuote: { action: 'quoteReopened', move: 'received' },
  sendClientQuote: { action: 'quoteSent', move: 'sent' },
  signQuote: { action: 'quoteSigned', move: 'signed' },
  declineQuote: { action: 'quoteDeclined', move: 'declined' },
  quoteExpires: { action: 'quoteExpired', move: 'expired' },
};

/** Locks the project, then reads the round: every step of a project's quotes is applied one after the other. */
export async function lockRound(tx: Tx, roundId: string): Promise<{ project: ProjectWithPeople; round: RoundWithQuotes; terms: Terms }> {
  const project = await lockProjectOf(tx, 'QuoteRound', roundId);
  const round = await tx.quoteRound.findUniqueOrThrow({
    where: { id: roundId },
    include: {
      memberQuotes: { include: { member: true, lines: { orderBy: { position: 'asc' } } }, orderBy: [{ memberId: 'asc' }, { version: 'asc' }] },
      clientQuotes: { orderBy: { version: 'asc' } },
    },
  });
  return { project, round, terms: project.terms as unknown as Terms };
}

/**
 * Moves a round, and its project with it, under the lock of `lockRound`.
 * @throws Problem `stage_changed`
 */
export async function moveRound(deed: RoundDeed, action: QuoteRoundAction, by: By, told: Prisma.InputJsonObject = {}, validForMs: number | null = null): Promise<RoundAnswer> {
  const { tx, round, project, at, letters } = deed;
  if (!allows(quoteRoundLifecycle, round.state, action)) throw new Problem('stage_changed', `${round.ref} is ${round.state}: ${action} is not possible`, { stage: round.state });
  const from = round.state as QuoteRoundState;
  const state = after(quoteRoundLifecycle, from, action);
  // A quote that joins others under validation does not give staff another 24 h (Q4).
  const stays = state === from;
  const since = stays && state === 'validating' && round.clockStartedAt ? round.clockStartedAt.getTime() : at;
  const deadlineAt = isOver(quoteRoundLifecycle, state) ? null : roundDeadline(state, deed.terms, since, validForMs);
  if (!stays) {
    await tx.quoteRound.update({
      where: { id: round.id },
      data: {
        state,
        deadlineAt: deadlineAt === null ? null : new Date(deadlineAt),
        clockStartedAt: state === 'validating' ? new Date(since) : null,
        ...(state === 'sent' ? { sentAt: new Date(at), escalatedAt: null } : {}),
        ...(isOver(quoteRoundLifecycle, state) ? { answeredAt: new Date(at) } : {}),
      },
    });
  }
  const moved = stays ? undefined : projectActions[action];
  if (moved && round.number === 0) await moveProject(tx, project, moved.action, at, {}, { at: deadlineAt, what: state });
  await recordEvent(tx, { by, action: `round.${action}`, subject: round.ref, projectId: project.id, data: told, at });
  return { state, since, deadlineAt, validForMs, mailIds: letters.mailIds, move: moved?.move ?? null };
}

/** Applies one step a person asked of a round, once, in one transaction. `apply` does what is particular and says the action that moves the round. */
export async function roundStep<S extends Step<unknown>>(
  deps: ActivityDeps,
  step: S,
  input: RoundStepInput,
  apply: (deed: RoundDeed, submitted: Submitted<PayloadOf<S>>) => Promise<{ action?: QuoteRoundAction; told?: Prisma.InputJsonObject; validForMs?: number | null } | void>,
): Promise<RoundAnswer> {
  return applySubmission(deps.db, step, input.submissionId, input.at, async (tx, submitted) => {
    const locked = await lockRound(tx, input.roundId);
    const action = step.name as QuoteRoundAction;
    if (!allows(quoteRoundLifecycle, locked.round.state, action)) {
      throw new Problem('stage_changed', `${locked.round.ref} is ${locked.round.state}: ${action} is not possible`, { stage: locked.round.state });
    }
    const letters = openLetters(tx, deps, locked.project, `submission/${submitted.id}`, input.at);
    const deed: RoundDeed = { tx, ...locked, letters, at: input.at };
    const done = await apply(deed, submitted);
    return moveRound(deed, done?.action ?? action, submitted.by, done?.told, done?.validForMs);
  });
}
