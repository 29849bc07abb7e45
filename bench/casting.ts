import type { Prisma } from '@prisma/client';
import pg from 'pg';
import { searchMembers, type MemberSearchAsked } from '../database/casting/search-members.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase, type Db } from '../database/open.ts';
import { fillWithMembers } from './casting-members.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 60;
const warmUp = 10;
const day = '2026-10-10';
const nothing: MemberSearchAsked = { words: '', themeIds: [], skills: '', place: '', rateFromCents: null, rateToCents: null, available: '', between: null, page: 1 };

/** What people ask. */
const searches: Readonly<Record<string, MemberSearchAsked>> = {
  'nothing yet': nothing,
  'a rare word': { ...nothing, words: 'souffleur de verre' },
  'a common word': { ...nothing, words: 'illustratrice' },
  'words that two in three write': { ...nothing, words: 'créative matière' },
  'a mistyped word without accents': { ...nothing, words: 'souflleur acessibilite' },
  'filters only': { ...nothing, themeIds: ['theme-3'], place: 'Nantes, Rennes', rateFromCents: 30_000, rateToCents: 45_000, available: 'now' },
  'a word and filters': { ...nothing, words: 'graphiste musées', themeIds: ['theme-2'], place: 'Nantes', rateToCents: 60_000 },
  'free between two dates': { ...nothing, between: { from: '2026-11-02', to: '2026-11-20' } },
  'a common word and two dates': { ...nothing, words: 'illustratrice', between: { from: '2026-11-02', to: '2026-11-20' } },
  'the tenth page': { ...nothing, words: 'illustratrice', page: 10 },
};

interface Times { readonly smallMs: number; readonly largeMs: number; readonly rawMs: number }

/** C4: searching a few members and many, and the statements of the same search sent alone to the large house. Medians in ms. */
export async function measureCasting(stack: BenchStack, say: (line: string) => void, sizes: { small: number; large: number }): Promise<Record<string, Times>> {
  const small = await houseOf(stack, 'casting_small', sizes.small, say);
  const large = await houseOf(stack, 'casting_large', sizes.large, say);
  const raw = new pg.Client(large.url);
  await raw.connect();
  const result: Record<string, Times> = {};
  for (const [name, asked] of Object.entries(searches)) {
    const statements = await statementsOf(large.db, asked);
    const alone = async (): Promise<void> => {
      for (const { text, values } of statements) await raw.query(text, values);
    };
    const times = { small: [] as number[], large: [] as number[], raw: [] as number[] };
    // In turn, so that whatever else the machine does weighs on all alike.
    for (let turn = 0; turn < turns + warmUp; turn += 1) {
      const took = { small: await timed(() => searchMembers(small.db, 'none', asked, day)), large: await timed(() => searchMembers(large.db, 'none', asked, day)), raw: await timed(alone) };
      if (turn < warmUp) continue;
      for (const which of ['small', 'large', 'raw'] as const) times[which].push(took[which]);
    }
    result[name] = { smallMs: median(times.small), largeMs: median(times.large), rawMs: median(times.raw) };
  }
  await raw.end();
  await Promise.all([small.db.$disconnect(), large.db.$disconnect()]);
  return result;
}

async function houseOf(stack: BenchStack, name: string, members: number, say: (line: string) => void): Promise<{ db: Db; url: string }> {
  say(`The casting among ${members.toLocaleString('en')} members …`);
  await stack.deps.db.$executeRawUnsafe(`CREATE DATABASE ${name}`);
  const url = stack.databaseUrl.replace(/\/bench(?=$|\?)/, `/${name}`);
  await migrate(url);
  const db = openDatabase({ url, poolSize: 4 });
  await fillWithMembers(db, members);
  return { db, url };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Every statement a search sends, as it sends it. */
async function statementsOf(db: Db, asked: MemberSearchAsked): Promise<{ text: string; values: unknown[] }[]> {
  const sent: { text: string; values: unknown[] }[] = [];
  const listening = { $queryRaw: (sql: Prisma.Sql) => { sent.push({ text: sql.text, values: sql.values }); return db.$queryRaw(sql); } } as unknown as Db;
  await searchMembers(listening, 'none', asked, day);
  return sent;
}
