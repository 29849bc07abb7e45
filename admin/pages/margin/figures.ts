import { Prisma } from '@prisma/client';
import type { Db } from '../../../database/open.ts';
import type { Place } from '../finance/keyset.ts';
import type { Scope } from '../finance/scope.ts';

/** The projects that have a contract: the others have no margin to speak of. */
const underContract = Prisma.sql`p."stage" IN ('running', 'settling', 'closed')`;
/** How many projects are added up at most, the newest ones. */
export const mostAdded = 5_000;

/** Cents. Fee and members' work excluding tax. */
export interface Margin {
  readonly membersCents: number;
  readonly feeQuotedCents: number;
  readonly feeInvoicedCents: number;
  /** The fee's part of what clients have paid. */
  readonly feeReceivedCents: number;
  readonly referralCents: number;
  /** Interest and indemnity told to clients who are late. */
  readonly lateCents: number;
  readonly vatCollectedCents: number;
  readonly leftToInvoiceCents: number;
}

export interface ProjectMargin extends Margin {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly stage: string;
  readonly createdAt: Date;
  readonly company: string;
  readonly manager: string | null;
}

export interface Period { readonly from: Date | null; readonly until: Date | null }

function chosen(scope: Scope, { from, until }: Period, place: Place | null, take: number): Prisma.Sql {
  return Prisma.sql`
    SELECT p."id", p."ref", p."title", p."stage", p."createdAt", p."companyId", p."accountManagerId" FROM "Project" p
    WHERE ${underContract}
      ${from ? Prisma.sql`AND p."createdAt" >= ${from}` : Prisma.empty} ${until ? Prisma.sql`AND p."createdAt" < ${until}` : Prisma.empty}
      ${scope.companyIds ? Prisma.sql`AND p."companyId" = ANY(${[...scope.companyIds]})` : Prisma.empty} ${scope.managerId ? Prisma.sql`AND p."accountManagerId" = ${scope.managerId}` : Prisma.empty}
      ${place ? Prisma.sql`AND (p."createdAt", p."id") < (${place.at}, ${place.id})` : Prisma.empty}
    ORDER BY p."createdAt" DESC, p."id" DESC LIMIT ${take}`;
}

/** Money of each chosen project, in one statement: every part is read by an index on the project or on what belongs to it. */
const withMoney = (projects: Prisma.Sql): Prisma.Sql => Prisma.sql`
  WITH chosen AS (${projects})
  SELECT c.*, q.*, i.*, r.*, v.*, greatest(0, q."membersCents" + q."feeQuotedCents" - i."invoicedCents") AS "leftToInvoiceCents" FROM chosen c
  CROSS JOIN LATERAL (
    SELECT coalesce(sum((SELECT sum(m."acceptedCents") FROM "MemberQuote" m WHERE m."roundId" = o."id" AND m."state" = 'accepted')), 0) AS "membersCents",
      coalesce(sum((SELECT sum(g."feeCents") FROM "ClientQuote" g WHERE g."roundId" = o."id" AND g."state" = 'signed')), 0) AS "feeQuotedCents"
    FROM "QuoteRound" o WHERE o."projectId" = c."id") q
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(n."feeCents" - k."feeCents"), 0) AS "feeInvoicedCents", coalesce(sum(n."membersCents" + n."feeCents" - k."netCents"), 0) AS "invoicedCents", coalesce(sum(n."interestCents" + n."indemnityCents"), 0) AS "lateCents",
      -- As domain/payments settles it: the rounded share of all that was paid of each invoice.
      coalesce(sum(CASE WHEN n."totalCents" = n."creditedCents" THEN 0 ELSE round((n."feeCents" - k."feeCents")::numeric * n."paidCents" / (n."totalCents" - n."creditedCents")) END), 0) AS "feeReceivedCents"
    FROM "ClientInvoice" n
    CROSS JOIN LATERAL (SELECT coalesce(sum(x."feeCents"), 0) AS "feeCents", coalesce(sum(x."feeCents" + x."membersCents"), 0) AS "netCents" FROM "CreditNote" x WHERE x."clientInvoiceId" = n."id") k
    WHERE n."projectId" = c."id" AND n."state" <> 'gathering') i
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(s."amountCents"), 0) AS "referralCents" FROM "Referral" f JOIN "Payout" s ON s."referralId" = f."id" AND s."state" <> 'cancelled' WHERE f."projectId" = c."id") r
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(l."creditCents" - l."debitCents"), 0) AS "vatCollectedCents" FROM "LedgerEntry" e JOIN "LedgerLine" l ON l."entryId" = e."id" AND l."account" = 'vat_collected' WHERE e."projectId" = c."id") v`;

const money = ['membersCents', 'feeQuotedCents', 'feeInvoicedCents', 'feeReceivedCents', 'referralCents', 'lateCents', 'vatCollectedCents', 'leftToInvoiceCents'] as const;
const amounts = (row: Record<string, unknown>): Margin => Object.fromEntries(money.map((name) => [name, Number(row[name] ?? 0)])) as unknown as Margin;

/** One page of projects with their money, newest first. */
export async function projectMargins(db: Db, scope: Scope, period: Period, place: Place | null, take: number): Promise<ProjectMargin[]> {
  const rows = await db.$queryRaw<(Record<string, unknown> & Omit<ProjectMargin, keyof Margin>)[]>`
    SELECT w.*, y."name" AS "company", s."name" AS "manager" FROM (${withMoney(chosen(scope, period, place, take))}) w
    JOIN "Company" y ON y."id" = w."companyId" LEFT JOIN "Staff" s ON s."id" = w."accountManagerId" ORDER BY w."createdAt" DESC, w."id" DESC`;
  return rows.map(({ id, ref, title, stage, createdAt, company, manager, ...row }) => ({ id, ref, title, stage, createdAt, company, manager, ...amounts(row) }));
}

/** The same added up over the whole period; `capped` when only the newest projects of it were. */
export async function marginTotals(db: Db, scope: Scope, period: Period): Promise<Margin & { count: number; capped: boolean }> {
  const [row] = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT count(*)::int AS count, ${Prisma.join(money.map((name) => Prisma.raw(`sum(w."${name}") AS "${name}"`)))} FROM (${withMoney(chosen(scope, period, null, mostAdded))}) w`;
  const count = Number(row?.count ?? 0);
  return { ...amounts(row ?? {}), count, capped: count >= mostAdded };
}
