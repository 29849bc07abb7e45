import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import type { Db } from '../open.ts';

/** S6, over [from, until[: counts are whole, revenue and fees in cents excluding tax, times in seconds; null when nothing happened. docs/figures.md defines each. */
export interface Figures {
  readonly firstQuoteSeconds: number | null;
  readonly rounds: number;
  readonly within: number;
  readonly answered: number;
  readonly signed: number;
  readonly revenueCents: number;
  readonly feeCents: number;
  readonly paymentSeconds: number | null;
  readonly decided: number;
  readonly accepted: number;
}

/** Reads indexes on dates only, within the period. */
export async function readFigures(db: Db, from: Date, until: Date): Promise<Figures> {
  const [quotes, answers, issued, paid, members] = await Promise.all([
    db.$queryRaw<Pick<Figures, 'firstQuoteSeconds' | 'rounds' | 'within'>[]>`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r."clockStartedAt" - p."publishedAt")::float8) FILTER (WHERE r."number" = 0 AND p."publishedAt" IS NOT NULL) AS "firstQuoteSeconds",
        count(*)::int AS rounds, count(*) FILTER (WHERE r."sentAt" <= r."clockStartedAt" + interval '24 hours')::int AS within
      FROM "QuoteRound" r JOIN "Project" p ON p."id" = r."projectId" WHERE r."clockStartedAt" >= ${from} AND r."clockStartedAt" < ${until}`,
    db.$queryRaw<Pick<Figures, 'answered' | 'signed'>[]>`
      SELECT count(*) FILTER (WHERE "state" IN ('signed', 'declined', 'expired'))::int AS answered, count(*) FILTER (WHERE "state" = 'signed')::int AS signed
      FROM "ClientQuote" WHERE "answeredAt" >= ${from} AND "answeredAt" < ${until}`,
    db.$queryRaw<Pick<Figures, 'revenueCents' | 'feeCents'>[]>`
      SELECT coalesce(sum(net), 0)::float8 AS "revenueCents", coalesce(sum(fee), 0)::float8 AS "feeCents" FROM (
        SELECT "membersCents"::bigint + "feeCents" AS net, "feeCents"::bigint AS fee FROM "ClientInvoice" WHERE "issuedAt" >= ${from} AND "issuedAt" < ${until}
        UNION ALL SELECT -("membersCents"::bigint + "feeCents"), -"feeCents"::bigint FROM "CreditNote" WHERE "issuedAt" >= ${from} AND "issuedAt" < ${until}) invoiced`,
    db.$queryRaw<Pick<Figures, 'paymentSeconds'>[]>`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "paidAt" - "issuedAt")::float8) AS "paymentSeconds"
      FROM "ClientInvoice" WHERE "paidAt" >= ${from} AND "paidAt" < ${until}`,
    db.$queryRaw<Pick<Figures, 'decided' | 'accepted'>[]>`
      SELECT count(*)::int AS decided, count(*) FILTER (WHERE "state" IN ('active', 'blocked'))::int AS accepted FROM "Member" WHERE "decidedAt" >= ${from} AND "decidedAt" < ${until}`,
  ]);
  return { firstQuoteSeconds: null, rounds: 0, within: 0, answered: 0, signed: 0, revenueCents: 0, feeCents: 0, paymentSeconds: null, decided: 0, accepted: 0, ...quotes[0], ...answers[0], ...issued[0], ...paid[0], ...members[0] };
}

/** S6: how many projects stand in each stage now, in the order of a project's life; those that are over are not counted. */
export async function readOpenStages(db: Db): Promise<{ stage: string; projects: number }[]> {
  const open = projectLifecycle.states.filter((stage) => !projectLifecycle.ends.some((end) => end === stage));
  const counted = await db.project.groupBy({ by: ['stage'], where: { stage: { in: [...open] } }, _count: { _all: true } });
  return open.flatMap((stage) => {
    const projects = counted.find((one) => one.stage === stage)?._count._all ?? 0;
    return projects > 0 ? [{ stage, projects }] : [];
  });
}
