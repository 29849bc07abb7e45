import { Problem } from '../domain/problem.ts';
import type { Tx } from './open.ts';

/** Holds a client's credit still until the transaction ends. Before any row of an invoice is written, so that nobody waits for somebody who waits for them. */
export async function holdClientCredit(tx: Tx, companyId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Company" WHERE "id" = ${companyId} FOR NO KEY UPDATE`;
}

export interface CreditMove {
  /** One movement, written once. */
  readonly key: string;
  readonly companyId: string;
  /** The invoice whose money it is. */
  readonly clientInvoiceId: string;
  readonly kind: 'kept' | 'used' | 'refunded' | 'taken_back' | 'given_back';
  /** Signed. */
  readonly amountCents: number;
  readonly paymentId?: string;
  readonly creditNoteId?: string;
  readonly reference?: string;
  readonly reason?: string;
  readonly happenedOn: Date;
  readonly by: string;
  readonly at: number;
}

/** I12: money is kept for a client, used, or leaves. The credit is held still by whoever calls. */
export async function moveClientCredit(tx: Tx, { by, at, ...move }: CreditMove): Promise<void> {
  await tx.clientCredit.create({ data: { ...move, createdBy: by, createdAt: new Date(at) } });
  await tx.clientInvoice.update({ where: { id: move.clientInvoiceId }, data: { keptCents: { increment: move.amountCents } } });
}

export interface CreditSource { readonly clientInvoiceId: string; readonly number: string; readonly cents: number }

/** What a company has of credit, oldest first, and in all: less than the sum of its sources when a payment taken back left it owing. */
export async function clientCreditOf(tx: Pick<Tx, 'clientInvoice'>, companyId: string): Promise<{ sources: CreditSource[]; cents: number }> {
  const kept = await tx.clientInvoice.findMany({ where: { keptCents: { not: 0 }, project: { companyId } }, select: { id: true, number: true, ref: true, keptCents: true }, orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }] });
  return {
    sources: kept.filter(({ keptCents }) => keptCents > 0).map(({ id, number, ref, keptCents }) => ({ clientInvoiceId: id, number: number ?? ref, cents: keptCents })),
    cents: Math.max(0, kept.reduce((total, { keptCents }) => total + keptCents, 0)),
  };
}

/** Takes an amount from the sources, oldest first. @throws Problem `client_credit_short` (details: leftCents) */
export function takeFrom({ sources, cents }: { sources: readonly CreditSource[]; cents: number }, wantedCents: number): CreditSource[] {
  if (wantedCents > cents) throw new Problem('client_credit_short', `${wantedCents} cents asked of a credit of ${cents}`, { leftCents: cents });
  let left = wantedCents;
  return sources.flatMap((source) => {
    const taken = Math.min(left, source.cents);
    left -= taken;
    return taken > 0 ? [{ ...source, cents: taken }] : [];
  });
}
