import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { AlertDigestInput } from './messages.ts';
import { remote } from './proxies.ts';
import { standingTeller } from './standing.ts';

/** Two activities a batch: a run stays far under Temporal's limits, and a killed worker repeats one batch at most. */
const usualPace = { batch: 100, batchesPerRun: 50 };

/** M7: the digest of a day or of a week, to everybody who chose that rhythm, a batch after another; begins again where it was, however often it is interrupted. */
export async function alertDigest(input: AlertDigestInput): Promise<{ sent: number }> {
  const { digest } = input;
  const pace = input.pace ?? usualPace;
  const tellStanding = standingTeller();
  let after = input.after ?? null;
  let sent = input.sent ?? 0;
  for (let batches = 1; ; batches += 1) {
    const batch = await remote.queueDigests.executeWithOptions({ summary: `queue digests after ${sent}` }, [{ digest, after, size: pace.batch, at: Date.now() }]);
    sent += batch.mailIds.length;
    after = batch.last;
    tellStanding({ stage: batch.done ? 'told' : 'telling', details: `**${digest.rhythm} digest of ${digest.day}** · ${sent} members told${batch.done ? '.' : ' so far.'}` });
    if (batch.mailIds.length > 0) await remote.deliverMails.executeWithOptions({ summary: `send ${batch.mailIds.length} digests` }, [{ mailIds: batch.mailIds }]);
    if (batch.done) return { sent };
    if (batches >= pace.batchesPerRun || workflowInfo().continueAsNewSuggested) await continueAsNew<typeof alertDigest>({ ...input, after, sent });
  }
}
