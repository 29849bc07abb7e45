import { roundHalfUp, share } from './money.ts';

/** Q6: "17 % of the final amount of the quote", read literally, or of the members' total. */
export type FeeBasis = 'of_final_amount' | 'of_members_total';

/** OFF-WORKS's fee on a members' total (Q5, Q6). Cents and basis points in, cents out, half up. */
export function fee(membersTotalCents: number, rateBp: number, basis: FeeBasis): number {
  if (basis === 'of_members_total') return share(membersTotalCents, rateBp);
  return roundHalfUp(BigInt(membersTotalCents) * BigInt(rateBp), 10_000 - rateBp);
}

export function withFee(membersTotalCents: number, rateBp: number, basis: FeeBasis): number {
  return membersTotalCents + fee(membersTotalCents, rateBp, basis);
}

/** M8, the other way: the largest members' total whose final amount fits a client's budget. Cents. */
export function membersBudget(finalCents: number, rateBp: number, basis: FeeBasis): number {
  let members = basis === 'of_members_total' ? roundHalfUp(BigInt(finalCents) * 10_000n, 10_000 + rateBp) : finalCents - share(finalCents, rateBp);
  while (withFee(members, rateBp, basis) > finalCents) members -= 1;
  while (withFee(members + 1, rateBp, basis) <= finalCents) members += 1;
  return members;
}

/**
 * The fee that goes with one invoice of a quote: what the cumulated invoices deserve, less what the earlier ones took, so that
 * the fees of all invoices add up to the quote's fee to the cent. Cents.
 */
export function feeOfInvoice(part: { quoteMembersCents: number; quoteFeeCents: number; invoicedBeforeCents: number; amountCents: number }): number {
  const cumulated = (cents: number): number => roundHalfUp(BigInt(part.quoteFeeCents) * BigInt(cents), part.quoteMembersCents);
  return cumulated(part.invoicedBeforeCents + part.amountCents) - cumulated(part.invoicedBeforeCents);
}

/** C11: the special rate that runs at a moment, the lowest if several do; never retroactive. Basis points. */
export function applicableRate(rates: {
  defaultRateBp: number;
  specialRates: readonly { rateBp: number; from: Date; until: Date | null }[];
  at: Date;
}): number {
  const running = rates.specialRates.filter(({ from, until }) => from <= rates.at && (until === null || rates.at < until));
  return running.length === 0 ? rates.defaultRateBp : Math.min(...running.map(({ rateBp }) => rateBp));
}
