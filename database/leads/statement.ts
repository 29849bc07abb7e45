import { disputeOpen } from '../../domain/dispute.ts';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { sum } from '../../domain/money.ts';
import { referralLines, referralTotals, type AccountStanding, type ReferralLine } from '../../domain/referral-statement.ts';
import { heldAccounts } from '../bank/destinations.ts';
import type { Db, Tx } from '../open.ts';

export interface ReferralStatement {
  readonly lines: readonly ReferralLine[];
  readonly leftCents: number;
  readonly dueCents: number;
  readonly toComeCents: number;
}

/** I8: everything a member's projects have brought and will bring them, oldest project first. `leadId`: of one lead alone. `now` in ms. */
export async function referralStatement(db: Db | Tx, memberId: string, now: number, leadId?: string): Promise<ReferralStatement> {
  const referrals = await db.referral.findMany({
    where: { memberId, projectId: { not: null }, ...(leadId ? { leadId } : {}) }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: {
      project: {
        include: {
          company: { select: { name: true } }, rounds: { select: { clientQuotes: { where: { state: 'signed' }, select: { feeCents: true } } } },
          clientInvoices: { orderBy: { createdAt: 'asc' }, include: { memberInvoices: { select: { feeCents: true } }, payments: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: { payouts: { where: { kind: 'referral', memberId } } } } } },
        },
      },
    },
  });
  const account = await accountOf(db, memberId, now);
  const lines = referrals.flatMap(({ project, level, rateBp }) => {
    if (!project) return [];
    const signed = project.rounds.flatMap(({ clientQuotes }) => clientQuotes.map(({ feeCents }) => feeCents));
    return referralLines({
      projectId: project.id, ref: project.ref, title: project.title, clientName: project.company.name, level, rateBp, over: isOver(projectLifecycle, project.stage), signedFeeCents: signed.length > 0 ? sum(signed) : null,
      invoices: project.clientInvoices.map((invoice) => ({
        id: invoice.id, name: invoice.number ?? invoice.ref, state: invoice.state, totalCents: invoice.totalCents, paidCents: invoice.paidCents, dueAt: invoice.dueAt, disputed: disputeOpen(invoice),
        // Until it is issued, the fee is that of the amounts gathered so far.
        feeCents: invoice.state === 'gathering' ? sum(invoice.memberInvoices.map(({ feeCents }) => feeCents)) : invoice.feeCents,
        payouts: invoice.payments.flatMap(({ payouts }) => payouts),
      })),
    }, account, now);
  });
  return { lines, ...referralTotals(lines) };
}

async function accountOf(db: Db | Tx, memberId: string, now: number): Promise<AccountStanding> {
  const billing = await db.billingEntity.findUnique({ where: { memberId }, select: { ibanEncrypted: true } });
  if (!billing || billing.ibanEncrypted === '') return 'none';
  return (await heldAccounts(db, [memberId], now)).has(memberId) ? 'held' : 'ready';
}
