import { allHandlersFinished, condition, defineUpdate, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { MemberInvoiceAnswer } from '../activities/member-invoice.ts';
import { afterDelay } from '../domain/calendar.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { memberInvoiceLifecycle, type MemberInvoiceState } from '../domain/lifecycle/member-invoice.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { managerChanged, memberInvoiceClosed, type MemberInvoiceInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['reportAnomaly', 'resolveAnomaly', 'approvePreview', 'cancelInvoice'] as const;

interface WindowAlarm { readonly at: number; readonly kind: 'close' | 'approval' | 'anomaly'; readonly times: number }

const inWords: Record<MemberInvoiceState, string> = {
  preview: 'The member reads the preview: 48 h to report an anomaly.',
  anomaly: 'An anomaly stops the clock until staff resolve it.',
  final: 'Final.',
  cancelled: 'Cancelled.',
};

/** I2: preview, 48 h, anomaly and its resolution, then final. Without a mandate the member must approve, and time only reminds. */
export async function memberInvoice(input: MemberInvoiceInput): Promise<{ state: MemberInvoiceState }> {
  const { memberInvoiceId, ref, terms, mandate } = input;
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  let state: MemberInvoiceState = memberInvoiceLifecycle.initial;
  let windowEndsAt = input.windowEndsAt;
  let { managerHandle } = input;
  let since = Date.now();
  let previewVersion = 1;
  let version = 0;
  let last: MemberInvoiceAnswer | null = null;

  const stand = (): void =>
    tellStanding({ stage: state, client: input.clientHandle, accountManager: managerHandle, nextDeadline: state === 'preview' ? windowEndsAt : null, details: `**${ref}** · ${inWords[state]}` });
  const follow = (answer: MemberInvoiceAnswer): void => {
    outbox.add(answer.mailIds);
    if (answer.state === state) return;
    if (answer.state === 'preview') previewVersion += 1;
    state = answer.state;
    windowEndsAt = answer.windowEndsAt;
    since = Date.now();
    version += 1;
    last = answer;
    if (!isOver(memberInvoiceLifecycle, state)) stand();
  };
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: MemberInvoiceState }> => {
      await inTurn(async () => follow(await local[step]({ memberInvoiceId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(defineUpdate<{ state: MemberInvoiceState }, [StepInput]>(step), run, { validator: onlyWhen(memberInvoiceLifecycle, () => state, step) });
  }
  setHandler(managerChanged, (now) => {
    ({ managerHandle } = now);
    if (!isOver(memberInvoiceLifecycle, state)) stand();
  });
  // S3: later or given anew, never sooner.
  setHandler(
    defineUpdate<{ state: MemberInvoiceState }, [StepInput]>('moveDeadline'),
    async ({ submissionId }) => {
      await inTurn(async () => {
        ({ windowEndsAt } = await local.moveWindow({ memberInvoiceId, submissionId, windowEndsAt, at: Date.now() }));
        version += 1;
        stand();
      });
      return { state };
    },
    { validator: onlyWhen(memberInvoiceLifecycle, () => state, 'moveDeadline') },
  );
  const alarms = (): WindowAlarm[] => {
    const remind = (kind: 'approval' | 'anomaly', delays: typeof terms.anomalyReminders): WindowAlarm[] =>
      delays.map((delay, index) => ({ at: afterDelay(new Date(since), delay).getTime(), kind, times: index + 1 }));
    if (state === 'anomaly') return remind('anomaly', terms.anomalyReminders);
    return mandate ? [{ at: windowEndsAt, kind: 'close', times: 1 }] : remind('approval', terms.approvalReminders);
  };

  stand();
  outbox.add(input.mailIds);
  await followAlarms<WindowAlarm>({
    version: () => version,
    over: () => isOver(memberInvoiceLifecycle, state),
    alarms,
    async ring(alarm) {
      const { kind, times } = alarm;
      const rungFor = previewVersion;
      await inTurn(async () => {
        const clock = { memberInvoiceId, previewVersion: rungFor, times, at: Date.now() };
        if (kind === 'close') follow(await local.closeWindow(clock));
        else if (kind === 'anomaly') follow(await local.remindAnomaly(clock));
        else follow(await local.remindApproval(clock));
      });
    },
    summary: (alarm) => (alarm.kind === 'close' ? 'the window to report an anomaly' : `reminder ${alarm.times}: ${alarm.kind}`),
  });
  const closing = last as MemberInvoiceAnswer | null;
  await getExternalWorkflowHandle(`project/${input.projectRef}`)
    .signal(memberInvoiceClosed, { ref, outcome: state === 'final' ? 'final' : 'cancelled', clientInvoice: closing?.clientInvoice ?? null, settling: closing?.settling ?? false })
    .catch(() => undefined);
  await outbox.emptied();
  await condition(allHandlersFinished);
  return { state };
}
