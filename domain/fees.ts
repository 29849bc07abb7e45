import { proportion, share } from './money.ts';

/**
 * Q6: what the rate is a rate of.
 * - `of_final_amount`: fee = rate × (members' total + fee), that is members' total × rate / (1 − rate). The default.
 * - `of_members_total`: fee = rate × members' total.
 */
export type FeeBasis = 'of_final_amount' | 'of_members_total';

/**
 * OFF-WORKS's fee on a members' total, in cents, rounded half up. One rate for every line, whatever its kind (Q5).
 * fee(83_000, 1_700, 'of_final_amount') → 17_000; fee(83_000, 1_700, 'of_members_total') → 14_110.
 * @throws RangeError a rate under 0, or of 100 % and more of the final amount
 */
export function fee(membersTotalCents: number, rateBp: number, basis: FeeBasis): number {
  if (!Number.isInteger(rateBp) || rateBp < 0) throw new RangeError(`${rateBp} is not a fee rate`);
  if (basis === 'of_members_total') return share(membersTotalCents, rateBp);
  if (rateBp >= 10_000) throw new RangeError(`a fee of ${rateBp} bp leaves nothing of the final amount to the members`);
  return proportion(membersTotalCents, rateBp, 10_000 - rateBp);
}

/** What the client pays excluding tax: members' total and fee, in cents. */
export function withFee(membersTotalCents: number, rateBp: number, basis: FeeBasis): number {
  return membersTotalCents + fee(membersTotalCents, rateBp, basis);
}

/** M8: the largest members' total (cents) whose final amount excluding tax fits into the client's budget. Never negative. */
export function membersBudget(finalCents: number, rateBp: number, basis: FeeBasis): number {
  const fits = (cents: number): boolean => withFee(cents, rateBp, basis) <= finalCents;
  if (finalCents <= 0) return 0;
  const near = basis === 'of_final_amount' ? proportion(finalCents, 10_000 - rateBp, 10_000) : proportion(finalCents, 10_000, 10_000 + rateBp);
  let cents = Math.max(0, near - 2); // rounding moves the answer by a cent at most
  while (fits(cents + 1)) cents += 1;
  return cents;
}

export interface InvoiceFee {
  /** Members' total and fee of the accepted global quote, ticked options included. */
  readonly quoteMembersCents: number;
  readonly quoteFeeCents: number;
  /** What all members of the quote have invoiced before, less what credit notes gave back to be invoiced again. */
  readonly invoicedBeforeCents: number;
  /** The fee that went with it; left out when no credit note ever took a part of it. */
  readonly feeBeforeCents?: number;
  /** This invoice. */
  readonly amountCents: number;
}

/**
 * The fee that goes with one invoice, in cents: the rounded share of everything invoiced so far, less the fee of everything before.
 * The fees of all invoices of a quote therefore add up to the quote's fee to the cent, in whatever parts it is invoiced, credited and invoiced
 * again (I9). A fee credited may differ by a cent from the share of what it went with: the invoices that follow make up for it, and none has a
 * negative fee.
 * Work it out when the invoice is final, in the order invoices become final: an invoice cancelled later would leave a gap.
 */
export function feeOfInvoice({ quoteMembersCents, quoteFeeCents, invoicedBeforeCents, feeBeforeCents, amountCents }: InvoiceFee): number {
  if (quoteMembersCents === 0) return 0;
  const until = (cents: number): number => proportion(quoteFeeCents, cents, quoteMembersCents);
  return Math.max(0, until(invoicedBeforeCents + amountCents) - (feeBeforeCents ?? until(invoicedBeforeCents)));
}

/** C11: a rate agreed with one client, from a moment on and until another (excluded; null: without end). */
export interface SpecialRate {
  readonly rateBp: number;
  readonly from: Date;
  readonly until: Date | null;
}

/**
 * C11: the rate promised to what starts at `at`. A special rate counts from its own date on: what began before keeps the rate it was
 * promised. Of several that run, the one that began last; of those, the lowest.
 */
export function applicableRate({ defaultRateBp, specialRates, at }: { defaultRateBp: number; specialRates: readonly SpecialRate[]; at: Date }): number {
  const running = specialRates.filter(({ from, until }) => from <= at && (until === null || at < until));
  const [latest] = running.sort((a, b) => b.from.getTime() - a.from.getTime() || a.rateBp - b.rateBp);
  return latest?.rateBp ?? defaultRateBp;
}
