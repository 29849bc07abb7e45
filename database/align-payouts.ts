import type { Payout } from '@prisma/client';
import { earned, standing, type InvoiceAccount } from '../domain/invoice-account.ts';
import { sum } from '../domain/money.ts';
import { payoutChange, type PayoutChange } from '../domain/payouts-due.ts';
import type { AccountedInvoice } from './invoice-account.ts';
import type { Tx } from './open.ts';

interface Movement {
  readonly paymentId: string;
  readonly referral: { readonly id: string; readonly memberId: string } | null;
  /** Signed: what this movement earns the referrer. */
  readonly referralCents: number;
  readonly at: number;
}

/** I7, I8, I12: payouts say what is due now that a movement has happened. `invoice`: as it was before; answers what the movement made or took back. */
export async function alignPayouts(tx: Tx, invoice: AccountedInvoice, after: InvoiceAccount, { paymentId, referral, referralCents, at }: Movement): Promise<Payout[]> {
  const all = invoice.payments.flatMap(({ payouts }) => payouts);
  const made: Payout[] = [];
  const apply = async (change: PayoutChange, whose: { kind: 'services' | 'referral'; memberId: string; memberInvoiceId?: string; referralId?: string }): Promise<void> => {
    if (change.cancel.length > 0) await tx.payout.updateMany({ where: { id: { in: [...change.cancel] } }, data: { state: 'cancelled', heldFor: [] } });
    if (change.newCents === 0) return;
    made.push(await tx.payout.create({ data: { ...whose, paymentId, amountCents: change.newCents, state: change.newCents > 0 ? 'to_send' : 'to_recover', createdAt: new Date(at) } }));
  };
  const due = new Map(earned(after).members.map(({ id, cents }) => [id, cents]));
  const stands = new Map(standing(after).parts.map(({ id, totalCents }) => [id, totalCents]));
  for (const { id, memberId } of invoice.memberInvoices) {
    const own = all.filter(({ memberInvoiceId }) => memberInvoiceId === id);
    await apply(payoutChange(own, due.get(id) ?? 0, stands.get(id) ?? 0), { kind: 'services', memberId, memberInvoiceId: id });
  }
  if (referral) {
    const own = all.filter(({ kind }) => kind === 'referral');
    const dueCents = sum(invoice.payments.map((payment) => payment.referralCents)) + referralCents;
    await apply(payoutChange(own, dueCents), { kind: 'referral', memberId: referral.memberId, referralId: referral.id });
  }
  return made;
}
