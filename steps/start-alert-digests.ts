import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import { digestRhythms, latestDigest, type Digest } from '../domain/alerts.ts';
import type { StartDeps } from './start-project.ts';

/** M7: starts the digests whose hour has come, each once, whichever of our workers comes first. `now` in ms. Returns how many this call started. */
export async function startDueDigests(deps: StartDeps, now: number): Promise<number> {
  let started = 0;
  for (const digest of digestRhythms.map((rhythm) => latestDigest(rhythm, now))) {
    const key = `alert-digest/${digest.rhythm}/${digest.day}`;
    if ((await deps.db.appliedStep.count({ where: { key } })) > 0) continue;
    if (await start(deps, key, digest)) started += 1;
    await deps.db.appliedStep.createMany({ data: { key, result: {} }, skipDuplicates: true });
  }
  return started;
}

/** True when the workflow was started by this call. */
async function start({ temporal, taskQueue }: StartDeps, workflowId: string, digest: Digest): Promise<boolean> {
  try {
    await temporal.workflow.start('alertDigest', {
      workflowId, taskQueue, workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE, workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      staticSummary: `${digest.rhythm} digest of ${digest.day}`, args: [{ digest }],
    });
    return true;
  } catch (cause) {
    if (cause instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw cause;
  }
}
