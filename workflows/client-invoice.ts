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
import { clientInvoiceSettled, invoiceCorrected, managerChanged, payoutsReviewed, windowsChanged, type ClientInvoiceInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['declareTransfer', 'dispute', 'settleDispute', 'recordPayment', 'chaseNow', 'pauseDunning', 'resumeDunning', 'sendPayout'] as const;

interface InvoiceAlarm { readonly at: number; readonly kind: 'dun' | 'payouts' | 'legal'; readonly times: number; readonly tone?: DunningAlarm['tone']; readonly memberInvoiceId?: string; readonly since?: number }

const inWords: Record<ClientInvoiceState, string> = {
  gathering: 'Waits for the team mates’ windows.',
  issued: 'Issued: the client is to pay.',
  part_paid: 'Paid in part.',
  paid: 'Paid: payouts are to send.',
  written_off: 'What is left was given up: what members are owed is to send.',
  settled: 'Paid, and everybody paid out.',
  cancelled: 'Cancelled by credit notes.',
};

/** I3 to I8, I12: gathers the team's amounts, is issued once, chased, paid, and pays out; corrections are told by signal, and may begin it again. */
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
  let held: (DunningAlarm & { readonly since: number }) | null = null; // fell during a pause, leaves after it
  let version = 0;
  let wave = 0; // I12: how often it has become due again
  const rung = new Set<string>(); // a payment counts the alarms again: those heard already stay silent

  let { managerHandle } = input;
  let standsUntil: number | null = null;

  const stand = (nextDeadline: number | null): void => {
    standsUntil = nextDeadline;
    tellStanding({ stage: state, client: input.clientHandle, accountManager: managerHandle, nextDeadline, details: `**${ref}** · ${inWords[state]}` });
  };
  const follow = (answer: ClientInvoiceAnswer): void => {
    outbox.add(answer.mailIds);
    if (answer.payoutsToSend > payoutsToSend) payoutsSince = Date.now();
    if (answer.heldDunning && answer.heldDunning.at !== held?.at) {
      held = { ...answer.heldDunning, since: Date.now() };
      version += 1;
    }
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
    if (!reviewed.settled || state === 'settled') return;
    state = 'settled';
    version += 1;
    stand(null);
  });
  setHandler(invoiceCorrected, (corrected) => {
    if (corrected.payoutsToSend > payoutsToSend) payoutsSince = Date.now();
    if (corrected.wave !== wave) ({ dunning, wave } = corrected);
    ({ state, dueAt, payoutsToSend } = corrected);
    version += 1;
    stand(isChased(state) ? dueAt : null);
  });
  setHandler(managerChanged, (now) => {
    ({ managerHandle } = now);
    stand(standsUntil);
  });
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: ClientInvoiceState }> => {
      await inTurn(async () => follow(await local[step]({ clientInvoiceId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(defineUpdate<{ state: ClientInvoiceState }, [StepInput]>(step), run, { validator: onlyWhen(clientInvoiceLifecycle, () => state, step) });
  }

  const issue = async (): Promise<void> => {
    if (open > 0) {
      const limit = afterDelay(new Date(), terms.teamWaitLimit).getTime();
      stand(limit);
      await condition(() => open === 0, limit - Date.now(), { summary: 'waits for the team mates’ windows, at most' });
    }
    const issued = await local.issueClientInvoice({ clientInvoiceId, times: 1, at: Date.now() });
    dunning = issued.dunning ?? [];
    legalDue = issued.legalDue ?? [];
    follow(issued);
  };
  if (input.resumed) {
    ({ state, dueAt, payoutsToSend, dunning, legalDue, wave } = input.resumed);
    payoutsSince = Date.now();
    stand(isChased(state) ? dueAt : null);
  } else await issue();

  const alarms = (): InvoiceAlarm[] => {
    const chased = isChased(state) ? dunning.map(({ at, level, tone }): InvoiceAlarm => ({ at, kind: 'dun', times: level, tone })) : [];
    const after = held && isChased(state) ? [{ at: held.at, kind: 'dun', times: held.level, tone: held.tone, since: held.since } satisfies InvoiceAlarm] : [];
    const payouts = payoutsToSend === 0 ? [] : terms.payoutReminders.map((delay, index): InvoiceAlarm => ({ at: afterDelay(new Date(payoutsSince), delay).getTime(), kind: 'payouts', times: index + 1 }));
    const legal = legalDue.map((one): InvoiceAlarm => ({ ...one, kind: 'legal' }));
    return [...chased, ...after, ...payouts, ...legal].filter((alarm) => !rung.has(nameOf(alarm, payoutsSince, wave))).sort((a, b) => a.at - b.at);
  };
  await followAlarms<InvoiceAlarm>({
    version: () => version,
    over: () => isOver(clientInvoiceLifecycle, state),
    alarms,
    async ring(alarm) {
      rung.add(nameOf(alarm, payoutsSince, wave));
      const clock = { clientInvoiceId, times: alarm.times, at: Date.now() };
      // A reminder moves nothing: only its mails are followed, for a repeated one answers as things stood when it was first given.
      if (alarm.kind === 'payouts') outbox.add((await local.remindPayouts({ ...clock, since: payoutsSince })).mailIds);
      else if (alarm.kind === 'legal') outbox.add((await local.warnLegalDue({ ...clock, memberInvoiceId: alarm.memberInvoiceId ?? '' })).mailIds);
      else if (alarm.tone) outbox.add((await local.dun({ ...clock, tone: alarm.tone, ...(wave > 0 ? { wave } : {}), ...(alarm.since === undefined ? {} : { since: alarm.since }) })).mailIds);
    },
    summary: inShort,
  });
  if (!input.resumed?.projectOver) await getExternalWorkflowHandle(`project/${input.projectRef}`).signal(clientInvoiceSettled, { ref }).catch(() => undefined);
  await outbox.emptied();
  await condition(allHandlersFinished);
  return { state };
}

/** Payouts are reminded of by wave: each payment begins one. */
const nameOf = ({ kind, times, memberInvoiceId, since }: InvoiceAlarm, payoutsSince: number, wave: number): string =>
  kind === 'payouts' ? `payouts/${payoutsSince}/${times}` : kind === 'legal' ? `legal/${memberInvoiceId}/${times}` : since === undefined ? `dun/${wave}/${times}` : `dun/${wave}/${times}/${since}`;

function inShort({ kind, times, tone }: InvoiceAlarm): string {
  if (kind === 'legal') return `what the law grants a member falls due soon: warning ${times}`;
  return kind === 'dun' ? `dunning ${times}: ${tone}` : `payouts to send: reminder ${times}`;
}
