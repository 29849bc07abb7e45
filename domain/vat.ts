import { share } from './money.ts';

export type MemberVatRegime = 'standard' | 'franchise';
export type ClientVatTreatment = 'domestic' | 'reverse_charge';

/** The VAT a member charges OFF-WORKS: none under the franchise (CGI 293 B). Cents. */
export function memberVat(invoice: { amountCents: number; regime: MemberVatRegime; rateBp: number }): number {
  return invoice.regime === 'franchise' ? 0 : share(invoice.amountCents, invoice.rateBp);
}

/** OFF-WORKS sells in its own name: VAT on the whole, unless the client owes it (CGI 283-2). Cents. */
export function clientVat(invoice: { amountCents: number; treatment: ClientVatTreatment; rateBp: number }): number {
  return invoice.treatment === 'reverse_charge' ? 0 : share(invoice.amountCents, invoice.rateBp);
}
