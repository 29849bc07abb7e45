import { proportion, share, sum } from './money.ts';
import { Problem } from './problem.ts';

export interface ReceivedPayment {
  /** The client's invoice, including tax. */
  readonly invoiceTotalCents: number;
  readonly paidBeforeCents: number;
  readonly paymentCents: number;
  /** The members' invoices it bills on, including each member's own tax. */
  readonly memberInvoices: readonly { readonly id: string; readonly totalCents: number }[];
  /** OFF-WORKS's fee on it, excluding tax. */
  readonly feeCents: number;
  /** Null where nobody brought the project. */
  readonly referralRateBp: number | null;
}

/** What one payment adds for each. Deltas, in cents. */
export interface PaymentSplit {
  readonly members: readonly { readonly id: string; readonly cents: number }[];
  /** The whole fee's part, of which `referralCents` for the referrer and `ownFeeCents` for OFF-WORKS. */
  readonly feeCents: number;
  readonly referralCents: number;
  readonly ownFeeCents: number;
  /** VAT collected from the client less the members' own VAT: what OFF-WORKS keeps for the State, or has to get back from it. */
  readonly netVatCents: number;
}

/**
 * I7, I8: splits a payment pro rata: the rounded share of everything received so far, less that of everything before. So no part is ever negative,
 * whatever the order and size of the payments, and once the invoice is paid each member's invoice, the fee and the referral are settled exactly.
 *
 * I9: payment = members + fee (OFF-WORKS's and the referrer's) + net VAT, always. The net VAT is what is left, so it carries the rounding of the
 * others (half a cent each at most until the last payment) and **may be negative**: a client under the reverse charge pays no VAT while
 * members' invoices carry theirs, which OFF-WORKS advances and deducts.
 * @throws Problem `amount_invalid`; `amount_above_due` with details.leftCents
 */
export function splitPayment(payment: ReceivedPayment): PaymentSplit {
  const { invoiceTotalCents, paidBeforeCents, paymentCents, memberInvoices, feeCents, referralRateBp } = payment;
  if (!Number.isSafeInteger(paymentCents) || paymentCents <= 0) throw new Problem('amount_invalid', `${paymentCents} cents is not a payment`);
  const leftCents = invoiceTotalCents - paidBeforeCents;
  if (paymentCents > leftCents) throw new Problem('amount_above_due', `${paymentCents} cents received, ${leftCents} due`, { leftCents });

  const paidCents = paidBeforeCents + paymentCents;
  const settled = (cents: number, paid: number): number => proportion(cents, paid, invoiceTotalCents);
  // A share of the settled fee, and not of the payment: the referrer's part can then never outgrow the fee it comes from.
  const referred = (paid: number): number => share(settled(feeCents, paid), referralRateBp ?? 0);

  const members = memberInvoices.map(({ id, totalCents }) => ({ id, cents: settled(totalCents, paidCents) - settled(totalCents, paidBeforeCents) }));
  const fee = settled(feeCents, paidCents) - settled(feeCents, paidBeforeCents);
  const referralCents = referred(paidCents) - referred(paidBeforeCents);
  return {
    members,
    feeCents: fee,
    referralCents,
    ownFeeCents: fee - referralCents,
    netVatCents: paymentCents - fee - sum(members.map(({ cents }) => cents)),
  };
}
