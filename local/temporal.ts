import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../domain/search-attributes.ts';
import { type Leashed, onLeash } from './leash.ts';

export interface LocalTemporal extends Leashed {
  readonly address: string;
}

/**
 * Starts Temporal's development server on the loopback address and waits until it takes work.
 * Its state is kept in `dbFile` (null: in memory), its UI served on `uiPort` (null: none).
 * @throws Error when it does not come up, with the end of its log.
 */
export async function startTemporal(options: {
  program: string;
  port: number;
  uiPort: number | null;
  dbFile: string | null;
  namespace: string;
  logFile: string;
  pidFile?: string;
}): Promise<LocalTemporal> {
  const server = onLeash(
    [
      options.program, 'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port), '--log-level', 'warn',
      ...(options.uiPort === null ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
      ...(options.dbFile === null ? [] : ['--db-filename', options.dbFile]),
      ...(options.namespace === 'default' ? [] : ['--namespace', options.namespace]),
      ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ],
    { signal: 'TERM', logFile: options.logFile, pidFile: options.pidFile },
  );
  const address = `127.0.0.1:${options.port}`;
  let ended = false;
  void server.ended.then(() => (ended = true));
  while (!(await takesWork(address, options.namespace))) {
    if (ended) throw new Error(`The Temporal server did not start:\n${(await readFile(options.logFile, 'utf8')).slice(-2000)}`);
    await pause(100);
  }
  return { ...server, address };
}

async function takesWork(address: string, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      return Object.keys(searchAttributes).every((name) => name in (customAttributes ?? {}));
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
