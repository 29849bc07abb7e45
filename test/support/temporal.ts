import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { afterAll } from 'vitest';
import { indexedValueTypes } from '../../register-search-attributes.ts';
import { ask } from './ask.ts';
import { releaseLostLocks } from './release-lost-locks.ts';

Runtime.install({ logger: new DefaultLogger(process.env.WORKER_LOG === 'WARN' ? 'WARN' : 'ERROR') });

/** The queue every workflow of ours is started on. */
export const taskQueue = 'off-works';

/** What `runWorker` needs: both kinds of server below have it. */
export interface Served {
  readonly client: Client;
  readonly nativeConnection: NativeConnection;
}

/**
 * A time-skipping server of this test file's own: skipping is global to a server, so files must not share one, and the tests of a file
 * run one after another. Time stands still unless `env.sleep('30h')` is awaited or a workflow's result is.
 * Call it at the top of the file.
 */
export async function timeSkippingEnv(): Promise<TestWorkflowEnvironment> {
  const env = await openTimeSkipping();
  afterAll(() => env.teardown());
  return env;
}

/** A time-skipping server that whoever opens it takes down: for tests that each need one of their own. */
export async function openTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await ask('time-skipping-program');
  const env = await startedAtLast(() => TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }));
  releaseLostLocks(env);
  // This server can add search attributes but not list them.
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: indexedValueTypes });
  return env;
}

/** The library gives the program five seconds to answer, which a busy machine may not: it is then started anew, so many times. */
async function startedAtLast(start: () => Promise<TestWorkflowEnvironment>, times = 5): Promise<TestWorkflowEnvironment> {
  return start().catch((problem: unknown) => {
    if (times <= 1 || !/did not start within/.test(String(problem))) throw problem;
    return startedAtLast(start, times - 1);
  });
}

/**
 * The development server that all test files of a run share, for what the time-skipping one cannot do (its visibility, its UI's data).
 * Take a namespace-wide view with care: use ids and a task queue of your own. Call it at the top of the file.
 */
export async function devTemporal(): Promise<Served & { address: string; connection: Connection }> {
  const address = await ask('temporal');
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  afterAll(async () => {
    await connection.close();
    await nativeConnection.close();
  });
  return { address, connection, nativeConnection, client: new Client({ connection }) };
}

/**
 * Runs a worker with the real workflows (bundled once per change of their code) until the end of the file, or until `stop()` is awaited.
 * Call it at the top of the file, after `timeSkippingEnv()` or `devTemporal()`, so that it stops before they do.
 */
export async function runWorker(
  env: Served,
  activities: object,
  options: Partial<WorkerOptions> = {},
): Promise<{ worker: Worker; stop: () => Promise<void> }> {
  const started = await startWorker(env, activities, options);
  afterAll(started.stop);
  return started;
}

/** The same, stopped by whoever starts it. */
export async function startWorker(env: Served, activities: object, options: Partial<WorkerOptions> = {}): Promise<{ worker: Worker; stop: () => Promise<void> }> {
  const code = await readFile(await ask('workflow-bundle'), 'utf8');
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: 'default',
    taskQueue,
    workflowBundle: { code },
    activities,
    shutdownGraceTime: '2s',
    ...options,
  });
  const running = worker.run();
  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= (async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    })());
  // A worker that breaks fails the file at its end; until then nobody awaits it.
  running.catch(() => undefined);
  return { worker, stop };
}
