import type { Prisma } from '@prisma/client';
import type { Tx } from '../database/open.ts';
import { hasLeft } from '../domain/lifecycle/payout.ts';
import { Problem } from '../domain/problem.ts';
import { parisDay } from './format.ts';
import type { DocumentLocale } from './kinds.ts';
import { legalAt } from './legal.ts';
import type { PayoutAdviceData } from './money-kinds.ts';
import { supplierParty } from './parties.ts';

const paid = {
  member: { include: { billing: true } }, memberInvoice: { include: { payouts: true } }, payment: { include: { clientInvoice: { include: { project: true } } } },
} satisfies Prisma.PayoutInclude;

/**
 * I7: what a payout that leaves pays its member, and of which invoice. `at`, in ms, is when it leaves.
 * @throws Problem `billing_missing`
 */
export async function buildPayoutAdvice(tx: Tx, payoutId: string, { reference, at, locale }: { reference: string; at: number; locale: DocumentLocale }): Promise<PayoutAdviceData> {
  const { kind, amountCents, member, memberInvoice, payment: { clientInvoice } } = await tx.payout.findUniqueOrThrow({ where: { id: payoutId }, include: paid });
  if (!member.billing) throw new Problem('billing_missing', `${member.handle} has no billing entity`);
  const { issuer } = await legalAt(tx, at, locale);
  const paidBeforeCents = (memberInvoice?.payouts ?? []).filter((one) => one.id !== payoutId && hasLeft(one.state)).reduce((total, one) => total + one.amountCents, 0);
  // What credit notes took back of it is owed no more (I12).
  const invoicedCents = memberInvoice ? memberInvoice.totalCents - memberInvoice.creditedTotalCents : 0;
  return {
    reference,
    paidOn: parisDay(at),
    issuer,
    member: supplierParty(member.billing),
    ibanLast4: member.billing.ibanLast4,
    lines: [{
      kind: kind === 'referral' ? 'referral' : 'services',
      invoiceNumber: memberInvoice ? (memberInvoice.number ?? memberInvoice.ref) : null,
      clientInvoiceNumber: clientInvoice.number ?? clientInvoice.ref,
      project: { ref: clientInvoice.project.ref, title: clientInvoice.project.title },
      invoice: memberInvoice && { totalCents: invoicedCents, paidBeforeCents, leftCents: invoicedCents - paidBeforeCents - amountCents },
      amountCents,
    }],
    totalCents: amountCents,
  };
}
