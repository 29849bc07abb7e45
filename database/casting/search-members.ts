import { Prisma } from '@prisma/client';
import type { Period } from '../../domain/availability.ts';
import { typedWords } from '../../domain/casting/typed-words.ts';
import type { Db } from '../open.ts';
import { nearestWords } from './nearest-words.ts';

/** What is asked of a search; what is empty asks nothing. Rates in cents a day. */
export interface MemberSearchAsked {
  readonly words: string;
  readonly themeIds: readonly string[];
  readonly skills: string;
  /** Towns, separated by commas: any of them. */
  readonly place: string;
  readonly rateFromCents: number | null;
  readonly rateToCents: number | null;
  /** now: today; soon: today or from a day that is known */
  readonly available: '' | 'now' | 'soon';
  /** Free on each of these days, as YYYY-MM-DD; null asks nothing. */
  readonly between: { readonly from: string; readonly to: string } | null;
  /** 1 is the first. */
  readonly page: number;
}

export interface FoundMember {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly headline: string;
  readonly city: string;
  readonly skills: readonly string[];
  readonly dayRateCents: number | null;
  readonly availability: string;
  readonly availableFrom: Date | null;
  /** What their calendar says from today on. */
  readonly calendar: readonly Period[];
  readonly pictureId: string | null;
  readonly themes: readonly { readonly nameFr: string; readonly nameEn: string }[];
  readonly shortlisted: boolean;
  readonly invitation: string | null;
}

export interface MembersFound {
  readonly members: readonly FoundMember[];
  /** How many match, counted no further than `mostFound` + 1. */
  readonly total: number;
  readonly pages: number;
  /** What was searched instead of a word nobody uses. */
  readonly instead: readonly { readonly typed: string; readonly words: readonly string[] }[];
  /** Nobody has all the words: these have some of them. */
  readonly some: boolean;
}

export const pageSize = 20;
/** What a person may leaf through: beyond it, one says more. */
export const mostFound = 200;
/** Those who are ranked. Whoever has the words in their name, trade, skills or themes comes before whoever has them in a text. */
const mostRanked = 400;
/** Those who are looked at, one by one, for what many write. */
const mostLookedAt = 3_000;

/** What was typed, word by word; each with what it may be instead, separated by spaces. */
export interface SearchTerms { readonly words: readonly string[]; readonly skills: readonly string[]; readonly places: readonly (readonly string[])[] }

export function searchTerms(asked: MemberSearchAsked): SearchTerms {
  const plain = (typed: string): string[] => typedWords(typed).map((word) => word.plain);
  return { words: plain(asked.words), skills: plain(asked.skills), places: asked.place.split(/[,;]/).map(plain).filter((words) => words.length > 0).slice(0, 5) };
}

/** C4: active members who match, the nearest first. `day` is today, as YYYY-MM-DD. Time does not grow with how many match. */
export async function searchMembers(db: Db, projectId: string, asked: MemberSearchAsked, day: string): Promise<MembersFound> {
  type Row = FoundMember & { total: number };
  const run = (terms: SearchTerms, every: boolean): Promise<Row[]> => db.$queryRaw(searchStatement({ projectId, asked, terms, every, day }));
  const answer = (rows: readonly Row[], more: Partial<MembersFound> = {}): MembersFound => {
    const total = rows[0]?.total ?? 0;
    return { members: rows, total, pages: Math.ceil(Math.min(total, mostFound) / pageSize), instead: [], some: false, ...more };
  };
  const terms = searchTerms(asked);
  const typed = [terms.words, terms.skills, ...terms.places].flat();
  const found = await run(terms, true);
  if (found.length > 0 || typed.length === 0) return answer(found);
  const nearest = await nearestWords(db, typed);
  const corrected = (words: readonly string[]): string[] => words.map((word) => nearest.get(word)?.map(({ plain }) => plain).join(' ') ?? word);
  const near: SearchTerms = { words: corrected(terms.words), skills: corrected(terms.skills), places: terms.places.map(corrected) };
  const written = [asked.words, asked.skills, asked.place].flatMap(typedWords);
  const instead = [...nearest].map(([plain, words]) => ({ typed: written.find((word) => word.plain === plain)?.written ?? plain, words: words.map(({ word }) => word) }));
  if (instead.length > 0) {
    const nearer = await run(near, true);
    if (nearer.length > 0) return answer(nearer, { instead });
  }
  return terms.words.length > 1 ? answer(await run(near, false), { instead, some: true }) : answer([]);
}

/**
 * One page of a search, in one statement. What many write is looked for among those who show most, as far as that leads to enough of them; anything else is found by
 * the one index of words and filters, and as many are ranked as `mostRanked` says. Then the page itself, with all it shows.
 */
