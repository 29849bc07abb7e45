import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../database/migrate.ts';
import { openDatabase, type Db } from '../database/open.ts';
import { compiledMail, compileWording } from '../mail/compile.ts';
import { renderCompiled } from '../mail/render.ts';
import { builtInWording } from '../mail/wording.ts';
import { fullSample } from '../templates/mail/samples.ts';
import { workflowBundle } from '../workflow-bundle.ts';
import { ask, startChild } from './child.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

interface Published { readonly perSecond: number; readonly barePerSecond: number; readonly twice: number; readonly mails: number; readonly smallBytes: number; readonly largeBytes: number }

/**
 * M7: a project published to `many` subscribers, by a real worker, to a mail server that keeps nothing; before it, the same to `few`, for its memory. A bare loop renders the same
 * template and sends through the same pool, in a process of the same kind, before and after.
 */
export async function measurePublishing(stack: BenchStack, say: (line: string) => void, { few, many, loop }: { few: number; many: number; loop: number }): Promise<Published> {
  say(`Publishing to ${many.toLocaleString('en')} subscribers …`);
  await stack.deps.db.$executeRawUnsafe('CREATE DATABASE publishing');
  const url = stack.databaseUrl.replace(/\/bench(?=$|\?)/, '/publishing');
  await migrate(url);
  const db = openDatabase({ url, poolSize: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'off-works-publishing-'));
  const bundle = await workflowBundle(folder);
  const sink = await startChild('./mail-sink.ts');
  const smtpUrl = `smtp://127.0.0.1:${sink.first.port as number}`;
  const bare = await startChild('./publishing-process.ts', 'loop', '', smtpUrl);
  const worker = await startChild('./publishing-process.ts', 'worker', url, smtpUrl, stack.temporalAddress, bundle);
  try {
    await fill(db, few, many);
    const before = await looped(bare.child, loop);
    const publish = (theme: string): Promise<number> => published(stack, db, theme);
    await publish('few'); // warm
    await ask(worker.child, {});
    await publish('few-again');
    const small = await ask(worker.child, {});
    await ask(sink.child, {});
    const perSecond = many / await publish('many');
    const large = await ask(worker.child, {});
    const { mails, twice } = await ask(sink.child, {});
    const after = await looped(bare.child, loop);
    say(`  ${JSON.stringify({ perSecond, before, after, mails, twice, small, large })}`);
    return { perSecond, barePerSecond: (before + after) / 2, mails: mails as number, twice: twice as number, smallBytes: small.rss as number, largeBytes: large.rss as number };
  } finally {
    for (const { child } of [sink, bare, worker]) child.disconnect();
    await db.$disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A mail of the largest kind, rendered, and its MJML compiled each time. Medians in ms. */
export async function measureRendering(): Promise<{ renderMs: number; compileMs: number }> {
  const { data, common } = fullSample('project_alert', 'fr');
  const mail = { data, common, linkUrl: (id: string) => `http://localhost:3000/l/${id}`, consoleUrl: (path: string) => path };
  const wording = builtInWording('project_alert', 'fr');
  const compiled = await compiledMail('project_alert', 'fr', null);
  const times = { render: [] as number[], compile: [] as number[] };
  for (let turn = 0; turn < 60; turn += 1) {
    const compile = await timed(async () => void renderCompiled(await compileWording('project_alert', 'fr', wording), mail));
    const render = await timed(() => {
      for (let times_ = 0; times_ < 50; times_ += 1) renderCompiled(compiled, mail);
    }) / 50;
    if (turn < 10) continue;
    times.compile.push(compile);
    times.render.push(render);
  }
  return { renderMs: median(times.render), compileMs: median(times.compile) };
}

async function timed(act: () => unknown): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Starts the alerts of the project of a theme and waits for the last. Seconds. */
async function published(stack: BenchStack, db: Db, theme: string): Promise<number> {
  const { id, ref } = await db.project.findFirstOrThrow({ where: { themes: { some: { theme: { slug: theme } } } } });
  const seconds = await timed(async () => {
    const handle = await stack.deps.temporal.workflow.start('projectAlerts', { taskQueue: 'publishing', workflowId: `alerts/${ref}`, args: [{ projectId: id, ref }] });
    await handle.result();
  }) / 1_000;
  const unsent = await db.mail.count({ where: { projectId: id, state: { not: 'sent' } } });
  if (unsent > 0) throw new Error(`${unsent} alerts of ${ref} have not left`);
  return seconds;
}

async function fill(db: Db, few: number, many: number): Promise<void> {
  const run = (sql: string) => db.$executeRawUnsafe(sql);
  await run(`INSERT INTO "Member" ("id", "handle", "email", "name", "state") SELECT 'm' || lpad(n::text, 7, '0'), 'm' || n, 'm' || n || '@bench.test', 'Membre ' || n, 'active' FROM generate_series(1, ${many}) n`);
  await run(`INSERT INTO "Staff" ("id", "handle", "email", "name", "role", "passwordHash") VALUES ('s', 'nadia', 'nadia@off-works.test', 'Nadia Ferrand', 'account_manager', '-')`);
  await run(`INSERT INTO "Company" ("id", "handle", "name") VALUES ('c', 'c', 'Maison Banc')`);
  await run(`INSERT INTO "ClientUser" ("id", "companyId", "email", "name") VALUES ('u', 'c', 'u@bench.test', 'U')`);
  for (const [index, [theme, members]] of [['few', few], ['few-again', few], ['many', many]].entries() as IterableIterator<[number, [string, number]]>) {
    await run(`INSERT INTO "Theme" ("id", "slug", "nameFr", "nameEn") VALUES ('${theme}', '${theme}', 'Identité visuelle', 'Identity')`);
    await run(`INSERT INTO "MemberTheme" ("memberId", "themeId") SELECT 'm' || lpad(n::text, 7, '0'), '${theme}' FROM generate_series(1, ${members}) n`);
    await run(`INSERT INTO "Project" ("id", "ref", "title", "problem", "budgetCents", "stage", "companyId", "ownerId", "accountManagerId", "terms", "feeRateBp", "feeBasis", "updatedAt", "publishedAt")
      VALUES ('p${index}', 'BENCH-${index}', 'Refonte du site', 'Le site ne dit plus qui nous sommes.', 1200000, 'published', 'c', 'u', 's', '{}', 1700, 'of_final_amount', now(), now())`);
    await run(`INSERT INTO "ProjectTheme" ("projectId", "themeId") VALUES ('p${index}', '${theme}')`);
  }
  await run('ANALYZE');
}

const looped = async (child: ChildProcess, loop: number): Promise<number> => (await ask(child, { loop })).perSecond as number;
