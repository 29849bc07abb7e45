// The Temporal worker: runs the workflows and their activities. Start as many as needed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DefaultLogger, type LogMetadata, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { tellFailing } from './activities/failing.ts';
import { createActivities } from './activities/index.ts';
import { openDeps } from './deps.ts';
import { registerSearchAttributes } from './register-search-attributes.ts';
import { onShutdown } from './shutdown.ts';
import { keepInvoicesDrawn, keepRemindersStarted, keepTrailSealed, keepUpWithPeople } from './upkeep.ts';
import { workflowBundle } from './workflow-bundle.ts';

const deps = openDeps('worker');
const { config, log } = deps;
const stopping = new AbortController();
const working: { worker?: Worker } = {};
let running: Promise<void> = Promise.resolve();

// Signals are ours to handle, and the SDK's lines go where the others go.
Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('INFO', ({ level, message, meta }) => write(level, message, meta)) });

onShutdown(log, async () => {
  stopping.abort();
  if (working.worker?.getState() === 'RUNNING') working.worker.shutdown();
  await running.catch(() => undefined);
  await Promise.all([upkeep, sealing, reminders, drawing]);
  await deps.close();
});

const upkeep = keepUpWithPeople(
  { db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl: config.publicUrl, mailFrom: config.mailFrom, smtpUrl: config.smtpUrl, taskQueue: config.taskQueue },
  log,
  stopping.signal,
);

const sealing = keepTrailSealed(deps.db, log, stopping.signal);
const drawing = keepInvoicesDrawn(deps.db, log, stopping.signal);
const reminders = keepRemindersStarted({ db: deps.db, temporal: deps.temporal, taskQueue: config.taskQueue }, log, stopping.signal);

const code = await readFile(await workflowBundle(join(config.dataDir, 'bundles')), 'utf8');
const connection = await connect();
await registerSearchAttributes(deps.connection, config.temporalNamespace).catch((cause: unknown) =>
  // Some clusters leave this to their operators.
  log.warn({ err: cause }, 'could not register the search attributes; see domain/search-attributes.ts for what must be there'),
);
working.worker = await Worker.create({
  connection,
  namespace: config.temporalNamespace,
  taskQueue: config.taskQueue,
  workflowBundle: { code },
  activities: createActivities({
    db: deps.db,
    secret: deps.secret,
    publicUrl: config.publicUrl,
    mailFrom: config.mailFrom,
    smtpUrl: config.smtpUrl,
  }),
  interceptors: { activity: [tellFailing(deps.db)] },
  shutdownGraceTime: '8s',
});
running = working.worker.run();
log.info({ taskQueue: config.taskQueue, temporal: config.temporalAddress }, 'working');
process.send?.('ready');
await running;

/** Temporal may be away when we start: we keep asking. */
async function connect(): Promise<NativeConnection> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await NativeConnection.connect({
        address: config.temporalAddress,
        ...(config.temporalApiKey ? { tls: true, apiKey: config.temporalApiKey } : {}),
      });
    } catch (cause) {
      log.warn({ err: cause, retryInMs: wait }, 'Temporal does not answer');
      await pause(wait, undefined, { signal: stopping.signal });
    }
  }
}

function write(level: string, message: string, meta: LogMetadata | undefined): void {
  const { error, ...rest } = meta ?? {};
  const line = { ...(rest as object), ...(error === undefined ? {} : { err: error as unknown }) };
  const to = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  log[to[level as keyof typeof to] ?? 'info'](line, message);
}
