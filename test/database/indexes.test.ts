import { expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();

interface Index { readonly table: string; readonly name: string; readonly keys: readonly string[]; readonly included: number; readonly condition: string; readonly kept: boolean }

it('S2: no index says again the beginning of another: each write pays for what some reading needs', async () => {
  const indexes = await db.$queryRaw<Index[]>`
    SELECT indrelid::regclass::text AS "table", index.relname AS name, indnatts - indnkeyatts AS included, coalesce(pg_get_expr(indpred, indrelid), '') AS condition,
      indisunique OR EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x')) AS kept,
      array(SELECT pg_get_indexdef(indexrelid, key, false) || ' ' || indoption[key - 1] || ' ' || indclass[key - 1] FROM generate_series(1, indnkeyatts) key ORDER BY key) AS keys
    FROM pg_index JOIN pg_class index ON index.oid = indexrelid JOIN pg_am ON pg_am.oid = index.relam
    WHERE amname = 'btree' AND index.relnamespace = 'public'::regnamespace`;
  expect(indexes.length).toBeGreaterThan(150);
  const repeated = indexes.filter((one) => !one.kept && one.included === 0 && indexes.some((other) => other.name !== one.name && other.table === one.table && ['', one.condition].includes(other.condition)
    && one.keys.every((key, at) => other.keys[at] === key) && (other.keys.length > one.keys.length || other.kept || other.included > 0 || other.name < one.name)));
  // A condition that keeps an index small is worth its own.
  expect(repeated.filter(({ condition }) => condition === '').map(({ table, name }) => `${table} ${name}`).sort()).toEqual([]);
});

// What an index of its own served before 0029, by the one that begins as it did.
it.each([
  ['ClientUser', 'companyId', 'createdAt'], ['Member', 'state', 'createdAt'], ['MemberInvoice', 'clientInvoiceId', 'createdAt'], ['MemberInvoice', 'memberId', 'createdAt'], ['MemberQuote', 'memberId', 'createdAt'],
  ['Payment', 'clientInvoiceId', 'createdAt'], ['Payout', 'memberId', 'createdAt'], ['Payout', 'state', 'createdAt'], ['Project', 'accountManagerId', 'createdAt'], ['Project', 'companyId', 'createdAt'], ['Referral', 'memberId', 'createdAt'],
  ['ClientInvoice', 'totalCents', 'id'], ['ClientQuote', 'totalCents', 'id'], ['MemberInvoice', 'amountCents', 'id'], ['Payment', 'amountCents', 'id'],
])('S2: %s is found by its %s from the index that goes on with %s', async (table, column, next) => {
  const value = column.endsWith('Cents') ? '1' : `'x'`;
  const [, plan] = await db.$transaction([db.$executeRawUnsafe('SET LOCAL enable_seqscan = off'), db.$queryRawUnsafe(`EXPLAIN SELECT * FROM "${table}" WHERE "${column}" = ${value}`)]);
  expect(JSON.stringify(plan)).toMatch(new RegExp(`${table}_${column}_${next}_idx|Payout_waiting`));
  expect(JSON.stringify(plan)).not.toContain('Seq Scan');
});
