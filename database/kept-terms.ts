import type { Db } from './open.ts';

/** Past so many projects under way, the count says "at least". */
const looked = 5_000;

export interface KeptValue { readonly value: unknown; readonly projects: number }

/** S4: the values of one term that projects under way were promised, the commonest first. `atLeast`: only some projects were looked at. */
export async function keptValues(db: Db, key: string): Promise<{ values: KeptValue[]; atLeast: boolean }> {
  const rows = await db.$queryRaw<{ value: unknown; projects: number }[]>`
    SELECT "terms" -> ${key} AS "value", count(*)::int AS "projects" FROM (SELECT "terms" FROM "Project" WHERE "closedAt" IS NULL LIMIT ${looked}) running
    WHERE "terms" ? ${key} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`;
  return { values: rows, atLeast: rows.reduce((sum, { projects }) => sum + projects, 0) >= looked };
}

/** S4: for each term, how many projects under way were promised something else than `inForce`. */
export async function keptElsewhere(db: Db, inForce: object): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ key: string; projects: number }[]>`
    SELECT kept."key", count(*)::int AS "projects" FROM (SELECT "terms" FROM "Project" WHERE "closedAt" IS NULL LIMIT ${looked}) running
    CROSS JOIN LATERAL jsonb_each(running."terms") kept
    JOIN jsonb_each(${JSON.stringify(inForce)}::jsonb) now ON now."key" = kept."key" AND now."value" <> kept."value" GROUP BY 1`;
  return new Map(rows.map(({ key, projects }) => [key, projects]));
}
