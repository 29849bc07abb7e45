import { proportion, share } from './money.ts';

export type MemberVatRegime = 'standard' | 'franchise';
export type ClientVatTreatment = 'domestic' | 'reverse_charge';

/** VAT of a member's invoice, in cents: their own rate, or none under the franchise (CGI 293 B). */
export function memberVat({ amountCents, regime, rateBp }: { amountCents: number; regime: MemberVatRegime; rateBp: number }): number {
  return regime === 'franchise' ? 0 : share(amountCents, rateBp);
}

/**
 * VAT of OFF-WORKS's quote or invoice, in cents, on the whole amount: it sells in its own name, so its members' franchise changes nothing.
 * None under the reverse charge (a business client in another country accounts for it there).
 */
export function clientVat({ amountCents, treatment, rateBp }: { amountCents: number; treatment: ClientVatTreatment; rateBp: number }): number {
  return treatment === 'reverse_charge' ? 0 : share(amountCents, rateBp);
}

/**
 * VAT on services falls due when cash comes in (CGI 269-2-c): what one payment makes due of an invoice's VAT, in cents. Worked out on what
 * was paid in all, less what earlier payments made due, so that a full payment makes the whole VAT due.
 */
export function vatFallingDue(given: { invoiceVatCents: number; invoiceTotalCents: number; paidBeforeCents: number; paymentCents: number }): number {
  const { invoiceVatCents, invoiceTotalCents, paidBeforeCents, paymentCents } = given;
  const until = (paidCents: number): number => proportion(invoiceVatCents, paidCents, invoiceTotalCents);
  return until(paidBeforeCents + paymentCents) - until(paidBeforeCents);
}
