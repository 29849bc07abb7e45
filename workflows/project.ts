import { allHandlersFinished, condition, continueAsNew, defineUpdate, getExternalWorkflowHandle, patched, setHandler, workflowInfo } from '@temporalio/workflow';
import type { ProjectAnswer } from '../activities/project/answer.ts';
import { after, allows, isOver } from '../domain/lifecycle/lifecycle.ts';
import { projectLifecycle, type ProjectAction, type ProjectStage } from '../domain/lifecycle/project.ts';
import { alarmsLeft, unmoved } from '../domain/deadline-move.ts';
import { stageAlarms, stageDeadline, type Alarm } from '../domain/stage-schedule.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { clientInvoice } from './client-invoice.ts';
import { memberInvoice } from './member-invoice.ts';
import {
  clientInvoiceSettled, managerChanged, memberInvoiceClosed, projectStopped, roundMoved, windowsChanged,
  type MemberInvoiceClosed, type ProjectInput, type RoundMoved,
} from './messages.ts';
import { moveDeadline } from './moved-deadline.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { projectAlerts } from './project-alerts.ts';
import { local } from './proxies.ts';
import { quoteReview } from './quote-review.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';
import { startOnce } from './start-once.ts';
import { projectInWords } from './project-in-words.ts';

const personSteps = [
  'approveBrief', 'askBriefChanges', 'rejectBrief', 'resubmitBrief', 'startCasting', 'publish', 'inviteMember', 'answerInvitation', 'apply',
  'withdrawApplication', 'inviteMates', 'answerTeamInvitation', 'dropMate', 'postNotice', 'selectTeam', 'withdraw', 'abandon', 'assignManager', 'setReferral', 'openAmendment', 'closeProject',
] as const;

/** Whose the project is, and who brought it: no patience starts again because of that. */
const clockKeepers: readonly ProjectAction[] = ['assignManager', 'setReferral'];

/** How the project's stage follows its own quote round; the database moved in the round's transaction. */
const stageOfMove: Record<RoundMoved['move'], ProjectStage> = {
  received: 'quote_review', sent_back: 'quoting', sent: 'quote_sent', signed: 'running', declined: 'declined', expired: 'expired', abandoned: 'abandoned',
};

