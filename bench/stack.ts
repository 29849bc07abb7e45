import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { freePort } from '../local/ports.ts';
import { openTemporaryFolder, unprivileged } from '../local/postgres-binaries.ts';
import { startPostgres } from '../local/postgres.ts';
import { startTemporal } from '../local/temporal.ts';
import { temporalProgram } from '../local/temporal-program.ts';
import { registerSearchAttributes } from '../register-search-attributes.ts';
import { workflowBundle } from '../workflow-bundle.ts';
import { bareActivities } from './bare-activities.ts';
import { startChild } from './child.ts';

export interface BenchStack {
  readonly deps: ActivityDeps & { temporal: Client; taskQueue: string };
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  stop(): Promise<void>;
}

/** A stack of its own for one run: the same servers for what is measured and for its baseline. */
export async function startBenchStack(say: (line: string) => void): Promise<BenchStack> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const folder = await mkdtemp(join(openTemporaryFolder(unprivileged()), 'off-works-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), port: await freePort(), logFile: join(folder, 'postgres.log'), settings: ['max_connections=200'] });
  await postgres.createDatabase('bench');
  const databaseUrl = postgres.url('bench');
  await migrate(databaseUrl);
  const temporal = await startTemporal({
    program: await temporalProgram(say), port: await freePort(), uiPort: null, dbFile: null, namespace: 'default', logFile: join(folder, 'temporal.log'),
  });
  // In a process of its own, as a mail server is: what is measured does not answer its own mails.
  const sink = await startChild('./mail-sink.ts');

  const db = openDatabase({ url: databaseUrl, poolSize: 20, prepares: true });
  const connection = await Connection.connect({ address: temporal.address });
  const nativeConnection = await NativeConnection.connect({ address: temporal.address });
  await registerSearchAttributes(connection, 'default');
  const deps = {
    db, secret: 'bench'.repeat(8), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>',
    smtpUrl: `smtp://127.0.0.1:${sink.first.port as number}`, temporal: new Client({ connection }), taskQueue: 'off-works',
  };
  const real = await Worker.create({
    connection: nativeConnection, taskQueue: 'off-works', activities: createActivities(deps),
    workflowBundle: { code: await readFile(await workflowBundle(join(folder, 'bundles')), 'utf8') },
  });
  const bare = await Worker.create({
    connection: nativeConnection, taskQueue: 'bare', activities: bareActivities(db),
    workflowBundle: await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./bare-workflows.ts', import.meta.url)), logger: new DefaultLogger('WARN') }),
  });
  const running = [real.run(), bare.run()];
  return {
    deps, databaseUrl, temporalAddress: temporal.address,
    async stop() {
      real.shutdown();
      bare.shutdown();
      await Promise.allSettled(running);
      await Promise.allSettled([connection.close(), nativeConnection.close(), db.$disconnect()]);
      sink.child.disconnect();
      await temporal.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
