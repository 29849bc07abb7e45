import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import express from 'express';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { openDatabase } from '../database/open.ts';
import type { Deps } from '../deps.ts';
import { createLink } from '../links/create.ts';
import { linkPath, linkToken } from '../links/token.ts';
import { addMember, beginStory } from '../test/support/story.ts';
import { signInToPages } from '../test/support/web-person.ts';
import { webRouter } from '../web/router.ts';
import type { BenchStack } from './stack.ts';

const run = promisify(execFile);
const turns = 3;

/** Requests a second of a page and of a bare Express page that makes one Prisma query for the same data. */
export interface PageRates { readonly page: number; readonly bare: number }

/** The pages clients open most: a project, signed in and behind a personal link; the quote and the form behind members' links. Each against its bare page, the best of three turns. */
export async function measurePages(stack: BenchStack, say: (line: string) => void): Promise<Record<string, PageRates>> {
  const { deps } = stack;
  // The server's own way of asking, for both: the stack's is the worker's.
  const db = openDatabase({ url: stack.databaseUrl, poolSize: 10 });
  const config = {
    dataDir: '', databaseUrl: stack.databaseUrl, databasePool: 10, temporalAddress: stack.temporalAddress, temporalNamespace: 'default', temporalApiKey: null,
    temporalUiUrl: null, taskQueue: deps.taskQueue, smtpUrl: deps.smtpUrl, mailFrom: deps.mailFrom, mailboxUrl: null, port: 0, publicUrl: deps.publicUrl,
    trustProxy: 0, sessionHours: 12, logLevel: 'silent',
  };
  const web: Deps = { config, db, temporal: deps.temporal, log: pino({ level: 'silent' }), secret: deps.secret };
  const members = [await addMember(db, 'Un'), await addMember(db, 'Deux')];
  const story = await beginStory(deps, { company: 'Les Pages' });
  await story.untilSent(members);
  const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
  const link = async (owner: { kind: string; id: string }, purpose: 'client_project' | 'client_quote' | 'member_project', subjectId: string): Promise<string> =>
    linkPath(linkToken(deps.secret, await db.$transaction((tx) => createLink(tx, deps.secret, { purpose, ownerKind: owner.kind as 'client', ownerId: owner.id, projectId: story.projectId, subjectId, at: Date.now() }))));

  const mine = { memberId: members[0]?.id ?? '' };
  const bare = express();
  const escaped = (value: unknown): string => JSON.stringify(value, (_key, inner: unknown) => (inner instanceof Uint8Array ? inner.length : inner)).replace(/[<>&]/g, '');
  bare.get('/project', async (_request, response) => {
    const project = await db.project.findUnique({
      where: { id: story.projectId },
      include: {
        company: true, accountManager: true, remarks: true, themes: { select: { themeId: true } },
        applications: { where: { state: { not: 'withdrawn' } }, select: { state: true, mark: true, members: { take: 1, select: { member: { select: { name: true } } } } } },
        invitations: { select: { state: true } }, _count: { select: { shortlist: true } }, team: { select: { member: { select: { name: true } } } },
        rounds: { include: { clientQuotes: { orderBy: { version: 'desc' } } }, orderBy: { number: 'asc' } }, clientInvoices: { where: { state: { not: 'gathering' } } },
      },
    });
    response.send(`<!doctype html><title>${project?.ref ?? ''}</title><pre>${escaped(project)}</pre>`);
  });
  bare.get('/quote', async (_request, response) => {
    const quote = await db.quoteRound.findUnique({ where: { id: round.id }, include: {
        project: { include: { company: true, accountManager: true } }, clientQuotes: { orderBy: { version: 'desc' }, include: { signature: true, questions: true } },
        memberQuotes: { include: { member: true, lines: { orderBy: { position: 'asc' } } }, orderBy: { memberId: 'asc' } },
      } });
    response.send(`<!doctype html><title>${quote?.ref ?? ''}</title><pre>${escaped(quote)}</pre>`);
  });
  bare.get('/brief', async (_request, response) => {
    const project = await db.project.findUnique({ where: { id: story.projectId }, include: {
        themes: { include: { theme: true } }, notices: true, team: { where: mine }, files: { where: { messages: { none: {} } }, select: { id: true, name: true } }, conversations: { where: { members: { some: mine } }, select: { id: true, kind: true } },
        rounds: { orderBy: { number: 'desc' }, take: 1, select: { id: true } }, invitations: { where: mine }, shares: { where: mine, select: { id: true, email: true, name: true, createdAt: true, candidateId: true } },
        applications: { where: { members: { some: mine } }, include: { members: { select: { memberId: true } }, asked: { include: { member: { select: { id: true, name: true, headline: true } } } } } },
      } });
    response.send(`<!doctype html><title>${project?.ref ?? ''}</title><pre>${escaped(project)}</pre>`);
  });
  const [ours, theirs] = await Promise.all([listen(createApp(web, { web: webRouter(web) })), listen(bare)]);
  const client = await signInToPages({ deps: web as never, url: ours.url }, story.client);
  const pages = {
    'a project, signed in': [`/projects/${story.ref}`, '/project', client.cookie],
    'a project, by a personal link': [await link(story.client, 'client_project', story.projectId), '/project', ''],
    'a quote, by a personal link': [await link(story.client, 'client_quote', round.id), '/quote', ''],
    'a brief, by a member’s personal link': [await link(members[0] ?? story.client, 'member_project', story.projectId), '/brief', ''],
  } as const;
  const rates: Record<string, PageRates> = {};
  for (const [name, [path, bareAs, cookie]] of Object.entries(pages)) {
    say(`Asking for ${name}, against a bare page …`);
    let [page, base] = [0, 0];
    for (let turn = 0; turn < turns; turn += 1) {
      base = Math.max(base, await load(`${theirs.url}${bareAs}`, ''));
      page = Math.max(page, await load(`${ours.url}${path}`, cookie));
    }
    rates[name] = { page, bare: base };
  }
  await Promise.all([ours.close(), theirs.close()]);
  await db.$disconnect();
  return rates;
}

async function listen(app: express.Express): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(app);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }),
  };
}

/** Answers a second. */
async function load(url: string, cookie: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./load.ts', import.meta.url)), url, cookie, '8', '3']);
  return Number(stdout);
}
