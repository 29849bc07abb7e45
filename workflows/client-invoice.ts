import { allHandlersFinished, condition, defineUpdate, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { ClientInvoiceAnswer } from '../activities/client-invoice.ts';
import { afterDelay } from '../domain/calendar.ts';
import { isChased } from '../domain/dunning-letter.ts';
import type { DunningAlarm } from '../domain/dunning-schedule.ts';
import type { LegalDueAlarm } from '../domain/legal-due.ts';
import { clientInvoiceLifecycle, type ClientInvoiceState } from '../domain/lifecycle/client-invoice.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { clientInvoiceSettled, payoutsReviewed, windowsChanged, type ClientInvoiceInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['declareTransfer', 'recordPayment', 'pauseDunning', 'resumeDunning', 'sendPayout'] as const;

interface InvoiceAlarm { readonly at: number; readonly kind: 'dun' | 'payouts' | 'legal'; readonly times: number; readonly tone?: DunningAlarm['tone']; readonly memberInvoiceId?: string }

const inWords: Record<ClientInvoiceState, string> = {
  gathering: 'Waits for the team mates’ windows.',
  issued: 'Issued: the client is to pay.',
  part_paid: 'Paid in part.',
  paid: 'Paid: payouts are to send.',
  settled: 'Paid, and everybody paid out.',
};

/** I3 to I8: gathers the team's amounts, is issued once, chased, paid, and pays out. */
export async function clientInvoice(input: ClientInvoiceInput): Promise<{ state: ClientInvoiceState }> {
  const { clientInvoiceId, ref, terms } = input;
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  let state: ClientInvoiceState = clientInvoiceLifecycle.initial;
  let open = input.openWindows;
  let dueAt: number | null = null;
  let payoutsSince = 0;
  let payoutsToSend = 0;
  let dunning: readonly DunningAlarm[] = [];
  let legalDue: readonly LegalDueAlarm[] = []; // none for an invoice issued before they were counted
  let version = 0;
  const rung = new Set<string>(); // a payment counts the alarms again: those heard already stay silent

  const stand = (nextDeadline: number | null): void =>
    tellStanding({ stage: state, client: input.clientHandle, accountManager: input.managerHandle, nextDeadline, details: `**${ref}** · ${inWords[state]}` });
  const follow = (answer: ClientInvoiceAnswer): void => {
    outbox.add(answer.mailIds);
    if (answer.payoutsToSend > payoutsToSend) payoutsSince = Date.now();
    if (answer.state === state && answer.payoutsToSend === payoutsToSend) return;
    ({ state, dueAt, payoutsToSend } = answer);
    version += 1;
    stand(state === 'issued' || state === 'part_paid' ? dueAt : null);
  };

  setHandler(windowsChanged, (changed) => {
    open = changed.open;
  });
  setHandler(payoutsReviewed, (reviewed) => {
    if (reviewed.payoutsToSend > payoutsToSend) payoutsSince = Date.now();
    if (reviewed.payoutsToSend !== payoutsToSend) version += 1;
    ({ payoutsToSend } = reviewed);
  });
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: ClientInvoiceState }> => {
      await inTurn(async () => follow(await local[step]({ clientInvoiceId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(defineUpdate<{ state: ClientInvoiceState }, [StepInput]>(step), run, { validator: onlyWhen(clientInvoiceLifecycle, () => state, step) });
  }

  if (open > 0) {
    const limit = afterDelay(new Date(), terms.teamWaitLimit).getTime();
    stand(limit);
    await condition(() => open === 0, limit - Date.now(), { summary: 'waits for the team mates’ windows, at most' });
  }
  const issued = await local.issueClientInvoice({ clientInvoiceId, times: 1, at: Date.now() });
  dunning = issued.dunning ?? [];
  legalDue = issued.legalDue ?? [];
  follow(issued);

  const alarms = (): InvoiceAlarm[] => {
    const chased = isChased(state) ? dunning.map(({ at, level, tone }): InvoiceAlarm => ({ at, kind: 'dun', times: level, tone })) : [];
    const payouts = payoutsToSend === 0 ? [] : terms.payoutReminders.map((delay, index): InvoiceAlarm => ({ at: afterDelay(new Date(payoutsSince), delay).getTime(), kind: 'payouts', times: index + 1 }));
    const legal = legalDue.map((one): InvoiceAlarm => ({ ...one, kind: 'legal' }));
    return [...chased, ...payouts, ...legal].filter((alarm) => !rung.has(nameOf(alarm, payoutsSince))).sort((a, b) => a.at - b.at);
  };
  await followAlarms<InvoiceAlarm>({
    version: () => version,
    over: () => isOver(clientInvoiceLifecycle, state),
    alarms,
    async ring(alarm) {
      rung.add(nameOf(alarm, payoutsSince));
      const clock = { clientInvoiceId, times: alarm.times, at: Date.now() };
      // A reminder moves nothing: only its mails are followed, for a repeated one answers as things stood when it was first given.
      if (alarm.kind === 'payouts') outbox.add((await local.remindPayouts({ ...clock, since: payoutsSince })).mailIds);
      else if (alarm.kind === 'legal') outbox.add((await local.warnLegalDue({ ...clock, memberInvoiceId: alarm.memberInvoiceId ?? '' })).mailIds);
      else if (alarm.tone) outbox.add((await local.dun({ ...clock, tone: alarm.tone })).mailIds);
    },
    summary: inShort,
  });
  await getExternalWorkflowHandle(`project/${input.projectRef}`).signal(clientInvoiceSettled, { ref }).catch(() => undefined);
  await outbox.emptied();
  await condition(allHandlersFinished);
  return { state };
}

/** Payouts are reminded of by wave: each payment begins one. */
const nameOf = ({ kind, times, memberInvoiceId }: InvoiceAlarm, payoutsSince: number): string =>
  kind === 'payouts' ? `payouts/${payoutsSince}/${times}` : kind === 'legal' ? `legal/${memberInvoiceId}/${times}` : `dun/${times}`;

function inShort({ kind, times, tone }: InvoiceAlarm): string {
  if (kind === 'legal') return `what the law grants a member falls due soon: warning ${times}`;
  return kind === 'dun' ? `dunning ${times}: ${tone}` : `payouts to send: reminder ${times}`;
}
