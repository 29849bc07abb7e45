import { allHandlersFinished, condition, defineUpdate, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import type { StepInput } from '../steps/step.ts';
import { exportCompleted, type BankLineInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { refuse } from './refuse.ts';
import { tellCorrected } from './tell-corrected.ts';
import { tellInvoices } from './tell-invoices.ts';

/** How long a line waits for whoever is confirming it; it may be opened again as often as needed. */
const patience = '1h';

/** I11: one line of a statement, from the moment somebody confirms it: its payouts are paid, or have come back, and whoever waits for that is told. */
export async function bankLine({ bankLineId }: BankLineInput): Promise<{ state: 'confirmed' | 'waiting' }> {
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const telling: Promise<void>[] = [];
  let state: 'confirmed' | 'waiting' = 'waiting';
  const confirm = async ({ submissionId }: StepInput): Promise<{ state: string }> => {
    await inTurn(async () => {
      const answer = await local.confirmLine({ bankLineId, submissionId, at: Date.now() });
      state = 'confirmed';
      outbox.add(answer.mailIds);
      telling.push(...tellInvoices(answer.reviewed), ...(answer.corrected ?? []).map(tellCorrected));
      for (const ref of answer.completedExports) telling.push(getExternalWorkflowHandle(`sepa-export/${ref}`).signal(exportCompleted).catch(() => undefined));
    });
    return { state };
  };
  const validator = (_input: StepInput): void => {
    if (state === 'confirmed') refuse('line_settled', 'the line is confirmed');
  };
  setHandler(defineUpdate<{ state: string }, [StepInput]>('confirmLine'), confirm, { validator });
  await condition(() => state === 'confirmed', patience);
  await condition(allHandlersFinished);
  await outbox.emptied();
  await Promise.all(telling);
  return { state };
}