export function searchStatement({ projectId, asked, terms, every, day }: { projectId: string; asked: MemberSearchAsked; terms: SearchTerms; every: boolean; day: string }): Prisma.Sql {
  const query = Prisma.sql`(SELECT q FROM asked)`;
  const rank = Prisma.sql`ts_rank('{0.1, 0.3, 0.6, 1}', s."head", ${query})`;
  const { indexed, plain } = filtersOf(asked, terms, day);
  // What is cheap to look at comes first: the words of a text are unpacked for those who pass it.
  const filters = [...plain, ...indexed];
  const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql => (conditions.length > 0 ? Prisma.join([...conditions], ' AND ') : Prisma.sql`true`);
  const bestFirst = Prisma.sql`ORDER BY s."standing" DESC, s."memberId"`;
  const from = (score: Prisma.Sql, conditions: readonly Prisma.Sql[]): Prisma.Sql =>
    Prisma.sql`SELECT s."memberId", s."standing", ${score} AS score FROM "MemberSearch" s WHERE (SELECT count(*) FROM best) <= ${mostFound} AND ${all(conditions)}`;
  const worded = terms.words.length > 0;
  const byIndex = worded
    ? Prisma.sql`(${from(Prisma.sql`${rank} + 1`, [Prisma.sql`s."head" @@ ${query}`, ...filters])} LIMIT ${mostRanked})
      UNION ALL (${from(rank, [Prisma.sql`s."everything" @@ ${query}`, Prisma.sql`NOT s."head" @@ ${query}`, ...filters])} LIMIT ${mostRanked})`
    : Prisma.sql`(${from(Prisma.sql`0::float4`, filters)} ${indexed.length > 0 ? Prisma.empty : bestFirst} LIMIT ${mostRanked})`;
  return Prisma.sql`
    WITH asked AS MATERIALIZED (SELECT member_query(${[...terms.words]}::text[], ${every}) AS q, member_query_common(${[...terms.words]}::text[], ${every}) AS common),
      best AS MATERIALIZED (
        SELECT s."memberId", s."standing", ${worded ? Prisma.sql`${rank} + CASE WHEN s."head" @@ ${query} THEN 1 ELSE 0 END` : Prisma.sql`0::float4`} AS score
        FROM (SELECT * FROM "MemberSearch" s ${bestFirst} LIMIT ${mostLookedAt}) s
        WHERE (SELECT common FROM asked) AND ${all(worded ? [...filters, Prisma.sql`s."everything" @@ ${query}`] : filters)} LIMIT ${mostFound + 1}),
      hits AS MATERIALIZED ((SELECT * FROM best WHERE (SELECT count(*) FROM best) > ${mostFound}) UNION ALL ${byIndex} LIMIT ${mostRanked}),
      page AS MATERIALIZED (SELECT h.*, least(count(*) OVER (), ${mostFound + 1})::int AS total FROM hits h ORDER BY h.score DESC, h."standing" DESC, h."memberId" LIMIT ${pageSize} OFFSET ${(asked.page - 1) * pageSize})
    SELECT m."id", m."handle", m."name", m."headline", m."city", m."skills", m."dayRateCents", m."availability", m."availableFrom", m."pictureId", page.total,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('from', p."fromOn", 'to', p."toOn", 'kind', p."kind") ORDER BY p."fromOn"), '[]') FROM "AvailabilityPeriod" p WHERE p."memberId" = m."id" AND p."toOn" >= ${day}::date) AS calendar,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('nameFr', t."nameFr", 'nameEn', t."nameEn") ORDER BY t."position"), '[]') FROM "MemberTheme" x JOIN "Theme" t ON t."id" = x."themeId" WHERE x."memberId" = m."id" AND x."practised") AS themes,
      EXISTS (SELECT 1 FROM "ShortlistEntry" e WHERE e."projectId" = ${projectId} AND e."memberId" = m."id") AS shortlisted,
      (SELECT i."state" FROM "Invitation" i WHERE i."projectId" = ${projectId} AND i."memberId" = m."id") AS invitation
    FROM page JOIN "Member" m ON m."id" = page."memberId" ORDER BY page.score DESC, page."standing" DESC, page."memberId"`;
}

/** `indexed`: found by the index of the words; `plain`: by looking at each. */
function filtersOf(asked: MemberSearchAsked, { skills, places }: SearchTerms, day: string): { indexed: Prisma.Sql[]; plain: Prisma.Sql[] } {
  const towns = places.map((words) => `(${words.map((word) => `(${word.replace(/ /g, ' | ')})`).join(' & ')})`).join(' | ');
  const indexed = [
    ...(asked.themeIds.length > 0 ? [Prisma.sql`s."themeIds" && ${[...asked.themeIds]}::text[]`] : []),
    ...(skills.length > 0 ? [Prisma.sql`s."skills" @@ (SELECT member_query(${[...skills]}::text[], true))`] : []),
    ...(towns ? [Prisma.sql`s."place" @@ (SELECT to_tsquery('simple', ${towns}))`] : []),
  ];
  const plain = [
    ...(asked.rateFromCents !== null ? [Prisma.sql`s."dayRateCents" >= ${asked.rateFromCents}`] : []),
    ...(asked.rateToCents !== null ? [Prisma.sql`s."dayRateCents" <= ${asked.rateToCents}`] : []),
    ...(asked.available === 'now' ? [freeBetween(day, day)] : []),
    ...(asked.available === 'soon' ? [Prisma.sql`NOT (s."notFreeDays" @> ${day}::date AND NOT s."partlyDays" @> ${day}::date) AND (s."availability" <> 'busy' OR s."availableFrom" <= ${day}::date OR s."freeDays" @> ${day}::date OR s."partlyDays" @> ${day}::date)`] : []),
    ...(asked.between ? [freeBetween(asked.between.from, asked.between.to)] : []),
  ];
  return { indexed, plain };
}

/**
 * Free on each of these days, as domain/availability says of one: none of them is taken or half taken in the calendar, and those before the day
 * the member gives in a word, or all when they give none, are told free there.
 */
function freeBetween(from: string, to: string): Prisma.Sql {
  const days = Prisma.sql`daterange(${from}::date, ${to}::date, '[]')`;
  return Prisma.sql`(s."availability" = 'now' OR s."availableFrom" <= ${from}::date OR s."freeDays" @> daterange(${from}::date, greatest(${from}::date, least(${to}::date, s."availableFrom" - 1)), '[]'))
    AND NOT s."notFreeDays" && ${days}`;
}
