import pg from 'pg';
import { feedStatement, readFeed, type FeedAsked } from '../database/feed/read-feed.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase, type Db } from '../database/open.ts';
import { fillWithProjects } from './feed-projects.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 60;
const warmUp = 10;
const nothing: FeedAsked = { themeId: '', band: '', words: '', after: null };

/** What members ask: who, what, and how far down the feed. */
const asked: Readonly<Record<string, { readonly memberId: string; readonly asked: FeedAsked; readonly page?: number }>> = {
  'first page, three themes followed': { memberId: 'm1', asked: nothing },
  'first page, nothing followed': { memberId: 'm0', asked: nothing },
  'a rare theme followed, then the others': { memberId: 'm2', asked: nothing, page: 2 },
  'the twentieth page': { memberId: 'm1', asked: nothing, page: 20 },
  'one theme': { memberId: 'm1', asked: { ...nothing, themeId: 'theme-5' } },
  'one budget': { memberId: 'm1', asked: { ...nothing, band: 'from50' } },
  'a theme, a budget, nothing followed': { memberId: 'm0', asked: { ...nothing, themeId: 'theme-rare', band: 'from15' } },
  'a common word': { memberId: 'm1', asked: { ...nothing, words: 'musée' } },
  'a rare word': { memberId: 'm1', asked: { ...nothing, words: 'souffleurs' } },
  'a word of one project in a thousand': { memberId: 'm1', asked: { ...nothing, words: 'oriflamme' } },
};

interface Times { readonly smallMs: number; readonly largeMs: number; readonly rawMs: number }

/** M5: the feed among few projects and among many, and the best statement we know for the same page, sent alone to the large house. Medians in ms. */
export async function measureFeed(stack: BenchStack, say: (line: string) => void, sizes: { small: number; large: number }): Promise<Record<string, Times>> {
  const small = await houseOf(stack, 'feed_small', sizes.small, say);
  const large = await houseOf(stack, 'feed_large', sizes.large, say);
  const raw = new pg.Client(large.url);
  raw.on('error', () => undefined); // told by the statement that failed
  await raw.connect();
  const result: Record<string, Times> = {};
  for (const [name, { memberId, asked: wanted, page = 1 }] of Object.entries(asked)) {
    const [inSmall, inLarge] = [await onPage(small.db, memberId, wanted, page), await onPage(large.db, memberId, wanted, page)];
    const { text, values } = feedStatement(memberId, inLarge);
    const plain = await plainStatement(large.db, memberId, inLarge);
    const times = { small: [] as number[], large: [] as number[], same: [] as number[], plain: [] as number[] };
    // In turn, so that whatever else the machine does weighs on all alike; a plain statement that takes seconds is tried less often.
    for (let turn = 0; turn < turns + warmUp; turn += 1) {
      const took = { small: await timed(() => readFeed(small.db, memberId, inSmall)), large: await timed(() => readFeed(large.db, memberId, inLarge)), same: await timed(() => raw.query(text, values)) };
      if (turn % 10 === 0 || (times.plain[0] ?? 0) < 100) times.plain.push(await timed(() => raw.query(plain)));
      if (turn < warmUp) continue;
      for (const which of ['small', 'large', 'same'] as const) times[which].push(took[which]);
    }
    result[name] = { smallMs: median(times.small), largeMs: median(times.large), rawMs: Math.min(median(times.same), median(times.plain)) };
    say(`  ${name}: ${JSON.stringify({ ...result[name], plainMs: median(times.plain) })}`);
  }
  await raw.end();
  await Promise.all([small.db.$disconnect(), large.db.$disconnect()]);
  return result;
}

async function houseOf(stack: BenchStack, name: string, projects: number, say: (line: string) => void): Promise<{ db: Db; url: string }> {
  say(`The feed among ${projects.toLocaleString('en')} projects …`);
  await stack.deps.db.$executeRawUnsafe(`CREATE DATABASE ${name}`);
  const url = stack.databaseUrl.replace(/\/bench(?=$|\?)/, `/${name}`);
  await migrate(url);
  const db = openDatabase({ url, poolSize: 4 });
  await fillWithProjects(db, projects);
  return { db, url };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** The same question, as deep as it goes: at most to that page. */
async function onPage(db: Db, memberId: string, wanted: FeedAsked, page: number): Promise<FeedAsked> {
  let at = wanted;
  for (let turned = 1; turned < page; turned += 1) {
    const { next } = await readFeed(db, memberId, at);
    if (!next) break;
    at = { ...at, after: next };
  }
  return at;
}

/** The page as one would write it by hand, its values in place: newest first through the one index of dates, each group until it has enough. */
async function plainStatement(db: Db, memberId: string, { themeId, band, words, after }: FeedAsked): Promise<string> {
  const mine = (await db.memberTheme.findMany({ where: { memberId, subscribed: true } })).map((one) => one.themeId);
  const list = (ids: readonly string[]): string => `ARRAY[${ids.map((id) => `'${id}'`).join(',')}]::text[]`;
  const filters = [...(themeId ? [`f."themeIds" @> ${list([themeId])}`] : []), ...(band ? [`f.band = '${band}'`] : []), ...(words ? [`f.words @@ member_query(${list([words.normalize('NFD').replace(/\p{M}/gu, '')])}, true)`] : [])];
  const group = (followed: boolean, from: FeedAsked['after']): string => {
    const conditions = [`${followed ? '' : 'NOT '}f."themeIds" && ${list(mine)}`, ...filters, ...(from ? [`(f."publishedAt", f."projectId") < ('${new Date(from.publishedAt).toISOString().slice(0, -1)}', '${from.projectId}')`] : [])];
    return `(SELECT f."projectId", f."publishedAt", ${followed} AS followed FROM "FeedEntry" f WHERE ${conditions.join(' AND ')} ORDER BY f."publishedAt" DESC, f."projectId" DESC LIMIT 21)`;
  };
  const groups = mine.length === 0 || after?.followed === false ? [group(false, after)] : [group(true, after), group(false, null)];
  return `SELECT p.id, p.ref, p.title, left(p.problem, 400) AS problem, p."budgetCents", p.timing, page."publishedAt", page.followed,
      EXISTS (SELECT 1 FROM "ProjectSeen" s WHERE s."memberId" = '${memberId}' AND s."projectId" = p.id) AS seen,
      EXISTS (SELECT 1 FROM "ApplicationMember" m JOIN "Application" a ON a.id = m."applicationId" WHERE m."memberId" = '${memberId}' AND a."projectId" = p.id AND a.state <> 'withdrawn') AS applied,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'nameFr', t."nameFr", 'nameEn', t."nameEn") ORDER BY t.position), '[]') FROM "ProjectTheme" x JOIN "Theme" t ON t.id = x."themeId" WHERE x."projectId" = p.id) AS themes
    FROM (SELECT * FROM (${groups.join(' UNION ALL ')}) groups LIMIT 21) page JOIN "Project" p ON p.id = page."projectId" ORDER BY page.followed DESC, page."publishedAt" DESC, page."projectId" DESC`;
}
