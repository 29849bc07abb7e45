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

export async function leftOnProject(tx: Tx, projectId: string): Promise<LeftOnProject> {
  const accepted = await tx.memberQuote.aggregate({ where: { round: { projectId }, state: 'accepted' }, _sum: { acceptedCents: true } });
  const invoiced = await tx.memberInvoice.aggregate({ where: { projectId, state: { not: 'cancelled' } }, _sum: { amountCents: true } });
  return {
    leftCents: (accepted._sum.acceptedCents ?? 0) - (invoiced._sum.amountCents ?? 0),
    openInvoices: await tx.memberInvoice.count({ where: { projectId, state: { in: ['preview', 'anomaly'] } } }),
    openRounds: await tx.quoteRound.count({ where: { projectId, state: { in: ['collecting', 'validating', 'sent'] } } }),
    unsettled: await tx.clientInvoice.count({ where: { projectId, state: { not: 'settled' } } }),
  };
}
