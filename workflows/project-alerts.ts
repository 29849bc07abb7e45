import { continueAsNew, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { AlertsInput } from './messages.ts';
import { remote } from './proxies.ts';

const batchSize = 100;

/** M7: tells every subscriber of a published project, a batch after another; begins again where it was, however often it is interrupted. */
export async function projectAlerts(input: AlertsInput): Promise<{ sent: number }> {
  let after = input.after ?? null;
  let sent = input.sent ?? 0;
  for (;;) {
    setCurrentDetails(`**${input.ref}** · ${sent} subscribers told so far.`);
    const batch = await remote.queueAlerts.executeWithOptions({ summary: `queue alerts after ${sent}` }, [{ projectId: input.projectId, ref: input.ref, after, size: batchSize, at: Date.now() }]);
    if (batch.mailIds.length > 0) await remote.deliverMails.executeWithOptions({ summary: `send ${batch.mailIds.length} alerts` }, [{ mailIds: batch.mailIds }]);
    after = batch.last;
    sent += batch.mailIds.length;
    if (batch.done) return { sent };
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof projectAlerts>({ ...input, after, sent });
  }
}
