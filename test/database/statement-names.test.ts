import { expect, it } from 'vitest';
import { feedStatement } from '../../database/feed/read-feed.ts';
import { plannedAlike, statementNames } from '../../database/statement-names.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();

it('S2: the server prepares what any value is planned alike for, and plans lists and searches for what they look for', async () => {
  await db.$transaction(async (tx) => {
    for (let turn = 0; turn < 4; turn += 1) {
      await tx.member.findUnique({ where: { id: `none-${turn}` } });
      await tx.member.findMany({ where: { name: { contains: `none-${turn}` } }, orderBy: { createdAt: 'desc' }, take: 20 });
      await tx.project.findMany({ where: { companyId: `none-${turn}` }, orderBy: { createdAt: 'desc' }, take: 20 });
      await tx.$queryRaw(feedStatement(`none-${turn}`, { themeId: '', band: '', words: '', after: null }));
    }
    const statements = (await tx.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`).map(({ statement }) => statement);
    expect(statements.filter((one) => /FROM .*"Member".*"id" = \$1/s.test(one))).toHaveLength(1);
    expect(statements.filter((one) => one.includes('FeedEntry'))).toHaveLength(1);
    expect(statements.filter((one) => /ORDER BY .*createdAt/.test(one))).toEqual([]);
  });
});

it('S2: a statement is named from the third time on, and no other has its name', () => {
  const name = statementNames(plannedAlike);
  const byKey = (table: string): { sql: string } => ({ sql: `SELECT "public"."${table}"."id" FROM "public"."${table}" WHERE ("public"."${table}"."id" = $1 AND 1=1) LIMIT $2 OFFSET $3` });
  expect([name(byKey('Member')), name(byKey('Member'))]).toEqual(['', '']);
  const [first, again, other] = [name(byKey('Member')), name(byKey('Member')), [1, 2, 3].map(() => name(byKey('Staff'))).at(-1)];
  expect(first).toMatch(/^ow_[0-9a-f]{24}$/);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  const list = { sql: 'SELECT "public"."Member"."id" FROM "public"."Member" ORDER BY "public"."Member"."createdAt" DESC LIMIT $1 OFFSET $2' };
  expect([name(list), name(list), name(list), name(list)]).toEqual(['', '', '', '']);
});
