import { ParentClosePolicy, startChild, WorkflowIdReusePolicy, type Workflow } from '@temporalio/workflow';

/** Starts a workflow that outlives this run, unless it was started before: its id says it is the same one (W4). */
export async function startOnce<W extends Workflow>(
  workflow: W,
  options: { workflowId: string; staticSummary: string; args: Parameters<W> },
): Promise<void> {
  try {
    await startChild<Workflow>(workflow, {
      ...options,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (cause) {
    if ((cause as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw cause;
  }
}
