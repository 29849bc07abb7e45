import { hasLeft } from './lifecycle/payout.ts';

/**
 * I5: « paid as soon as the client pays » does not lift the ceiling the law sets on what is owed to a member (C. com. L441-10, I): staff are
 * told before it is reached, while the member has not been paid.
 */
export interface LegalDueAlarm {
  /** ms */
  readonly at: number;
  readonly memberInvoiceId: string;
  /** Which warning: 1, then 2. */
  readonly times: number;
}

const day = 86_400_000;
/** Before the day: how long at most, and never before this share of the term has passed, which only the short terms of a demonstration reach. */
const warnings = [{ before: 10 * day, share: 0.7 }, { before: day, share: 0.9 }];

/** The warnings for each member invoice, in order. Times in ms. */
export function legalDueAlarms(invoices: readonly { id: string; finalAt: number; legalDueAt: number }[]): LegalDueAlarm[] {
  return invoices
    .flatMap(({ id, finalAt, legalDueAt }) =>
      warnings.map(({ before, share }, index): LegalDueAlarm => ({ at: Math.max(legalDueAt - before, Math.round(finalAt + (legalDueAt - finalAt) * share)), memberInvoiceId: id, times: index + 1 })))
    .sort((a, b) => a.at - b.at);
}

/** Until when ahead an amount owed by law shows in staff's queue. */
export const legalDueHorizonMs = 10 * day;

/** What a member has not been paid of what stands of an invoice, in cents. */
export function stillOwed(invoice: { totalCents: number; creditedTotalCents: number; payouts: readonly { state: string; amountCents: number }[] }): number {
  return Math.max(0, invoice.totalCents - invoice.creditedTotalCents - invoice.payouts.reduce((sent, { state, amountCents }) => (hasLeft(state) ? sent + amountCents : sent), 0));
}
