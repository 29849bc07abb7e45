import { Prisma } from '@prisma/client';
import type { BudgetBand } from '../../domain/budget-bands.ts';
import { typedWords } from '../../domain/casting/typed-words.ts';
import type { FeedCursor } from '../../domain/feed-cursor.ts';
import type { Db } from '../open.ts';
import { plannedOnce } from '../statement-names.ts';

/** What is asked of the feed; what is empty asks nothing. */
export interface FeedAsked {
  readonly themeId: string;
  readonly band: BudgetBand | '';
  readonly words: string;
  readonly after: FeedCursor | null;
}

export interface FeedProject {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  /** Its beginning. */
  readonly problem: string;
  readonly budgetCents: number | null;
  readonly timing: string;
  readonly publishedAt: Date;
  /** On a subscribed theme. */
  readonly followed: boolean;
  readonly seen: boolean;
  readonly applied: boolean;
  readonly themes: readonly { readonly id: string; readonly nameFr: string; readonly nameEn: string }[];
}

export interface FeedPage {
  readonly projects: readonly FeedProject[];
  /** What the next page begins after; null when nothing is left. */
  readonly next: FeedCursor | null;
}

export const feedPageSize = 20;

/** M5: published projects for a member, those of subscribed themes first, then the others, newest first: one page, in one statement. */
export async function readFeed(db: Db, memberId: string, asked: FeedAsked): Promise<FeedPage> {
  const rows = await db.$queryRaw<FeedProject[]>(feedStatement(memberId, asked));
  const projects = rows.slice(0, feedPageSize);
  const last = projects.at(-1);
  return { projects, next: last && rows.length > feedPageSize ? { followed: last.followed, publishedAt: last.publishedAt.getTime(), projectId: last.id } : null };
}

/**
 * Without words: the newest thousand or so nearly always hold a page. Where they do not, every published project stands on the shelf of its set of themes: the page is the newest
 * of the shelves asked for, whose heads tell which few are worth opening, each by its index. Time grows with the sets of themes, not with the projects.
 * With words, planned for them each time: the newest few thousand hold a page of what many write; anything rarer is found by the index of words, in which themes and bands are words like others.
 */
export function feedStatement(memberId: string, asked: FeedAsked): Prisma.Sql {
  const words = typedWords(asked.words).map(({ plain }) => plain);
  const group = words.length > 0 ? wordedGroup : shelvedGroup(asked);
  // What was read of the first group is never shown again: one who is among the others does not go back to it.
  const inOthers = asked.after?.followed === false;
  const first = inOthers ? Prisma.sql`SELECT NULL::text AS "projectId", NULL::timestamp AS "publishedAt", NULL::boolean AS followed WHERE false` : group(true, asked.after);
  const rest = group(false, inOthers ? asked.after : null);
  return Prisma.sql`${words.length > 0 ? Prisma.empty : plannedOnce}
    WITH mine AS MATERIALIZED (SELECT coalesce(array_agg(x."themeId"), '{}') AS ids FROM "MemberTheme" x WHERE x."memberId" = ${memberId} AND x."subscribed"),
      ${words.length > 0 ? searched(words, asked) : Prisma.empty} first AS MATERIALIZED (${first}),
      page AS MATERIALIZED (SELECT * FROM first UNION ALL (SELECT * FROM (${rest}) rest WHERE (SELECT count(*) FROM first) <= ${feedPageSize}) LIMIT ${feedPageSize + 1})
    SELECT p."id", p."ref", p."title", left(p."problem", 400) AS problem, p."budgetCents", p."timing", page."publishedAt", page.followed,
      EXISTS (SELECT 1 FROM "ProjectSeen" s WHERE s."memberId" = ${memberId} AND s."projectId" = p."id") AS seen,
      EXISTS (SELECT 1 FROM "ApplicationMember" m JOIN "Application" a ON a."id" = m."applicationId" WHERE m."memberId" = ${memberId} AND a."projectId" = p."id" AND a."state" <> 'withdrawn') AS applied,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t."id", 'nameFr', t."nameFr", 'nameEn', t."nameEn") ORDER BY t."position"), '[]') FROM "ProjectTheme" x JOIN "Theme" t ON t."id" = x."themeId" WHERE x."projectId" = p."id") AS themes
    FROM page JOIN "Project" p ON p."id" = page."projectId"
    ORDER BY page.followed DESC, page."publishedAt" DESC, page."projectId" DESC`;
}

type Group = (followed: boolean, after: FeedCursor | null) => Prisma.Sql;
const newestFirst = (of: string): Prisma.Sql => Prisma.raw(`ORDER BY ${of}."publishedAt" DESC, ${of}."projectId" DESC`);
const below = (after: FeedCursor | null): Prisma.Sql =>
  after ? Prisma.sql`AND (f."publishedAt", f."projectId") < (${new Date(after.publishedAt)}::timestamp, ${after.projectId})` : Prisma.empty;
