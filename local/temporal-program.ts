import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';

/** Programs that are fetched or built once and used by every clone on this machine. */
export const programCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'off-works');

const version = 'v1.5.1';
const source = `github.com/temporalio/cli/cmd/temporal@${version}`;

/**
 * Path of the `temporal` program: on the PATH, in our cache, downloaded by the SDK, or else built from its source, which takes minutes once.
 * `say` hears what is going on.
 * @throws Error that says what to install when none of these works.
 */
export async function temporalProgram(say: (line: string) => void): Promise<string> {
  const onPath = spawnSync('sh', ['-c', 'command -v temporal'], { encoding: 'utf8' }).stdout.trim();
  if (onPath) return onPath;
  const cached = join(programCache, 'bin', 'temporal');
  if (existsSync(cached)) return cached;
  return (await downloaded(say)) ?? (await built(cached, say));
}

async function downloaded(say: (line: string) => void): Promise<string | null> {
  const downloadDir = join(programCache, 'download');
  await mkdir(downloadDir, { recursive: true });
  const kept = async () => (await readdir(downloadDir)).find((name) => name.startsWith('temporal-sdk-typescript') && !name.endsWith('.downloading'));
  if (!(await kept())) {
    say('Fetching the Temporal server (once, about 100 MB) …');
    try {
      // The SDK knows where its server is and checks what it fetches; it only fetches by starting it.
      const environment = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } });
      await environment.teardown();
    } catch {
      say('The download did not work.');
    }
  }
  const name = await kept();
  return name ? join(downloadDir, name) : null;
}

async function built(to: string, say: (line: string) => void): Promise<string> {
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error(
      'The Temporal server is missing and could not be fetched. Either install the Temporal CLI (https://docs.temporal.io/cli#install), ' +
        'or install Go (https://go.dev/dl) and start again so that it is built here, or set TEMPORAL_ADDRESS to a server of yours.',
    );
  }
  say('Building the Temporal server from its source with Go: once, about 5 minutes …');
  const making = `${to}.making.${process.pid}`;
  await mkdir(making, { recursive: true });
  const child = spawn('go', ['install', '-v', '-ldflags', '-s -w', source], { env: { ...process.env, GOBIN: making }, stdio: ['ignore', 'ignore', 'pipe'] });
  const started = Date.now();
  let packages = 0;
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    packages += chunk.toString().split('\n').length - 1;
    said = (said + chunk.toString()).slice(-2000);
  });
  const clock = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s, ${packages} packages compiled`), 15_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve)).finally(() => clearInterval(clock));
  try {
    if (code !== 0) throw new Error(`Building the Temporal server failed:\n${said}\nSet TEMPORAL_ADDRESS to a server of yours, or install the Temporal CLI.`);
    await rename(join(making, 'temporal'), to);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  say(`The Temporal server is built and kept in ${to}.`);
  return to;
}
