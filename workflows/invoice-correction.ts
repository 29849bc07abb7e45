import { allHandlersFinished, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { StepInput } from '../steps/step.ts';
import { tellCorrected } from './tell-corrected.ts';
import type { InvoiceCorrectionInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { refuse } from './refuse.ts';

const personSteps = ['creditInvoice', 'cancelClientInvoice', 'writeOff', 'reviveDebt', 'takeBackPayment', 'useClientCredit', 'refundClient', 'recordRecovery'] as const;

/** How long one that was refused waits to be corrected; it may be opened again as often as needed. */
const patience = '1h';

/** I12: one correction of an issued invoice; whoever waits for it is told, and an invoice that is due again is followed again. */
export async function invoiceCorrection({ clientInvoiceId }: InvoiceCorrectionInput): Promise<{ done: string | null }> {
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const telling: Promise<void>[] = [];
  let done: string | null = null;
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: string }> => {
      let state = '';
      await inTurn(async () => {
        const answer = await local[step]({ clientInvoiceId, submissionId, at: Date.now() });
        outbox.add(answer.mailIds);
        telling.push(...answer.corrected.map(tellCorrected));
        ({ state } = answer);
        done = step;
      });
      return { state };
    };
    const validator = (_input: StepInput): void => {
      if (done) refuse('already_applied', `${done} is done`);
    };
    setHandler(defineUpdate<{ state: string }, [StepInput]>(step), run, { validator });
  }
  await condition(() => done !== null, patience);
  await condition(allHandlersFinished);
  await outbox.emptied();
  await Promise.all(telling);
  return { done };
}