const inBand = ({ band }: FeedAsked): Prisma.Sql => (band ? Prisma.sql`AND f."band" = ${band}` : Prisma.empty);
const ofTheme = ({ themeId }: FeedAsked, of: string): Prisma.Sql => (themeId ? Prisma.sql`AND ${Prisma.raw(of)}."themeIds" @> ARRAY[${themeId}]` : Prisma.empty);
const inGroup = (followed: boolean, of: string): Prisma.Sql => Prisma.sql`${followed ? Prisma.empty : Prisma.sql`NOT `}(${Prisma.raw(of)}."themeIds" && (SELECT ids FROM mine))`;

/** Those looked at one by one, newest first. */
const lookedAt = 1_500;
const lookedAtForWords = 2_500;

/** By looking, else by the shelves: the newest of a page can only stand on those whose own newest are. */
function shelvedGroup(asked: FeedAsked): Group {
  return (followed, after) => {
    const of = (limit: number): Prisma.Sql => Prisma.sql`SELECT f."projectId", f."publishedAt" FROM "FeedEntry" f WHERE f."shelf" = s."shelf" ${inBand(asked)} ${below(after)} ${newestFirst('f')} LIMIT ${limit}`;
    const group = Prisma.raw(String(followed));
    // Nobody looks for what a member who follows nothing follows.
    const any = followed ? Prisma.sql`AND (SELECT cardinality(ids) FROM mine) > 0` : Prisma.empty;
    return Prisma.sql`
      WITH near AS MATERIALIZED (
        SELECT f."projectId", f."publishedAt", ${group} AS followed FROM (SELECT * FROM "FeedEntry" f WHERE true ${below(after)} ${newestFirst('f')} LIMIT ${lookedAt}) f
        WHERE ${inGroup(followed, 'f')} ${any} ${ofTheme(asked, 'f')} ${inBand(asked)} ${newestFirst('f')} LIMIT ${feedPageSize + 1})
      SELECT * FROM near WHERE (SELECT count(*) FROM near) > ${feedPageSize}
      UNION ALL SELECT * FROM (
        SELECT entry."projectId", entry."publishedAt", ${group} AS followed
        FROM (SELECT s."shelf" FROM "FeedShelf" s CROSS JOIN LATERAL (${of(1)}) head WHERE ${inGroup(followed, 's')} ${any} ${ofTheme(asked, 's')} ${newestFirst('head')} LIMIT ${feedPageSize + 1}) s
        CROSS JOIN LATERAL (${of(feedPageSize + 1)}) entry ${newestFirst('entry')} LIMIT ${feedPageSize + 1}) far WHERE (SELECT count(*) FROM near) <= ${feedPageSize}`;
  };
}

/** What is looked for, as a query of the index of words: what was typed, the theme and the band asked for; and the themes followed. */
function searched(words: readonly string[], { themeId, band }: FeedAsked): Prisma.Sql {
  const ofTheme = themeId ? Prisma.sql`&& theme_token(${themeId})::tsquery` : Prisma.empty;
  const inBand = band ? Prisma.sql`&& ${`band${band}`}::tsquery` : Prisma.empty;
  return Prisma.sql`asked AS MATERIALIZED (
    SELECT member_query(${[...words]}::text[], true) ${ofTheme} ${inBand} AS q, (SELECT string_agg(theme_token(id), ' | ')::tsquery FROM unnest((SELECT ids FROM mine)) id) AS mine),`;
}

const wordedGroup: Group = (followed, after) => {
  const query = followed ? Prisma.sql`(SELECT q && mine FROM asked)` : Prisma.sql`(SELECT CASE WHEN mine IS NULL THEN q ELSE q && !!mine END FROM asked)`;
  const group = Prisma.raw(String(followed));
  return Prisma.sql`
    WITH near AS MATERIALIZED (
      SELECT f."projectId", f."publishedAt", ${group} AS followed FROM (SELECT * FROM "FeedEntry" f WHERE true ${below(after)} ${newestFirst('f')} LIMIT ${lookedAtForWords}) f
      WHERE f."words" @@ ${query} ${newestFirst('f')} LIMIT ${feedPageSize + 1})
    SELECT * FROM near WHERE (SELECT count(*) FROM near) > ${feedPageSize}
    UNION ALL SELECT * FROM (
      SELECT f."projectId", f."publishedAt", ${group} AS followed
      FROM (SELECT f."projectId", f."publishedAt" FROM "FeedEntry" f WHERE f."words" @@ ${query} ${below(after)} OFFSET 0) f -- by the index of words, never by that of dates
      ${newestFirst('f')} LIMIT ${feedPageSize + 1}) far WHERE (SELECT count(*) FROM near) <= ${feedPageSize}`;
};
