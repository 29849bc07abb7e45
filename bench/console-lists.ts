import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { passwordHash } from '../admin/sign-in.ts';
import { consoleRouter } from '../admin/router.ts';
import { createApp } from '../app.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase, type Db } from '../database/open.ts';
import type { Deps } from '../deps.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 40;
const warmUp = 10;
const pages: Record<ConsolePageMeasured, (at: Landmarks) => string> = {
  'first list page': () => '/resources/Project/actions/list?lang=fr',
  'filtered list': (at: Landmarks) => `/resources/Project/actions/list?lang=fr&stage=casting&accountManager=${at.manager}&title=${at.word}`,
  'a record': (at: Landmarks) => `/resources/ClientInvoice/records/${at.invoice}/show?lang=fr`,
  'home page': () => '/dashboard?lang=fr',
};
export type ConsolePageMeasured = 'first list page' | 'filtered list' | 'a record' | 'home page';
interface Landmarks { readonly manager: string; readonly invoice: string; readonly word: string }

/** S2: the same pages of the console on a small database and on a large one, over HTTP. Medians in ms. */
export async function measureConsoleLists(stack: BenchStack, say: (line: string) => void, sizes: { small: number; large: number }): Promise<Record<ConsolePageMeasured, { smallMs: number; largeMs: number }>> {
  const small = await opened(stack, 'lists_small', sizes.small, say);
  const large = await opened(stack, 'lists_large', sizes.large, say);
  const result = {} as Record<ConsolePageMeasured, { smallMs: number; largeMs: number }>;
  for (const what of Object.keys(pages) as ConsolePageMeasured[]) {
    const times = { small: [] as number[], large: [] as number[] };
    // In turn, so that whatever else the machine does weighs on both alike.
    for (let turn = 0; turn < turns + warmUp; turn += 1) {
      const [one, other] = [await small.ask(what), await large.ask(what)];
      if (turn < warmUp) continue;
      times.small.push(one);
      times.large.push(other);
    }
    result[what] = { smallMs: median(times.small), largeMs: median(times.large) };
  }
  await small.close();
  await large.close();
  return result;
}

