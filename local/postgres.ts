import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Leashed, onLeash } from './leash.ts';
import { stopLeftover } from './leftover.ts';
import { type Account, canEnter, openTemporaryFolder, postgresPrograms, unprivileged } from './postgres-binaries.ts';

export interface EmbeddedPostgres {
  /** Address of a database of this server. */
  url(database: string): string;
  createDatabase(database: string, template?: string): Promise<void>;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const user = 'off_works';

/**
 * Starts a PostgreSQL of our own on the loopback address, its data in `folder` (made on the first start; see `postgresFolder`).
 * `settings` are `name=value` pairs of postgresql.conf.
 * @throws Error when it does not come up, with the end of its log.
 */
export async function startPostgres(options: { folder: string; port: number; logFile: string; settings?: readonly string[] }): Promise<EmbeddedPostgres> {
  const account = unprivileged();
  const programs = await postgresPrograms(account);
  const cluster = join(options.folder, 'cluster');
  if (!existsSync(cluster)) await initialise(programs.initdb, account, options.folder, cluster);

  // Loopback only, and a socket in the server's own folder, where two servers cannot trip over each other's: it costs both sides a third less than TCP.
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${socketFits(options.folder) ? options.folder : ''}`, ...(options.settings ?? [])];
  const command = [programs.postgres, '-D', cluster, '-p', String(options.port), ...settings.flatMap((setting) => ['-c', setting])];
  // INT is its "fast" stop: sessions are cut, everything committed is kept.
  const server = onLeash(command, { signal: 'INT', logFile: options.logFile, ...account });

  const password = await passwordOf(options.folder);
  const url = (database: string) => addressOf(options.folder, options.port, password, database);
  await untilItAnswers(() => url('postgres'), server, options.logFile);
  return {
    url,
    createDatabase: (database, template) =>
      withClient(url('postgres'), async (client) => {
        const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
        if (known.rowCount) return;
        await client.query(`CREATE DATABASE "${database}"${template ? ` TEMPLATE "${template}"` : ''}`);
      }),
    ended: server.ended,
    stop: () => server.stop(),
  };
}

/** Address of a database of the embedded server of a folder. @throws Error when it was never started there */
export async function postgresUrl(folder: string, port: number, database: string): Promise<string> {
  return addressOf(folder, port, await passwordOf(folder), database);
}

const passwordOf = async (folder: string): Promise<string> => (await readFile(join(folder, 'password'), 'utf8')).trim();

/** By its socket where it has one, written as libpq reads it; over loopback otherwise. */
function addressOf(folder: string, port: number, password: string, database: string): string {
  const tcp = `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  return existsSync(socketOf(folder, port)) ? `${tcp}?host=${encodeURIComponent(folder)}` : tcp;
}

const socketOf = (folder: string, port: number): string => join(folder, `.s.PGSQL.${port}`);

/** Systems bound the path of a socket: 107 bytes on Linux, 103 on macOS. Commas and quotes mean something else in the setting. */
function socketFits(folder: string): boolean {
  return process.platform !== 'win32' && !/[,"]/.test(folder) && Buffer.byteLength(socketOf(folder, 65_535)) <= 103;
}

/** Where the embedded database of a data folder lives: inside it, unless the account PostgreSQL runs under cannot go there. */
export function postgresFolder(dataDir: string): string {
  const inside = join(resolve(dataDir), 'postgres');
  const account = unprivileged();
  if (canEnter(account, resolve(dataDir))) return inside;
  return join(openTemporaryFolder(account), `off-works-${createHash('sha256').update(inside).digest('hex').slice(0, 12)}`);
}

/** Stops the server of this folder when a killed start left it running. */
export async function stopLeftoverPostgres(folder: string): Promise<boolean> {
  return stopLeftover(join(folder, 'cluster', 'postmaster.pid'), join(folder, 'cluster'), 'SIGINT');
}

async function initialise(initdb: string, account: Account, folder: string, cluster: string): Promise<void> {
  const making = join(folder, 'making');
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(folder, 'password');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined) await Promise.all([folder, making, passwordFile].map((path) => chown(path, account.uid!, account.gid!)));
  // Names sort as French readers expect: É among the E.
  const flags = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr', '--auth=scram-sha-256', '--no-sync'];
  const command = ['-D', making, `--username=${user}`, `--pwfile=${passwordFile}`, ...flags];
  await new Promise<void>((done, fail) => {
    const child = spawn(initdb, command, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`PostgreSQL could not make its database files (${code}): ${said}`))));
  });
  // An interrupted first start leaves only "making" behind, which the next one replaces.
  await rename(making, cluster);
}

async function untilItAnswers(url: () => string, server: Leashed, logFile: string): Promise<void> {
  let ended = false;
  void server.ended.then(() => (ended = true));
  for (;;) {
    if (ended) throw new Error(`PostgreSQL did not start:\n${(await readFile(logFile, 'utf8')).slice(-2000)}`);
    try {
      return await withClient(url(), () => Promise.resolve());
    } catch {
      await pause(50);
    }
  }
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
