import type { Tx } from './open.ts';

/** What keeps a project from settling. Cents excluding tax. */
export interface LeftOnProject {
  readonly leftCents: number;
  /** Member invoices still under their window or with an anomaly. */
  readonly openInvoices: number;
  readonly openRounds: number;
  /** Client invoices not yet paid, or with payouts left to send. */
  readonly unsettled: number;
}

/** One statement, since every final invoice and every settled one asks. */
export async function leftOnProject(tx: Tx, projectId: string): Promise<LeftOnProject> {
  const [left] = await tx.$queryRaw<[LeftOnProject]>`
    SELECT
      (SELECT coalesce(sum(q."acceptedCents"), 0)::float8 FROM "MemberQuote" q JOIN "QuoteRound" r ON r."id" = q."roundId" WHERE r."projectId" = ${projectId} AND q."state" = 'accepted')
        - (SELECT coalesce(sum("amountCents" - "givenBackCents"), 0)::float8 FROM "MemberInvoice" WHERE "projectId" = ${projectId} AND "state" <> 'cancelled') AS "leftCents",
      (SELECT count(*)::int FROM "MemberInvoice" WHERE "projectId" = ${projectId} AND "state" IN ('preview', 'anomaly')) AS "openInvoices",
      (SELECT count(*)::int FROM "QuoteRound" WHERE "projectId" = ${projectId} AND "state" IN ('collecting', 'validating', 'sent')) AS "openRounds",
      (SELECT count(*)::int FROM "ClientInvoice" WHERE "projectId" = ${projectId} AND "state" NOT IN ('settled', 'cancelled')) AS "unsettled"`;
  return left;
}