/** A console of its own on a database of this size. `ask` gives what one page took, in ms. */
async function opened(stack: BenchStack, name: string, projects: number, say: (line: string) => void): Promise<{ ask(page: ConsolePageMeasured): Promise<number>; close(): Promise<void> }> {
  say(`The console on ${projects.toLocaleString('en')} projects and ${(projects / 5).toLocaleString('en')} invoices …`);
  await stack.deps.db.$executeRawUnsafe(`CREATE DATABASE ${name}`);
  const databaseUrl = stack.databaseUrl.replace(/\/bench(?=$|\?)/, `/${name}`);
  await migrate(databaseUrl);
  const db = openDatabase({ url: databaseUrl, poolSize: 10 });
  const at = await fill(db, projects);
  const config = {
    dataDir: '', databaseUrl, databasePool: 10, temporalAddress: stack.temporalAddress, temporalNamespace: 'default', temporalApiKey: null, temporalUiUrl: null, taskQueue: stack.deps.taskQueue,
    smtpUrl: stack.deps.smtpUrl, mailFrom: stack.deps.mailFrom, mailboxUrl: null, port: 0, publicUrl: stack.deps.publicUrl, trustProxy: 0, sessionHours: 12, logLevel: 'silent',
  };
  const web: Deps = { config, db, temporal: stack.deps.temporal, log: pino({ level: 'silent' }), secret: stack.deps.secret };
  const server = createServer(createApp(web, { console: await consoleRouter(web) }));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/console`;
  const signIn = await fetch(`${base}/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: 'lists@off-works.test', password: 'a bench needs no secret' }) });
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return {
    ask: async (page) => {
      const began = performance.now();
      const answer = await fetch(`${base}/api${pages[page](at)}`, { headers: { cookie }, redirect: 'manual' });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`);
      return performance.now() - began;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await db.$disconnect();
    },
  };
}

/** Projects spread over stages, clients, managers and three years; one client invoice in five projects. What waits grows no faster than a team's work. */
async function fill(db: Db, projects: number): Promise<Landmarks> {
  const companies = Math.max(20, Math.round(projects / 50));
  await db.staff.create({ data: { id: 'staff-0', handle: 'bench-0', email: 'lists@off-works.test', name: 'Bench', role: 'administrator', passwordHash: await passwordHash('a bench needs no secret') } });
  await filled(db, ['Staff', 'Company', 'ClientUser', 'Project', 'ClientInvoice'], [
    `INSERT INTO "Staff" (id, handle, email, name, role, "passwordHash") SELECT 'staff-' || n, 'bench-' || n, n || '@staff.test', 'Manager ' || n, 'account_manager', '-' FROM generate_series(1, 20) n`,
    `INSERT INTO "Company" (id, handle, name) SELECT 'company-' || n, 'c' || n, 'Maison ' || n FROM generate_series(0, ${companies - 1}) n`,
    `INSERT INTO "ClientUser" (id, "companyId", email, name) SELECT id, id, handle || '@clients.test', 'Claire ' || handle FROM "Company"`,
    // Twenty briefs wait whatever the size; one project in twenty is in casting, the rest is done.
    `INSERT INTO "Project" (id, ref, title, problem, stage, "companyId", "ownerId", "accountManagerId", terms, "feeRateBp", "feeBasis", "budgetCents", "nextDeadlineAt", "createdAt", "updatedAt")
      SELECT 'project-' || n, '26-' || n, 'Refonte ' || md5(n::text), 'Le site', CASE WHEN n <= 20 THEN 'brief_review' WHEN n % 20 = 0 THEN 'casting' ELSE 'closed' END, 'company-' || n % ${companies}, 'company-' || n % ${companies}, 'staff-' || (n % 20 + 1), '{}', 1700, 'of_final_amount',
        n % 5000 * 1000, CASE WHEN n % 20 <= 1 THEN now() + n * interval '1 minute' END, now() - n * interval '95 seconds', now()
      FROM generate_series(1, ${projects}) n`,
    `INSERT INTO "ClientInvoice" (id, ref, number, "projectId", state, "totalCents", "paidCents", "issuedAt", "dueAt", "createdAt")
      SELECT 'invoice-' || n, '26-' || n || '-C1', 'FA-26-' || n, 'project-' || n, CASE WHEN n <= 100 THEN 'issued' ELSE 'settled' END, 120000, 0, now() - n * interval '95 seconds', now() - n * interval '95 seconds' + interval '30 days', now() - n * interval '95 seconds'
      FROM generate_series(3, ${projects}, 5) n`,
  ]);
  const invoice = await db.clientInvoice.findFirstOrThrow({ select: { id: true }, orderBy: { createdAt: 'desc' } });
  const project = await db.project.findFirstOrThrow({ where: { stage: 'casting' }, select: { title: true, accountManagerId: true }, orderBy: { createdAt: 'asc' } });
  return { manager: project.accountManagerId ?? '', invoice: invoice.id, word: project.title.slice(8, 14) };
}

/** The rows written without their triggers and foreign keys, the indexes taken away and built again after: a million in seconds. */
async function filled(db: Db, tables: readonly string[], inserts: readonly string[]): Promise<void> {
  const indexes = await db.$queryRaw<{ name: string; definition: string }[]>`
    SELECT format('%I', index.relname) AS name, pg_get_indexdef(index.oid) AS definition
    FROM pg_index JOIN pg_class index ON index.oid = indexrelid JOIN pg_class of ON of.oid = indrelid
    WHERE of.relname = ANY(${tables}) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid) AND NOT indisunique`;
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`SET LOCAL session_replication_role = replica`);
    await tx.$executeRawUnsafe(`SET LOCAL maintenance_work_mem = '256MB'`);
    for (const { name } of indexes) await tx.$executeRawUnsafe(`DROP INDEX ${name}`);
    for (const insert of inserts) await tx.$executeRawUnsafe(insert);
    for (const { definition } of indexes) await tx.$executeRawUnsafe(definition);
  }, { timeout: 600_000, maxWait: 10_000 });
  for (const table of tables) await db.$executeRawUnsafe(`VACUUM ANALYZE "${table}"`);
}
