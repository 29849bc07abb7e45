import type { Db } from '../database/open.ts';

export interface ProjectFigures {
  /** One line per account: what went in and out of it, in cents. */
  readonly accounts: readonly { readonly account: string; readonly debitCents: number; readonly creditCents: number }[];
  readonly clientPaidCents: number;
  /** The members' work, excluding tax. */
  readonly membersCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
  /** What the members were paid, their own VAT included. */
  readonly payoutsCents: number;
  /** Client paid = members + fee + VAT, and the ledger balances (I9). */
  readonly holds: boolean;
}

/** What a project's ledger and invoices say once it is closed. */
export async function figuresOf(db: Db, projectId: string): Promise<ProjectFigures> {
  const lines = await db.ledgerLine.findMany({ where: { entry: { projectId } } });
  const accounts = [...new Set(lines.map(({ account }) => account))].sort().map((account) => {
    const own = lines.filter((line) => line.account === account);
    return { account, debitCents: total(own.map(({ debitCents }) => debitCents)), creditCents: total(own.map(({ creditCents }) => creditCents)) };
  });
  const invoices = await db.clientInvoice.findMany({ where: { projectId }, include: { payments: true } });
  const payouts = await db.payout.findMany({ where: { state: 'sent', payment: { clientInvoice: { projectId } } } });
  const clientPaidCents = total(invoices.flatMap(({ payments }) => payments).map(({ amountCents }) => amountCents));
  const membersCents = total(invoices.map((invoice) => invoice.membersCents));
  const feeCents = total(invoices.map((invoice) => invoice.feeCents));
  const vatCents = total(invoices.map((invoice) => invoice.vatCents));
  const balanced = total(accounts.map(({ debitCents, creditCents }) => debitCents - creditCents)) === 0;
  return {
    accounts, clientPaidCents, membersCents, feeCents, vatCents, payoutsCents: total(payouts.map(({ amountCents }) => amountCents)),
    holds: balanced && clientPaidCents > 0 && clientPaidCents === membersCents + feeCents + vatCents,
  };
}

const total = (cents: readonly number[]): number => cents.reduce((sum, one) => sum + one, 0);
