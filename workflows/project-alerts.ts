import { continueAsNew, patched, workflowInfo } from '@temporalio/workflow';
import type { AlertBatch } from '../activities/alerts.ts';
import type { AlertPace, AlertsInput } from './messages.ts';
import { remote } from './proxies.ts';
import { standingTeller } from './standing.ts';

/** Two activities a batch: a run stays far under Temporal's limits, and a killed worker repeats one batch at most. */
const usualPace: AlertPace = { batch: 500, batchesPerRun: 25 };

/** M7: tells every subscriber of a published project, a batch after another, the next being written while one leaves; begins again where it was, however often it is interrupted. */
export async function projectAlerts(input: AlertsInput): Promise<{ sent: number }> {
  const { projectId, ref } = input;
  const pace = input.pace ?? usualPace;
  const tellStanding = standingTeller();
  const overlaps = patched('next-batch-while-one-leaves');
  const silence = pace.silence ? { heartbeatTimeout: pace.silence } : {};
  let sent = input.sent ?? 0;
  const queue = (after: string | null): Promise<AlertBatch> => remote.queueAlerts.executeWithOptions({ summary: `queue alerts after ${sent}`, ...silence }, [{ projectId, ref, after, size: pace.batch, at: Date.now() }]);
  const deliver = async ({ mailIds }: AlertBatch): Promise<void> => {
    if (mailIds.length > 0) await remote.deliverMails.executeWithOptions({ summary: `send ${mailIds.length} alerts`, ...silence }, [{ mailIds }]);
  };
  let batch = await queue(input.after ?? null);
  for (let batches = 1; ; batches += 1) {
    sent += batch.mailIds.length;
    tellStanding({
      stage: batch.done ? 'told' : 'telling', client: batch.clientHandle, accountManager: batch.managerHandle ?? undefined,
      details: `**${ref}** · ${batch.done ? `${sent} subscribers told.` : `${sent} subscribers told so far.`}`,
    });
    const anew = !batch.done && (batches >= pace.batchesPerRun || workflowInfo().continueAsNewSuggested);
    if (batch.done || anew) {
      await deliver(batch);
      if (batch.done) return { sent };
      await continueAsNew<typeof projectAlerts>({ ...input, after: batch.last, sent });
    } else if (overlaps) {
      [batch] = await Promise.all([queue(batch.last), deliver(batch)]);
    } else {
      await deliver(batch);
      batch = await queue(batch.last);
    }
  }
}
