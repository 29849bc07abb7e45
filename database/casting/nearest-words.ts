import { Prisma } from '@prisma/client';
import type { Db } from '../open.ts';

/** As members write it, and without accents. */
export interface NearWord { readonly word: string; readonly plain: string }

/**
 * For each word that no active member and no theme uses, the nearest ones they do use, at most three; a word they use, or that resembles none, is left out.
 * From the trigram index of the vocabulary, which grows with the language, not with the members.
 */
export async function nearestWords(db: Db, typed: readonly string[]): Promise<Map<string, NearWord[]>> {
  const rows = await db.$queryRaw<{ typed: string; word: string; plain: string }[]>(Prisma.sql`
    WITH themes AS MATERIALIZED (SELECT DISTINCT word, searchable(word) AS plain FROM "Theme" t, unnest(written_words(t."nameFr" || ' ' || t."nameEn")) word WHERE t."retiredAt" IS NULL)
    SELECT typed, near.word, near.plain FROM unnest(${[...typed]}::text[]) typed,
      LATERAL (
        SELECT DISTINCT ON (alike.plain) alike.word, alike.plain, similarity(alike.plain, typed) AS likeness, alike.members
        FROM (SELECT w."word", w."plain", w."members" FROM "MemberWord" w WHERE w."plain" % typed UNION ALL SELECT t.word, t.plain, 1000000 FROM themes t WHERE t.plain % typed) alike
        ORDER BY alike.plain, alike.members DESC
      ) near
    WHERE length(typed) >= 3 AND NOT EXISTS (SELECT 1 FROM "MemberWord" w WHERE w."plain" = typed) AND NOT EXISTS (SELECT 1 FROM themes t WHERE t.plain = typed)
    ORDER BY typed, near.likeness DESC, near.members DESC`);
  const near = new Map<string, NearWord[]>();
  for (const { typed: of, word, plain } of rows) {
    const known = near.get(of) ?? [];
    if (known.length < 3) near.set(of, [...known, { word, plain }]);
  }
  return near;
}
