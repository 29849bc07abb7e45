import type { Db } from '../../database/open.ts';

/**
 * Every row of the database that names one of these ids, and none of those in `notOf`, as text: what may not change when somebody else tries.
 * Left out: what was asked and refused (`Submission`), and the words kept for searching.
 */
export async function rowsAbout(db: Db, ids: readonly string[], notOf: readonly string[] = []): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT IN ('Submission', '_prisma_migrations') ORDER BY table_name`;
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(one)::text AS row FROM "${name}" one WHERE row_to_json(one)::text LIKE ANY($1) AND NOT row_to_json(one)::text LIKE ANY($2)`, ids.map((id) => `%${id}%`), notOf.map((id) => `%${id}%`),
    );
    rows.push(...found.map(({ row }) => `${name} ${row}`).sort());
  }
  return rows;
}
