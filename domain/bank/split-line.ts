import { sum } from '../money.ts';
import { Problem } from '../problem.ts';
import type { MatchedPart } from './match.ts';

export type SplitPart = MatchedPart;

interface KnownObjects {
  /** Invoices that may take a payment, with what is left on each. */
  readonly invoices: ReadonlyMap<string, { readonly number: string; readonly leftCents: number }>;
  readonly payouts: ReadonlyMap<string, { readonly name: string; readonly state: string; readonly cents: number }>;
  /** Payments of clients that the bank may take back. */
  readonly received?: ReadonlyMap<string, { readonly cents: number }>;
}

/**
 * Holds what a person says of a line against it and against what it would pay. `amountCents` signed: what comes in is positive.
 * @throws Problem `line_nothing_matched`; `amount_invalid`; `form_invalid` (something stands twice); `match_wrong_way`; `match_above_line` (details: overCents);
 * `match_not_open`; `allocation_above_due` (number, leftCents); `payment_taken_back`; `payout_not_sent` (name)
 */
export function checkSplit(amountCents: number, parts: readonly SplitPart[], { invoices, payouts, received }: KnownObjects): void {
  if (parts.length === 0) throw new Problem('line_nothing_matched', 'nothing to match with');
  if (new Set(parts.map(({ id }) => id)).size !== parts.length) throw new Problem('form_invalid', 'something stands twice', { fields: 'parts' });
  for (const { kind, id, cents } of parts) {
    if (!Number.isSafeInteger(cents) || cents <= 0) throw new Problem('amount_invalid', `${cents} cents is not an amount`);
    if ((kind === 'payout' || kind === 'taken_back') !== amountCents < 0) throw new Problem('match_wrong_way', `a ${kind} for ${amountCents} cents`);
    if (kind === 'payment') {
      const invoice = invoices.get(id);
      if (!invoice) throw new Problem('match_not_open', `${id} takes no payment`, { number: id });
      if (cents > invoice.leftCents) throw new Problem('allocation_above_due', `${cents} cents on ${invoice.number}`, { number: invoice.number, leftCents: invoice.leftCents });
      continue;
    }
    if (kind === 'taken_back') {
      if (received?.get(id)?.cents !== cents) throw new Problem('payment_taken_back', `${id} is no payment of ${cents} cents that can be taken back`);
      continue;
    }
    const payout = payouts.get(id);
    if (!payout) throw new Problem('not_found', `no payout ${id}`);
    // A transfer is whole: it left or came back, never a part of it.
    const standing = kind === 'payout' ? payout.state === 'sent' : ['sent', 'paid'].includes(payout.state);
    if (!standing || payout.cents !== cents) throw new Problem('payout_not_sent', `the payout to ${payout.name} is ${payout.state}, ${payout.cents} cents`, { name: payout.name });
  }
  const over = sum(parts.map(({ cents }) => cents)) - Math.abs(amountCents);
  if (over > 0) throw new Problem('match_above_line', `${over} cents more than the line`, { overCents: over });
}

export interface PaidByLine extends MatchedPart {
  /** What was due on the invoice, and whose it is. */
  readonly dueCents: number;
  readonly companyId: string;
}

/**
 * I12: what came in above all that a line pays may be kept as its client's credit, by the last payment of it. Null where that cannot be said: nothing is
 * left, an invoice of the line would still have something due, or the line pays several clients, or something else than invoices.
 */
export function excessKeeper(amountCents: number, parts: readonly PaidByLine[]): { readonly id: string; readonly keptCents: number } | null {
  const keptCents = amountCents - sum(parts.map(({ cents }) => cents));
  const last = parts.at(-1);
  if (!last || keptCents <= 0) return null;
  const whole = parts.every(({ kind, cents, dueCents, companyId }) => kind === 'payment' && cents === dueCents && companyId === last.companyId);
  return whole ? { id: last.id, keptCents } : null;
}
