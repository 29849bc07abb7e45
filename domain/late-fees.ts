import { daysBetween, daysLate } from './calendar.ts';
import { roundHalfUp } from './money.ts';
import { Problem } from './problem.ts';

/** I6: interest on an amount including tax, in cents: cents × rate × days / 365, rounded half up. */
export function lateInterest({ totalCents, rateBp, days }: { totalCents: number; rateBp: number; days: number }): number {
  return roundHalfUp(BigInt(totalCents) * BigInt(rateBp) * BigInt(days), 365n * 10_000n);
}

export interface LateInvoice {
  /** Including tax. */
  readonly totalCents: number;
  readonly dueAt: Date;
  readonly payments: readonly { readonly amountCents: number; readonly receivedAt: Date }[];
  readonly at: Date;
  readonly rateBp: number;
  readonly indemnityCents: number;
}

/**
 * I6: what a late invoice has gathered until `at`: interest on what stayed unpaid, day by day in Paris and rounded once, and the fixed indemnity,
 * once per invoice as soon as it is a day late (C. com. L441-10 and D441-5). Paid in time: nothing.
 */
export function lateFees({ totalCents, dueAt, payments, at, rateBp, indemnityCents }: LateInvoice): { daysLate: number; interestCents: number; indemnityCents: number } {
  const received = payments.filter(({ receivedAt }) => daysBetween(receivedAt, at) >= 0).sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  let unpaid = totalCents;
  let from = dueAt;
  let late = 0;
  let centDays = 0n;
  const upTo = (until: Date): void => {
    const days = daysLate(from, until);
    if (days <= 0) return;
    from = until;
    // While all was paid, before the bank took a payment back (I12), nothing ran.
    if (unpaid <= 0) return;
    late = daysLate(dueAt, until);
    centDays += BigInt(unpaid) * BigInt(days);
  };
  for (const { amountCents, receivedAt } of received) {
    upTo(receivedAt);
    unpaid -= amountCents;
  }
  upTo(at);
  return { daysLate: late, interestCents: roundHalfUp(centDays * BigInt(rateBp), 365n * 10_000n), indemnityCents: late > 0 ? indemnityCents : 0 };
}

export interface KeptLateFee { readonly interestCents: number; readonly indemnityCents: number; readonly receivedCents: number }

/** I6: both together, and what of them is not received yet. */
export const lateFeeCents = ({ interestCents, indemnityCents }: Pick<KeptLateFee, 'interestCents' | 'indemnityCents'>): number => interestCents + indemnityCents;
export const lateFeeLeft = (fee: KeptLateFee): number => lateFeeCents(fee) - fee.receivedCents;

/** A claim on late fees that was decided on, as it stands. */
export interface DecidedLateFee extends KeptLateFee { readonly state: string }

/** I6: what of them nobody owes any more, in cents: what was received, and what was let go. */
export const lateFeeSettled = (fee: DecidedLateFee): number => fee.receivedCents + (fee.state === 'waived' ? lateFeeLeft(fee) : 0);

/**
 * I6, I12: what an invoice due again still owes of the late fees it has gathered since it was first due: what was settled of its first delay is taken off, the indemnity
 * first: it is owed once. Cents.
 */
export function lateFeesStillOwed({ interestCents, indemnityCents }: Pick<KeptLateFee, 'interestCents' | 'indemnityCents'>, settledCents: number): Pick<KeptLateFee, 'interestCents' | 'indemnityCents'> {
  const beyondIndemnity = Math.max(0, settledCents - indemnityCents);
  return { interestCents: Math.max(0, interestCents - beyondIndemnity), indemnityCents: Math.max(0, indemnityCents - settledCents) };
}

/** I6: a receipt is all that is left of them, or a part, and never more. @throws Problem `amount_invalid`, `late_fee_above_due` (details: leftCents) */
export function lateFeeReceived(fee: KeptLateFee, amountCents: number): 'receiveLateFee' | 'receiveLateFeePart' {
  const leftCents = lateFeeLeft(fee);
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) throw new Problem('amount_invalid', `${amountCents} cents is not an amount`);
  if (amountCents > leftCents) throw new Problem('late_fee_above_due', `${amountCents} cents received of ${leftCents}`, { leftCents });
  return amountCents === leftCents ? 'receiveLateFee' : 'receiveLateFeePart';
}
