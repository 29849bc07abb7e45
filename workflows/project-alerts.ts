import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { AlertsInput } from './messages.ts';
import { remote } from './proxies.ts';
import { standingTeller } from './standing.ts';

/** Two activities a batch: a run stays far under Temporal's limits, and a killed worker repeats one batch at most. */
const usualPace = { batch: 100, batchesPerRun: 50 };

/** M7: tells every subscriber of a published project, a batch after another; begins again where it was, however often it is interrupted. */
export async function projectAlerts(input: AlertsInput): Promise<{ sent: number }> {
  const { projectId, ref } = input;
  const pace = input.pace ?? usualPace;
  const tellStanding = standingTeller();
  let after = input.after ?? null;
  let sent = input.sent ?? 0;
  for (let batches = 1; ; batches += 1) {
    const batch = await remote.queueAlerts.executeWithOptions({ summary: `queue alerts after ${sent}` }, [{ projectId, ref, after, size: pace.batch, at: Date.now() }]);
    sent += batch.mailIds.length;
    after = batch.last;
    tellStanding({
      stage: batch.done ? 'told' : 'telling', client: batch.clientHandle, accountManager: batch.managerHandle ?? undefined,
      details: `**${ref}** · ${batch.done ? `${sent} subscribers told.` : `${sent} subscribers told so far.`}`,
    });
    if (batch.mailIds.length > 0) await remote.deliverMails.executeWithOptions({ summary: `send ${batch.mailIds.length} alerts` }, [{ mailIds: batch.mailIds }]);
    if (batch.done) return { sent };
    if (batches >= pace.batchesPerRun || workflowInfo().continueAsNewSuggested) await continueAsNew<typeof projectAlerts>({ ...input, after, sent });
  }
}
