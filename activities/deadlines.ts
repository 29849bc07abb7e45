import { recordEvent, type By } from '../database/audit.ts';
import { lockProject } from '../database/move-project.ts';
import { applySubmission } from '../database/submission.ts';
import type { Tx } from '../database/open.ts';
import { afterDelay } from '../domain/calendar.ts';
import { alarmsLeft, moveClock, type MovedClock } from '../domain/deadline-move.ts';
import type { ProjectStage } from '../domain/lifecycle/project.ts';
import type { QuoteRoundState } from '../domain/lifecycle/quote-round.ts';
import { Problem } from '../domain/problem.ts';
import { roundAlarms, roundDeadline } from '../domain/round-schedule.ts';
import { stageAlarms, stageDeadline } from '../domain/stage-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import { moveDeadline } from '../steps/deadline-steps.ts';
import type { ActivityDeps } from './deps.ts';

/** The clock after the move; `rings` says that what was waited for happens now. Times in ms. */
export interface DeadlineMoved {
  readonly clock: MovedClock;
  readonly deadlineAt: number | null;
  readonly rings: boolean;
}

interface Asked { readonly submissionId: string; readonly clock: MovedClock; readonly at: number }

/** S3: a deadline extended, skipped or counted again, with its reason in the trail. */
export function deadlineActivities(deps: ActivityDeps) {
  return {
    moveStageDeadline: (input: Asked & { projectId: string; stage: ProjectStage }): Promise<DeadlineMoved> =>
      applySubmission(deps.db, moveDeadline, input.submissionId, input.at, async (tx, { payload, by }) => {
        const project = await lockProject(tx, input.projectId);
        if (project.stage !== input.stage) throw new Problem('stage_changed', `${project.ref} is ${project.stage}`, { stage: project.stage });
        const terms = project.terms as unknown as Terms;
        const next = alarmsLeft(stageAlarms(input.stage, terms, input.clock.since), input.clock).find(({ at }) => at > input.at) ?? null;
        const deadlineOf = (clock: MovedClock): number | null => shifted(stageDeadline(input.stage, terms, clock.since), clock);
        const clock = moveClock(input.clock, next, deadlineOf(input.clock), payload, input.at);
        const deadlineAt = deadlineOf(clock);
        await tx.project.update({ where: { id: project.id }, data: { nextDeadlineAt: asDate(deadlineAt) } });
        await note(tx, by, { subject: project.ref, projectId: project.id, ...payload, deadlineAt, at: input.at });
        return { clock, deadlineAt, rings: payload.how === 'skip' };
      }),

    moveRoundDeadline: (input: Asked & { roundId: string; state: QuoteRoundState; validForMs?: number | null }): Promise<DeadlineMoved> =>
      applySubmission(deps.db, moveDeadline, input.submissionId, input.at, async (tx, { payload, by }) => {
        const { projectId } = await tx.quoteRound.findUniqueOrThrow({ where: { id: input.roundId }, select: { projectId: true } });
        const project = await lockProject(tx, projectId);
        const round = await tx.quoteRound.findUniqueOrThrow({ where: { id: input.roundId } });
        if (round.state !== input.state) throw new Problem('stage_changed', `${round.ref} is ${round.state}`, { stage: round.state });
        const terms = project.terms as unknown as Terms;
        const next = alarmsLeft(roundAlarms(input.state, terms, input.clock.since, input.validForMs), input.clock).find(({ at }) => at > input.at) ?? null;
        const deadlineOf = (clock: MovedClock): number | null => shifted(roundDeadline(input.state, terms, clock.since, input.validForMs), clock);
        const clock = moveClock(input.clock, next, deadlineOf(input.clock), payload, input.at);
        const deadlineAt = deadlineOf(clock);
        await tx.quoteRound.update({
          where: { id: round.id }, data: { deadlineAt: asDate(deadlineAt), ...(input.state === 'validating' ? { clockStartedAt: new Date(clock.since) } : {}) },
        });
        // What the client was promised moves with it: their quote stays valid as long.
        if (input.state === 'sent' && deadlineAt !== null) await tx.clientQuote.updateMany({ where: { roundId: round.id, state: 'sent' }, data: { validUntil: new Date(deadlineAt) } });
        if (round.number === 0) await tx.project.update({ where: { id: project.id }, data: { nextDeadlineAt: asDate(deadlineAt) } });
        await note(tx, by, { subject: round.ref, projectId, ...payload, deadlineAt, at: input.at });
        return { clock, deadlineAt, rings: payload.how === 'skip' };
      }),

    /** The window of I2 may be extended or given anew; only its member may close it early, by approving. */
    moveWindow: (input: { memberInvoiceId: string; submissionId: string; windowEndsAt: number; at: number }): Promise<{ windowEndsAt: number }> =>
      applySubmission(deps.db, moveDeadline, input.submissionId, input.at, async (tx, { payload, by }) => {
        const { projectId } = await tx.memberInvoice.findUniqueOrThrow({ where: { id: input.memberInvoiceId }, select: { projectId: true } });
        const project = await lockProject(tx, projectId);
        const invoice = await tx.memberInvoice.findUniqueOrThrow({ where: { id: input.memberInvoiceId } });
        if (invoice.state !== 'preview') throw new Problem('stage_changed', `${invoice.ref} is ${invoice.state}`, { stage: invoice.state });
        if (payload.how === 'skip') throw new Problem('window_promised', `${invoice.ref}: the window is the member’s`);
        const { shift } = moveClock({ since: input.at, shift: 0, from: 0 }, null, input.windowEndsAt, payload, input.at);
        const windowEndsAt = payload.how === 'restart' ? afterDelay(new Date(input.at), (project.terms as unknown as Terms).anomalyWindow).getTime() : input.windowEndsAt + shift;
        await tx.memberInvoice.update({ where: { id: invoice.id }, data: { windowEndsAt: new Date(windowEndsAt) } });
        await note(tx, by, { subject: invoice.ref, projectId, ...payload, deadlineAt: windowEndsAt, at: input.at });
        return { windowEndsAt };
      }),
  };
}

const shifted = (planned: number | null, { shift }: MovedClock): number | null => (planned === null ? null : planned + shift);
const asDate = (at: number | null): Date | null => (at === null ? null : new Date(at));

function note(tx: Tx, by: By, moved: { subject: string; projectId: string; how: string; reason: string; deadlineAt: number | null; at: number }): Promise<void> {
  const { subject, projectId, how, reason, deadlineAt, at } = moved;
  return recordEvent(tx, { by, action: `deadline.${how}`, subject, projectId, data: { reason, until: deadlineAt === null ? '' : new Date(deadlineAt).toISOString() }, at });
}
