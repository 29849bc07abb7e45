import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureBundle } from '../admin/ensure-bundle.ts';
import { passwordHash } from '../admin/sign-in.ts';
import { freePort } from '../local/ports.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 5;
const root = fileURLToPath(new URL('..', import.meta.url));
/** What the compiled server reads beside its code. */
const read = ['locales', 'templates', 'prisma', 'web/public', 'admin/components', 'admin/generated', 'dist/console', 'package.json'];
const person = { email: 'first-page@off-works.test', password: 'a bench needs no secret' };

/** S2: from the start of a process to the home page in somebody's hands who is signed in, the whole server compiled, against an empty AdminJS started the same way. Medians in ms. */
export async function measureFirstPage(stack: BenchStack, say: (line: string) => void): Promise<{ consoleMs: number; emptyMs: number }> {
  await ensureBundle(say);
  say('Compiling the server …');
  const folder = await mkdtemp(join(tmpdir(), 'off-works-compiled-'));
  try {
    await compile(folder);
    await stack.deps.db.staff.create({ data: { handle: 'first-page', email: person.email, name: 'Bench', role: 'administrator', passwordHash: await passwordHash(person.password) } });
    const variables = {
      DATA_DIR: join(folder, 'data'), DATABASE_URL: stack.databaseUrl, TEMPORAL_ADDRESS: stack.temporalAddress, SMTP_URL: stack.deps.smtpUrl, SECRET: stack.deps.secret, LOG_LEVEL: 'error', NODE_ENV: 'production',
    };
    const cookie = await signedIn(folder, variables);
    say('From the start of a process to its first page …');
    const times = { console: [] as number[], empty: [] as number[] };
    for (let turn = 0; turn < turns; turn += 1) {
      times.empty.push(await firstPage(folder, 'bench/empty-admin.js', {}, ''));
      times.console.push(await firstPage(folder, 'server.js', variables, cookie));
    }
    return { consoleMs: median(times.console), emptyMs: median(times.empty) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compile(folder: string): Promise<void> {
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
    extends: join(root, 'tsconfig.json'), files: [join(root, 'server.ts'), join(root, 'bench/empty-admin.ts')],
    compilerOptions: { noEmit: false, outDir: folder, rootDir: root, typeRoots: [join(root, 'node_modules/@types')] },
  }));
  await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  await Promise.all(read.map((path) => cp(join(root, path), join(folder, path), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** A session outlives the process that opened it: it stands in PostgreSQL. */
async function signedIn(folder: string, variables: Record<string, string>): Promise<string> {
  let cookie = '';
  await firstPage(folder, 'server.js', variables, '', async (base) => {
    const answer = await fetch(`${base}/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(person) });
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    if (answer.headers.get('location') !== '/console') throw new Error(`sign-in: ${answer.status}`);
  });
  return cookie;
}

/** ms from the start of the process to the whole of the page; `then` may ask it for more before it is ended. */
async function firstPage(folder: string, program: string, variables: Record<string, string>, cookie: string, then?: (base: string) => Promise<void>): Promise<number> {
  const port = String(await freePort());
  const base = `http://127.0.0.1:${port}/console`;
  const began = performance.now();
  const child = spawn(process.execPath, [join(folder, program)], { cwd: folder, env: { PATH: process.env.PATH, PORT: port, ...variables }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const over = new Promise<void>((done) => child.once('close', () => done()));
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${said.slice(-2_000)}`);
      const answer = await fetch(base, { headers: { cookie } }).catch(() => null);
      if (answer === null) {
        await wait(5);
        continue;
      }
      const page = await answer.text();
      const took = performance.now() - began;
      if (answer.status !== 200) throw new Error(`${program}: ${answer.status} ${page.slice(0, 500)}`);
      if (!then && !page.includes('REDUX_STATE')) throw new Error(`${program} answered another page`);
      await then?.(base);
      return took;
    }
  } finally {
    child.kill();
    await over;
  }
}
