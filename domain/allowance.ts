import { sum } from './money.ts';
import { Problem } from './problem.ts';

export interface Invoiced {
  readonly amountCents: number;
  /** Of domain/lifecycle/member-invoice. A cancelled invoice frees its amount. */
  readonly state: string;
  /** What a credit note gave back of it, to be invoiced again (I12). */
  readonly givenBackCents?: number;
}

export interface Allowance {
  /** What the signed quote accepts for this member, ticked options included. */
  readonly acceptedCents: number;
  readonly invoiced: readonly Invoiced[];
}

/** I1: what a member may still invoice of an accepted quote, in cents excluding tax. Never negative. */
export function leftToInvoice({ acceptedCents, invoiced }: Allowance): number {
  const counted = invoiced.filter(({ state }) => state !== 'cancelled').map(({ amountCents, givenBackCents = 0 }) => amountCents - givenBackCents);
  return Math.max(0, acceptedCents - sum(counted));
}

/**
 * I1: may this amount (cents, excluding tax) be invoiced? Ask inside the transaction that holds the quote's row: two posts at once must not both fit.
 * @throws Problem `amount_invalid`; `amount_above_allowance` with details.leftCents
 */
export function checkAmount({ amountCents, ...allowance }: Allowance & { amountCents: number }): void {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) throw new Problem('amount_invalid', `${amountCents} cents is not an amount to invoice`);
  const leftCents = leftToInvoice(allowance);
  if (amountCents > leftCents) throw new Problem('amount_above_allowance', `${amountCents} cents asked, ${leftCents} left of the accepted quote`, { leftCents });
}
