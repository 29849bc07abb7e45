import { Prisma } from '@prisma/client';
import type { Db } from '../../../database/open.ts';
import { ageBuckets, dueDatesOf, type AgeBucket } from '../../../domain/invoice-age.ts';
import type { Scope } from '../finance/scope.ts';

/** How many open invoices are added up at most, those due first. */
export const mostCounted = 20_000;
const mostClients = 20;

export interface AgeTotal { readonly count: number; readonly cents: number }
export interface ClientAge { readonly companyId: string; readonly handle: string; readonly name: string; readonly cents: number; readonly byBucket: Readonly<Record<AgeBucket, number>> }

/** What is open by age, and by the clients who owe most. Amounts including tax, in cents. */
export async function ageTotals(db: Db, scope: Scope, at: Date): Promise<{ buckets: Record<AgeBucket, AgeTotal>; clients: ClientAge[]; capped: boolean }> {
  const bucket = Prisma.sql`CASE ${Prisma.join(ageBuckets.slice(0, -1).map((name) => Prisma.sql`WHEN i."dueAt" >= ${dueDatesOf(name, at).from} THEN ${name}`), ' ')} ELSE ${'late_more'} END`;
  const open = Prisma.sql`
    SELECT p."companyId", ${bucket} AS bucket, i."totalCents" - i."creditedCents" - i."writtenOffCents" - i."paidCents" AS cents
    FROM "ClientInvoice" i JOIN "Project" p ON p."id" = i."projectId"
    WHERE i."state" IN ('issued', 'part_paid') AND i."dueAt" IS NOT NULL
      ${scope.companyIds ? Prisma.sql`AND p."companyId" = ANY(${[...scope.companyIds]})` : Prisma.empty} ${scope.managerId ? Prisma.sql`AND p."accountManagerId" = ${scope.managerId}` : Prisma.empty}
    ORDER BY i."dueAt", i."id" LIMIT ${mostCounted}`;
  const [byBucket, byClient] = await Promise.all([
    db.$queryRaw<{ bucket: AgeBucket; count: number; cents: number }[]>`SELECT bucket, count(*)::int AS count, sum(cents)::float8 AS cents FROM (${open}) o GROUP BY bucket`,
    db.$queryRaw<{ companyId: string; handle: string; name: string; cents: number; parts: Partial<Record<AgeBucket, number>> }[]>`
      SELECT t."companyId", c."handle", c."name", t.cents, t.parts FROM (
        SELECT "companyId", sum(cents)::float8 AS cents, jsonb_object_agg(bucket, cents) AS parts
        FROM (SELECT "companyId", bucket, sum(cents)::float8 AS cents FROM (${open}) o GROUP BY "companyId", bucket) b GROUP BY "companyId"
        ORDER BY sum(cents) DESC LIMIT ${mostClients}) t JOIN "Company" c ON c."id" = t."companyId" ORDER BY t.cents DESC, c."name"`,
  ]);
  const none = <Value>(value: Value): Record<AgeBucket, Value> => Object.fromEntries(ageBuckets.map((name) => [name, value])) as Record<AgeBucket, Value>;
  return {
    buckets: { ...none({ count: 0, cents: 0 }), ...Object.fromEntries(byBucket.map(({ bucket: name, count, cents }) => [name, { count, cents }])) },
    clients: byClient.map(({ parts, ...client }) => ({ ...client, byBucket: { ...none(0), ...parts } })),
    capped: byBucket.reduce((total, { count }) => total + count, 0) >= mostCounted,
  };
}