/** One project, from brief to closed (W1). It holds what its next decision needs; the database holds everything people read. */
export async function project(input: ProjectInput): Promise<{ stage: ProjectStage }> {
  const { projectId, ref, terms, clientHandle } = input;
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  let stage: ProjectStage = input.carried?.stage ?? projectLifecycle.initial;
  let since = input.carried?.since ?? Date.now();
  let deadlineAt = input.carried ? input.carried.deadlineAt : stageDeadline(stage, terms, since);
  let managerHandle = input.carried?.managerHandle ?? null;
  // The client invoices that wait for team mates (I3): deposits, due at once, gather apart (I5).
  const gathering: { work: string | null; deposit: string | null } = { work: input.carried?.gathering ?? null, deposit: input.carried?.gatheringDeposit ?? null };
  const openWindows = new Set(input.carried?.openWindows ?? []);
  const openDeposits = new Set(input.carried?.openDeposits ?? []); // of openWindows
  const openRounds = new Set(input.carried?.openRounds ?? []);
  let moved = input.carried?.moved ?? { shift: 0, from: 0 }; // by staff, with a reason
  let version = 0;
  let busy = 0;

  const stand = (): void =>
    tellStanding({
      stage, client: clientHandle, accountManager: managerHandle ?? undefined, nextDeadline: deadlineAt,
      details: projectInWords({ ref, stage, openWindows: openWindows.size, waitingForMates: gathering.work !== null || gathering.deposit !== null }),
    });

  const move = (to: ProjectStage, until: number | null): void => {
    stage = to;
    deadlineAt = until;
    since = Date.now();
    moved = unmoved(since);
    version += 1;
    stand();
  };

  const startRound = async (round: NonNullable<ProjectAnswer['round']>): Promise<void> => {
    openRounds.add(round.ref);
    await startOnce(quoteReview, {
      workflowId: `quote-review/${round.ref}`,
      args: [{ projectId, projectRef: ref, roundId: round.id, ref: round.ref, number: round.number, terms, clientHandle, managerHandle: managerHandle ?? '' }],
      staticSummary: round.number === 0 ? `quotes of ${ref}` : `amendment ${round.number} of ${ref}`,
    });
  };

  /** The database has moved: follow it, start what the step opens, let the mails leave. */
  const follow = async (answer: ProjectAnswer, step?: ProjectAction): Promise<void> => {
    managerHandle = answer.managerHandle ?? managerHandle;
    if (step && clockKeepers.includes(step) && patched('owner-changes-keep-the-clock')) stand();
    // Something happened, so the patience with a silent stage starts again.
    else move(answer.stage, answer.deadlineAt);
    outbox.add(answer.mailIds);
    if (step === 'assignManager' && patched('rounds-follow-the-manager')) await tellManager(answer.invoices ?? []);
    if (answer.round) await startRound(answer.round);
    if (step === 'publish') {
      await startOnce(projectAlerts, {
        workflowId: `alerts/${ref}`, args: [{ projectId, ref }], staticSummary: `alerts of ${ref}`,
      });
    }
    if (stage === 'withdrawn' || stage === 'abandoned') await stopRounds(stage);
  };

  /** W3: its rounds and its invoices are found by whose they are now. */
  const tellManager = async (invoices: readonly string[]): Promise<void> => {
    if (!managerHandle) return;
    for (const id of [...[...openRounds].map((round) => `quote-review/${round}`), ...invoices]) {
      await getExternalWorkflowHandle(id).signal(managerChanged, { managerHandle }).catch(() => undefined);
    }
  };

  const stopRounds = async (reason: 'withdrawn' | 'abandoned'): Promise<void> => {
    for (const round of openRounds) await getExternalWorkflowHandle(`quote-review/${round}`).signal(projectStopped, { reason }).catch(() => undefined);
    openRounds.clear();
  };

  for (const step of personSteps) {
    const update = defineUpdate<{ stage: ProjectStage }, [StepInput]>(step);
    const run = async ({ submissionId }: StepInput): Promise<{ stage: ProjectStage }> => {
      await inTurn(async () => follow(await local[step]({ projectId, submissionId, at: Date.now() }), step));
      return { stage };
    };
    setHandler(update, run, { validator: onlyWhen(projectLifecycle, () => stage, step) });
  }

  // S3: the deadline of the stage, later, at once or counted again.
  setHandler(
    defineUpdate<{ stage: ProjectStage }, [StepInput]>('moveDeadline'),
    async ({ submissionId }) => {
      await moveDeadline({ inTurn, alarms, ring }, () => local.moveStageDeadline({ projectId, submissionId, stage, clock: { since, ...moved }, at: Date.now() }), (answer) => {
        ({ deadlineAt } = answer);
        since = answer.clock.since;
        moved = answer.clock;
        version += 1;
        stand();
      });
      return { stage };
    },
    { validator: onlyWhen(projectLifecycle, () => stage, 'moveDeadline') },
  );

  // S2: the reminder of the stage again; no clock starts again because of it.
  setHandler(
    defineUpdate<{ stage: ProjectStage }, [StepInput]>('remindNow'),
    async ({ submissionId }) => {
      await inTurn(async () => outbox.add((await local.remindProjectNow({ projectId, submissionId, stage, since, at: Date.now() })).mailIds));
      return { stage };
    },
    { validator: onlyWhen(projectLifecycle, () => stage, 'remindNow') },
  );

  // C3: of the invited members who have not answered; no clock starts again because of it.
  setHandler(
    defineUpdate<{ stage: ProjectStage }, [StepInput]>('remindInvited'),
    async ({ submissionId }) => {
      await inTurn(async () => outbox.add((await local.remindInvitedNow({ projectId, submissionId, stage, at: Date.now() })).mailIds));
      return { stage };
    },
    { validator: onlyWhen(projectLifecycle, () => stage, 'remindInvited') },
  );

  // M10: an amount entered opens its 48 h window in a workflow of its own.
  setHandler(
    defineUpdate<{ ref: string }, [StepInput]>('enterAmount'),
    async ({ submissionId }) => {
      const invoice = await local.enterAmount({ projectId, submissionId, at: Date.now() });
      if (!openWindows.has(invoice.ref)) {
        openWindows.add(invoice.ref);
        if (invoice.kind === 'deposit') openDeposits.add(invoice.ref);
        await startOnce(memberInvoice, {
          workflowId: `member-invoice/${invoice.ref}`,
          args: [{
            memberInvoiceId: invoice.memberInvoiceId, ref: invoice.ref, projectId, projectRef: ref, terms, windowEndsAt: invoice.windowEndsAt,
            mandate: invoice.mandate, clientHandle, managerHandle: managerHandle ?? '', mailIds: invoice.mailIds,
          }],
          staticSummary: `invoice ${invoice.ref}`,
        });
        stand();
        await tellGathering();
      }
      return { ref: invoice.ref };
    },
    { validator: onlyWhen(projectLifecycle, () => stage, 'enterAmount') },
  );

  const openOf = (kind: 'work' | 'deposit'): number => (kind === 'deposit' ? openDeposits.size : openWindows.size - openDeposits.size);
  const tellGathering = async (): Promise<void> => {
    for (const kind of ['work', 'deposit'] as const) {
      if (gathering[kind]) await getExternalWorkflowHandle(`client-invoice/${gathering[kind]}`).signal(windowsChanged, { open: openOf(kind) }).catch(() => undefined);
    }
  };

  setHandler(roundMoved, (moved) => {
    if (moved.move === 'signed' || moved.move === 'declined' || moved.move === 'expired' || moved.move === 'abandoned') {
      openRounds.delete(moved.round === 0 ? ref : `${ref}-A${moved.round}`);
    }
    if (moved.round === 0 && !isOver(projectLifecycle, stage)) move(stageOfMove[moved.move], moved.nextDeadlineAt);
    else if (moved.round > 0) void checkSettled();
  });

  setHandler(memberInvoiceClosed, async (closed: MemberInvoiceClosed) => {
    openWindows.delete(closed.ref);
    openDeposits.delete(closed.ref);
    if (closed.outcome === 'cancelled' && stage === 'settling') move('running', null);
    const joined = closed.clientInvoice;
    if (joined?.created) {
      const kind = joined.deposit ? 'deposit' : 'work';
      gathering[kind] = joined.ref;
      await startOnce(clientInvoice, {
        workflowId: `client-invoice/${joined.ref}`,
        args: [{
          clientInvoiceId: joined.id, ref: joined.ref, projectId, projectRef: ref, terms, openWindows: openOf(kind), clientHandle, managerHandle: managerHandle ?? '',
        }],
        staticSummary: `client invoice ${joined.ref}`,
      });
    } else {
      await tellGathering();
    }
    for (const kind of ['work', 'deposit'] as const) if (openOf(kind) === 0) gathering[kind] = null;
    if (closed.settling && allows(projectLifecycle, stage, 'everythingInvoiced')) move(after(projectLifecycle, stage, 'everythingInvoiced'), null);
    else stand();
  });

  setHandler(clientInvoiceSettled, checkSettled);

  async function checkSettled(): Promise<void> {
    busy += 1;
    await inTurn(async () => {
      const standing = await local.settleProject({ projectId, at: Date.now() });
      outbox.add(standing.mailIds);
      if (standing.stage !== stage && !isOver(projectLifecycle, stage)) move(standing.stage, null);
    });
    busy -= 1;
  }

  const alarms = (): Alarm[] => alarmsLeft(stageAlarms(stage, terms, since), { since, ...moved });
  const ring = async (alarm: Alarm): Promise<void> => {
    const clock = { projectId, stage, since, shift: moved.shift, times: alarm.times, at: Date.now() };
    if (alarm.kind === 'remind') outbox.add((await local.remindStage(clock)).mailIds);
    else await inTurn(async () => follow(await local.abandonDormant(clock)));
  };

  stand();
  outbox.add(input.mailIds);
  const ended = (): boolean => isOver(projectLifecycle, stage);
  await followAlarms<Alarm>({
    version: () => version,
    over: () => ended() || workflowInfo().continueAsNewSuggested,
    alarms,
    ring,
    summary: (alarm) => (alarm.kind === 'limit' ? `${stage}: abandoned if nobody moves` : `${stage}: reminder ${alarm.times}`),
  });

  await outbox.emptied();
  await condition(() => allHandlersFinished() && busy === 0);
  if (!ended()) {
    await continueAsNew<typeof project>({
      ...input, mailIds: [],
      carried: { moved: { shift: moved.shift, from: moved.from }, stage, since, deadlineAt, managerHandle, openWindows: [...openWindows], openDeposits: [...openDeposits], gathering: gathering.work, gatheringDeposit: gathering.deposit, openRounds: [...openRounds] },
    });
  }
  return { stage };
}
