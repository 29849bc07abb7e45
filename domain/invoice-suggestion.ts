import { leftToInvoice, type Allowance } from './allowance.ts';
import { allocate, share } from './money.ts';

/** I1: an invoice the quote's own payment schedule suggests next. */
export interface SuggestedInvoice {
  readonly why: 'deposit' | 'instalment' | 'same_again' | 'balance';
  readonly kind: 'deposit' | 'progress' | 'balance';
  /** Excluding tax. */
  readonly amountCents: number;
  /** Of an instalment: which, of how many. */
  readonly number?: number;
  readonly of?: number;
}

export interface Scheduled extends Allowance {
  /** end | deposit_balance | instalments, as the member's quote says. */
  readonly schedule: string;
  /** Share asked at the start, in basis points; the customary 30 % when the quote names none. */
  readonly depositBp: number | null;
  /** How many instalments the quote names; null: it does not. */
  readonly instalments: number | null;
}

const customaryDepositBp = 3_000;

/** I1, Q3: what to invoice next by the schedule of the quote, the likeliest first; nothing once everything is. Following the first one ends at what was accepted, to the cent. */
export function suggestInvoices({ schedule, depositBp, instalments, acceptedCents, invoiced }: Scheduled): SuggestedInvoice[] {
  const left = leftToInvoice({ acceptedCents, invoiced });
  if (left === 0) return [];
  const standing = invoiced.filter(({ state }) => state !== 'cancelled');
  // An only invoice is no balance of anything.
  const balance: SuggestedInvoice = { why: 'balance', kind: standing.length > 0 ? 'balance' : 'progress', amountCents: left };
  if (schedule === 'deposit_balance' && standing.length === 0) {
    const amountCents = share(acceptedCents, depositBp ?? customaryDepositBp);
    return amountCents > 0 && amountCents < left ? [{ why: 'deposit', kind: 'deposit', amountCents }, balance] : [balance];
  }
  if (schedule === 'instalments') return [...instalment(acceptedCents, left, standing.map(({ amountCents }) => amountCents), instalments), balance];
  return [balance];
}

function instalment(acceptedCents: number, left: number, standing: readonly number[], of: number | null): SuggestedInvoice[] {
  if (of === null) {
    const last = standing.at(-1) ?? 0;
    return last > 0 && last < left ? [{ why: 'same_again', kind: 'progress', amountCents: last }] : [];
  }
  const amountCents = allocate(acceptedCents, Array.from({ length: of }, () => 1))[standing.length] ?? 0;
  return standing.length < of - 1 && amountCents > 0 && amountCents < left ? [{ why: 'instalment', kind: 'progress', amountCents, number: standing.length + 1, of }] : [];
}
