import { allHandlersFinished, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { SepaExportAnswer } from '../activities/sepa-export.ts';
import { exportAlarms, type ExportAlarm } from '../domain/bank/export-schedule.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { sepaExportLifecycle, type SepaExportState } from '../domain/lifecycle/sepa-export.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { exportCompleted, type SepaExportInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';
import { tellInvoices } from './tell-invoices.ts';

const personSteps = ['approveExport', 'takeExport', 'cancelExport'] as const;

const inWords: Record<SepaExportState, string> = {
  prepared: 'Waits for the approval of another person.',
  approved: 'Approved: to be taken to the bank.',
  exported: 'At the bank: waits for the statement.',
  completed: 'The statement shows every transfer.',
  cancelled: 'Cancelled: its payouts are free again.',
};

/** I11: one file of transfers, until the statement shows all of it, or it is cancelled. */
export async function sepaExport({ exportId, ref }: SepaExportInput): Promise<{ state: SepaExportState }> {
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  const telling: Promise<void>[] = [];
  const rung = new Set<string>();
  let state: SepaExportState = sepaExportLifecycle.initial;
  let since = Date.now();
  let version = 0;

  const alarms = (): ExportAlarm[] => exportAlarms(state, since).filter((alarm) => !rung.has(nameOf(alarm)));
  const stand = (): void => tellStanding({ stage: state, nextDeadline: alarms()[0]?.at ?? null, details: `**${ref}** · ${inWords[state]}` });
  const follow = (answer: SepaExportAnswer): void => {
    outbox.add(answer.mailIds);
    telling.push(...tellInvoices(answer.reviewed));
    if (answer.state === state) return;
    state = answer.state;
    since = Date.now();
    version += 1;
    stand();
  };
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: SepaExportState }> => {
      await inTurn(async () => follow(await local[step]({ exportId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(defineUpdate<{ state: SepaExportState }, [StepInput]>(step), run, { validator: onlyWhen(sepaExportLifecycle, () => state, step) });
  }
  setHandler(exportCompleted, () => {
    if (state !== 'exported') return;
    state = 'completed';
    version += 1;
    stand();
  });

  stand();
  await followAlarms<ExportAlarm>({
    version: () => version,
    over: () => isOver(sepaExportLifecycle, state),
    alarms,
    async ring(alarm) {
      rung.add(nameOf(alarm));
      outbox.add((await local.remindExport({ exportId, state: alarm.kind, times: alarm.times, at: Date.now() })).mailIds);
      stand();
    },
    summary: ({ kind, times }) => `file still ${kind}: reminder ${times}`,
  });
  await condition(allHandlersFinished);
  await outbox.emptied();
  await Promise.all(telling);
  return { state };
}

const nameOf = ({ kind, times }: ExportAlarm): string => `${kind}/${times}`;
