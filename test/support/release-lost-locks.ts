import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

type History = temporal.api.history.v1.IHistory;
type Execution = temporal.api.common.v1.IWorkflowExecution;

const patience = 1_500; // ms: a skip takes far less; a busy machine may take more, and then nothing is found to release

/**
 * `env.sleep`, which goes on when the server has lost count. The time-skipping server holds time when a child workflow ends, until its parent has
 * been told; a parent that has ended is never told, and time then passes as on the wall (its `processCompleteWorkflowExecution` swallows NOT_FOUND).
 * Our children report by signal and may well end after the project does. Each lock lost so is given back once.
 */
export function releaseLostLocks(env: TestWorkflowEnvironment): void {
  const sleep = env.sleep.bind(env);
  const released = new Set<string>();
  env.sleep = async (duration) => {
    let looking: Promise<void> | undefined;
    const watch = setInterval(() => {
      looking ??= release(env, released).catch(() => undefined).finally(() => { looking = undefined; });
    }, patience);
    await sleep(duration).finally(() => clearInterval(watch));
    await looking;
  };
}

async function release(env: TestWorkflowEnvironment, released: Set<string>): Promise<void> {
  const ended = await endedOnes(env);
  const closed = new Set(ended.map(({ runId }) => runId));
  for (const execution of ended) {
    if (!execution.runId || released.has(execution.runId)) continue;
    const started = (await historyOf(env, execution)).events?.[0]?.workflowExecutionStartedEventAttributes;
    const parent = started?.parentWorkflowExecution;
    if (!parent || !closed.has(parent.runId) || heardOf(await historyOf(env, parent), execution)) continue;
    released.add(execution.runId);
    await env.connection.testService?.unlockTimeSkipping({});
  }
}

async function endedOnes(env: TestWorkflowEnvironment): Promise<Execution[]> {
  const request = { namespace: 'default', maximumPageSize: 1_000, startTimeFilter: {} };
  const { executions }: temporal.api.workflowservice.v1.IListClosedWorkflowExecutionsResponse = await env.connection.workflowService.listClosedWorkflowExecutions(request);
  return (executions ?? []).flatMap(({ execution }) => execution ?? []);
}

async function historyOf(env: TestWorkflowEnvironment, { workflowId, runId }: Execution): Promise<History> {
  return env.client.workflow.getHandle(workflowId ?? '', runId ?? undefined).fetchHistory();
}

const heardOf = (history: History, child: Execution): boolean =>
  (history.events ?? []).some(
    ({ childWorkflowExecutionCompletedEventAttributes: completed, childWorkflowExecutionFailedEventAttributes: failed, childWorkflowExecutionCanceledEventAttributes: canceled }) =>
      (completed ?? failed ?? canceled)?.workflowExecution?.runId === child.runId,
  );
