import { createServer } from 'node:http';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../database/migrate.ts';
import { freePort } from '../../local/ports.ts';
import { openTemporaryFolder, unprivileged } from '../../local/postgres-binaries.ts';
import { startPostgres } from '../../local/postgres.ts';
import { startTemporal } from '../../local/temporal.ts';
import { temporalProgram } from '../../local/temporal-program.ts';
import { workflowBundle } from '../../workflow-bundle.ts';
import { mustangProgram } from './mustang-program.ts';
import { timeSkippingProgram } from './time-skipping-program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    services: string;
  }
}

const bundles = fileURLToPath(new URL('../../node_modules/.cache/off-works', import.meta.url));

/**
 * What test files share, started when the first of them asks and stopped at the end of the run: tests that need nothing wait for nothing.
 * Test files ask over HTTP because each runs in a process of its own; see database.ts and temporal.ts beside this file.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(openTemporaryFolder(unprivileged()), 'off-works-test-'));
  await chmod(folder, 0o755);
  const stops: (() => Promise<void>)[] = [];
  const say = (line: string): void => console.log(`[tests] ${line}`);

  const postgres = onDemand(async () => {
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
    const server = await startPostgres({ folder: join(folder, 'postgres'), port: await freePort(), logFile: join(folder, 'postgres.log'), settings });
    stops.push(() => server.stop());
    await server.createDatabase('template_off_works');
    await migrate(server.url('template_off_works'));
    return server;
  });
  let databases = 0;
  const services: Record<string, () => Promise<string>> = {
    '/database': async () => {
      const server = await postgres();
      const name = `test_${++databases}`;
      await server.createDatabase(name, 'template_off_works');
      return server.url(name);
    },
    '/temporal': onDemand(async () => {
      const server = await startTemporal({
        program: await temporalProgram(say),
        port: await freePort(),
        uiPort: null,
        dbFile: null,
        namespace: 'default',
        logFile: join(folder, 'temporal.log'),
      });
      stops.push(() => server.stop());
      return server.address;
    }),
    '/time-skipping-program': onDemand(() => timeSkippingProgram(say)),
    '/mustang-program': onDemand(() => mustangProgram(say)),
    '/workflow-bundle': onDemand(() => workflowBundle(bundles)),
  };

  const desk = createServer((request, response) => {
    const service = services[request.url ?? ''];
    const answer = service ? service() : Promise.reject(new Error(`no service ${request.url}`));
    answer.then(
      (text) => response.end(text),
      (cause: unknown) => response.writeHead(500).end(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)),
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => desk.listen(port, '127.0.0.1', resolve));
  project.provide('services', `http://127.0.0.1:${port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await Promise.all(stops.map((stop) => stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

/** Does it once, at the first call; everyone gets that answer. */
function onDemand<Answer>(start: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => (answer ??= start());
}
