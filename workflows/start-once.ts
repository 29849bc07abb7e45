import { ParentClosePolicy, startChild, WorkflowIdReusePolicy, type ChildWorkflowOptions, type Workflow, type WithWorkflowArgs } from '@temporalio/workflow';

/** Starts a workflow that outlives this run, unless it was started before: its id says it is the same one (W4). */
export async function startOnce<W extends Workflow>(workflow: W, options: WithWorkflowArgs<W, ChildWorkflowOptions>): Promise<void> {
  try {
    await startChild(workflow, {
      ...options,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    } as WithWorkflowArgs<W, ChildWorkflowOptions>);
  } catch (cause) {
    if ((cause as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw cause;
  }
}
