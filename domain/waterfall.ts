import { earned, moved, openAccount, standing, type BilledInvoice, type InvoiceMovement } from './invoice-account.ts';
import { proportion, sum } from './money.ts';
import { splitPayment } from './payments.ts';
import { vatFallingDue } from './vat.ts';

export interface WaterfallInvoice {
  /** Including tax. */
  readonly totalCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
  readonly memberInvoices: readonly { readonly id: string; readonly amountCents: number; readonly totalCents: number }[];
  /** In the order they were recorded, with what was really set aside for each: `memberInvoiceId` null is the referrer's. */
  readonly payments: readonly { readonly id: string; readonly amountCents: number; readonly payouts: readonly { readonly memberInvoiceId: string | null; readonly amountCents: number }[] }[];
}

/** Who gets what of one movement, in cents. */
export interface WaterfallStep {
  readonly paymentId: string;
  readonly amountCents: number;
  readonly paidBeforeCents: number;
  readonly members: readonly { readonly id: string; readonly exclTaxCents: number; readonly vatCents: number; readonly cents: number }[];
  readonly referralCents: number;
  readonly ownFeeCents: number;
  /** The client's VAT that falls due with the payment. */
  readonly vatDueCents: number;
  /** What OFF-WORKS keeps of it for the State once members' VAT is deducted; negative when it advances theirs (reverse charge). */
  readonly netVatCents: number;
  /** The payment less every part: zero, or what was set aside is not what the rule says. */
  readonly differenceCents: number;
}

/**
 * I7, I8, I9: the rule of each payment (domain/payments) held against what was really set aside. Parts come from the payouts, fee and VAT from the
 * rule, so a payout that is not what it should be shows as a difference.
 */
export function waterfall({ totalCents, feeCents, vatCents, memberInvoices, payments }: WaterfallInvoice): WaterfallStep[] {
  let paidBeforeCents = 0;
  return payments.map(({ id, amountCents, payouts }) => {
    const before = paidBeforeCents;
    const after = before + amountCents;
    paidBeforeCents = after;
    const split = splitPayment({ invoiceTotalCents: totalCents, paidBeforeCents: before, paymentCents: amountCents, memberInvoices, feeCents, referralRateBp: null });
    const referralCents = sum(payouts.filter(({ memberInvoiceId }) => memberInvoiceId === null).map((payout) => payout.amountCents));
    const members = memberInvoices.map((invoice) => {
      const cents = sum(payouts.filter(({ memberInvoiceId }) => memberInvoiceId === invoice.id).map((payout) => payout.amountCents));
      const exclTaxCents = proportion(invoice.amountCents, after, totalCents) - proportion(invoice.amountCents, before, totalCents);
      return { id: invoice.id, exclTaxCents, vatCents: cents - exclTaxCents, cents };
    });
    const ownFeeCents = split.feeCents - referralCents;
    return {
      paymentId: id, amountCents, paidBeforeCents: before, members, referralCents, ownFeeCents, netVatCents: split.netVatCents,
      vatDueCents: vatFallingDue({ invoiceVatCents: vatCents, invoiceTotalCents: totalCents, paidBeforeCents: before, paymentCents: amountCents }),
      differenceCents: amountCents - sum(members.map(({ cents }) => cents)) - referralCents - ownFeeCents - split.netVatCents,
    };
  });
}

/**
 * I12: the same once credit notes, payments taken back or losses have moved what earlier payments were worth: what each movement changes by the rule.
 * What was really set aside is held against the whole account then (`payoutChange`), and not against each movement.
 */
export function movementSteps(billed: BilledInvoice, movements: readonly { readonly id: string; readonly movement: InvoiceMovement; readonly referralCents: number }[]): WaterfallStep[] {
  let account = openAccount(billed);
  return movements.map(({ id, movement, referralCents }) => {
    const before = account;
    account = moved(before, movement);
    const [was, is] = [earned(before), earned(account)];
    const rates = standing(account).parts;
    const members = is.members.map((member, index) => {
      const cents = member.cents - (was.members[index]?.cents ?? 0);
      const part = rates[index];
      const exclTaxCents = part && part.totalCents > 0 ? proportion(cents, part.amountCents, part.totalCents) : cents;
      return { id: member.id, exclTaxCents, vatCents: cents - exclTaxCents, cents };
    });
    const feeCents = is.feeCents - was.feeCents;
    const amountCents = account.paidCents - before.paidCents;
    return {
      paymentId: id, amountCents, paidBeforeCents: before.paidCents, members, referralCents, ownFeeCents: feeCents - referralCents, vatDueCents: is.vatDueCents - was.vatDueCents,
      netVatCents: amountCents - feeCents - sum(members.map(({ cents }) => cents)), differenceCents: 0,
    };
  });
}
