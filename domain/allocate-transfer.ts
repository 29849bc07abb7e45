import { sum } from './money.ts';
import { Problem } from './problem.ts';

/** An invoice a client has still to pay, whole or in part. */
export interface OpenInvoice {
  readonly ref: string;
  /** What people call it. */
  readonly number: string;
  /** Including tax. */
  readonly leftCents: number;
  /** ms */
  readonly dueAt: number;
}

export interface Allocation { readonly ref: string; readonly cents: number }

/** I6: spreads one transfer over what a client owes, what fell due first being paid first. What is too much stays apart, and is never lost. Cents. */
export function proposeAllocation(transferCents: number, open: readonly OpenInvoice[]): { allocations: Allocation[]; remainderCents: number } {
  let remainderCents = transferCents;
  const allocations: Allocation[] = [];
  for (const { ref, leftCents } of [...open].sort((a, b) => a.dueAt - b.dueAt || a.ref.localeCompare(b.ref))) {
    const cents = Math.min(remainderCents, Math.max(0, leftCents));
    if (cents > 0) allocations.push({ ref, cents });
    remainderCents -= cents;
  }
  return { allocations, remainderCents };
}

export interface TypedAllocation {
  readonly transferCents: number;
  readonly allocations: readonly Allocation[];
  /** As things stand now. */
  readonly open: readonly OpenInvoice[];
  /** What an earlier, interrupted post of the same form recorded already, by reference: it is done, and may not be changed. */
  readonly recorded: ReadonlyMap<string, number>;
}

/**
 * Holds a typed allocation against the transfer and the invoices, before anything is recorded: what remains to record, in the order given.
 * @throws Problem `amount_invalid`; `not_found` an invoice that is not open; `transfer_begun` (details: number, amountCents); `allocation_above_due`
 * (number, leftCents); `transfer_above_open` (overCents, openCents); `transfer_exceeded` (overCents); `transfer_remainder` (leftCents)
 */
export function checkAllocation({ transferCents, allocations, open, recorded }: TypedAllocation): Allocation[] {
  for (const cents of [transferCents, ...allocations.map((one) => one.cents)]) {
    if (!Number.isSafeInteger(cents) || cents <= 0) throw new Problem('amount_invalid', `${cents} cents is not an amount`);
  }
  if (new Set(allocations.map(({ ref }) => ref)).size !== allocations.length) throw new Problem('form_invalid', 'an invoice stands twice', { fields: 'allocations' });
  const known = new Map(open.map((invoice) => [invoice.ref, invoice]));
  for (const [ref, cents] of recorded) {
    if (allocations.find((one) => one.ref === ref)?.cents !== cents) {
      throw new Problem('transfer_begun', `${cents} cents are recorded on ${ref} already`, { number: known.get(ref)?.number ?? ref, amountCents: cents });
    }
  }
  const toRecord = allocations.filter(({ ref }) => !recorded.has(ref));
  const openCents = sum(open.map(({ leftCents }) => leftCents)) + sum(recorded.values());
  if (transferCents > openCents) throw new Problem('transfer_above_open', `${transferCents} cents received, ${openCents} open`, { overCents: transferCents - openCents, openCents });
  for (const { ref, cents } of toRecord) {
    const invoice = known.get(ref);
    if (!invoice) throw new Problem('not_found', `${ref} is not open`);
    if (cents > invoice.leftCents) throw new Problem('allocation_above_due', `${cents} cents on ${ref}, ${invoice.leftCents} left`, { number: invoice.number, leftCents: invoice.leftCents });
  }
  const difference = transferCents - sum(allocations.map(({ cents }) => cents));
  if (difference < 0) throw new Problem('transfer_exceeded', `${-difference} cents more than the transfer`, { overCents: -difference });
  if (difference > 0) throw new Problem('transfer_remainder', `${difference} cents of the transfer are on no invoice`, { leftCents: difference });
  return toRecord;
}
