import {
  allHandlersFinished, condition, continueAsNew, defineUpdate, getExternalWorkflowHandle, setHandler, workflowInfo,
} from '@temporalio/workflow';
import type { RoundAnswer } from '../activities/quote/round-step.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle, type QuoteRoundAction, type QuoteRoundState } from '../domain/lifecycle/quote-round.ts';
import { alarmsLeft, unmoved } from '../domain/deadline-move.ts';
import { roundAlarms, roundDeadline, type RoundAlarm } from '../domain/round-schedule.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { managerChanged, projectStopped, roundMoved, type QuoteReviewInput } from './messages.ts';
import { moveDeadline } from './moved-deadline.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['submitQuote', 'sendBackQuote', 'sendClientQuote', 'reopenQuote', 'askQuoteChange', 'declineQuote', 'signQuote'] as const;

const inWords: Record<QuoteRoundState, string> = {
  collecting: 'Waiting for the members to quote.',
  validating: 'Staff check the quotes and build the global one: 24 h promised.',
  sent: 'The client reads the global quote: sign, ask for a change or decline.',
  signed: 'Signed.',
  declined: 'Declined by the client.',
  expired: 'Expired without an answer.',
  abandoned: 'Abandoned with its project.',
};

/** One round of quotes, from the members' to the client's answer (Q4, Q7, Q9): its clocks, reminders and escalations. */
export async function quoteReview(input: QuoteReviewInput): Promise<{ state: QuoteRoundState }> {
  const { terms, roundId } = input;
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  const start = Date.now();
  let state: QuoteRoundState = input.carried?.state ?? 'collecting';
  let since = input.carried?.since ?? start;
  let deadlineAt = input.carried ? input.carried.deadlineAt : roundDeadline(state, terms, since);
  let validForMs = input.carried?.validForMs ?? null; // of the quote sent, when it is not the one of the terms
  let { managerHandle } = input;
  let moved = input.carried?.moved ?? { shift: 0, from: 0 }; // by staff, with a reason
  let version = 0;
  let telling = 0;

  const stand = (): void =>
    tellStanding({
      stage: state, client: input.clientHandle, accountManager: managerHandle, nextDeadline: deadlineAt,
      details: `**${input.ref}** · ${inWords[state]}`,
    });

  /** The database has moved: follow it, let the mails leave, and tell the project before anybody is answered. */
  const follow = async (answer: RoundAnswer): Promise<void> => {
    outbox.add(answer.mailIds);
    if (answer.state === state && answer.since === since) return;
    ({ state, since, deadlineAt, validForMs = null } = answer);
    moved = unmoved(since);
    version += 1;
    stand();
    if (!answer.move) return;
    telling += 1;
    const project = getExternalWorkflowHandle(`project/${input.projectRef}`);
    await project.signal(roundMoved, { round: input.number, move: answer.move, nextDeadlineAt: deadlineAt }).catch(() => undefined);
    telling -= 1;
  };

  for (const step of personSteps) {
    const update = defineUpdate<{ state: QuoteRoundState }, [StepInput]>(step);
    const run = async ({ submissionId }: StepInput): Promise<{ state: QuoteRoundState }> => {
      await inTurn(async () => follow(await local[step]({ roundId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(update, run, { validator: onlyWhen(quoteRoundLifecycle, () => state, step as QuoteRoundAction) });
  }

  // S3: the deadline of the state, later, at once or counted again.
  setHandler(
    defineUpdate<{ state: QuoteRoundState }, [StepInput]>('moveDeadline'),
    async ({ submissionId }) => {
      await moveDeadline({ inTurn, alarms, ring }, () => local.moveRoundDeadline({ roundId, submissionId, state, clock: { since, ...moved }, validForMs, at: Date.now() }), (answer) => {
        ({ deadlineAt } = answer);
        since = answer.clock.since;
        moved = answer.clock;
        version += 1;
        stand();
      });
      return { state };
    },
    { validator: onlyWhen(quoteRoundLifecycle, () => state, 'moveDeadline') },
  );

  // S2: the reminder of the state again; no clock starts again because of it.
  setHandler(
    defineUpdate<{ state: QuoteRoundState }, [StepInput]>('remindNow'),
    async ({ submissionId }) => {
      await inTurn(async () => outbox.add((await local.remindRoundNow({ roundId, submissionId, state, at: Date.now() })).mailIds));
      return { state };
    },
    { validator: onlyWhen(quoteRoundLifecycle, () => state, 'remindNow') },
  );

  setHandler(managerChanged, (now) => {
    ({ managerHandle } = now);
    stand();
  });

  setHandler(projectStopped, () =>
    inTurn(async () => {
      const { mailIds } = await local.stopRound({ roundId, at: Date.now() });
      outbox.add(mailIds);
      state = 'abandoned';
      deadlineAt = null;
      version += 1;
      stand();
    }),
  );

  const alarms = (): RoundAlarm[] => alarmsLeft(roundAlarms(state, terms, since, validForMs), { since, ...moved });
  const ring = async (alarm: RoundAlarm): Promise<void> => {
    const rung = { roundId, state, since, shift: moved.shift, times: alarm.times };
    await inTurn(async () => {
      const clock = { ...rung, at: Date.now() };
      if (alarm.kind === 'remind') await follow(await local.remindRound(clock));
      else if (alarm.kind === 'escalate') await follow(await local.escalateRound(clock));
      else if (rung.state === 'sent') await follow(await local.expireQuote(clock));
      else await follow(await local.abandonDormantRound(clock));
    });
  };

  stand();
  const ended = (): boolean => isOver(quoteRoundLifecycle, state);
  await followAlarms<RoundAlarm>({
    version: () => version,
    over: () => ended() || workflowInfo().continueAsNewSuggested,
    alarms,
    ring,
    summary: (alarm) => `${state}: ${alarm.kind} ${alarm.times}`,
  });

  await outbox.emptied();
  await condition(() => allHandlersFinished() && telling === 0);
  if (!ended()) await continueAsNew<typeof quoteReview>({ ...input, managerHandle, carried: { state, since, deadlineAt, validForMs, moved: { shift: moved.shift, from: moved.from } } });
  return { state };
}
