import { invoiceBook, type InvoiceBook, type OpenInvoice } from './invoice-book.ts';
import { payoutBook, type PayoutBook, type SentPayout } from './payout-book.ts';
import { receivedBook, type ReceivedBook, type ReceivedPayment } from './received-book.ts';

export type { OpenInvoice } from './invoice-book.ts';
export type { SentPayout } from './payout-book.ts';

/** Why a line is thought to be what it is thought to be; each has its words in the locale files (`bank.reason.…`). */
export const matchReasons = [
  'reference', 'declared_reference', 'order_number', 'amount', 'amount_sum', 'name', 'oldest', 'part', 'more_than_due', 'end_to_end', 'batch', 'returned', 'taken_back', 'by_hand',
] as const;
export type MatchReason = (typeof matchReasons)[number];

/** `sure`: two things that do not lie agree. `likely`: the amount and the name. `possible`: one of them. */
export type Confidence = 'sure' | 'likely' | 'possible' | 'by_hand';

/** A line of a statement to make sense of. Cents signed: what comes in is positive. */
export interface LineToMatch {
  readonly id: string;
  /** As 2027-01-31. */
  readonly bookedOn: string;
  readonly amountCents: number;
  readonly counterpartyName: string;
  readonly remittance: string;
  readonly endToEndId: string;
  readonly batchId: string;
  readonly reversal: boolean;
}

/** `taken_back`: the bank takes a client's payment back. */
export type MatchKind = 'payment' | 'payout' | 'return' | 'taken_back';

/** A part of a line: what it pays, or gives back. Positive cents. */
export interface MatchedPart { readonly kind: MatchKind; readonly id: string; readonly cents: number }

export interface Proposal {
  readonly lineId: string;
  readonly parts: readonly MatchedPart[];
  readonly reasons: readonly MatchReason[];
  readonly confidence: Exclude<Confidence, 'by_hand'>;
}

/**
 * I11: what each line of a statement most likely is. Every line costs a few look-ups, however many invoices are open. What is certain is decided
 * first, so that a guess takes nothing from it; no proposal exceeds its line, and all of them together never what is due.
 */
export function proposeMatches(lines: readonly LineToMatch[], known: { readonly invoices: readonly OpenInvoice[]; readonly payouts: readonly SentPayout[]; readonly received?: readonly ReceivedPayment[] }): Proposal[] {
  const invoices = invoiceBook(known.invoices);
  const received = receivedBook(known.received ?? []);
  const payouts = payoutBook(known.payouts);
  const proposals = new Map<string, Proposal>();
  const inOrder = [...lines].sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
  for (const attempt of [certain, named, guessed]) {
    for (const line of inOrder) {
      if (proposals.has(line.id) || line.amountCents === 0) continue;
      const found = attempt(line, invoices, payouts, received);
      if (found && found.parts.length > 0) proposals.set(line.id, { lineId: line.id, ...found });
    }
  }
  return inOrder.flatMap(({ id }) => proposals.get(id) ?? []);
}

type Found = Omit<Proposal, 'lineId'> | null;

/** What says itself what it is: a number of an invoice, the identification we gave a transfer. */
function certain(line: LineToMatch, invoices: InvoiceBook, payouts: PayoutBook, received: ReceivedBook): Found {
  const cents = Math.abs(line.amountCents);
  if (line.amountCents > 0) {
    const back = payouts.returned(line.endToEndId, cents);
    if (back) return { parts: [{ kind: 'return', id: back, cents }], reasons: ['returned', 'end_to_end'], confidence: line.reversal ? 'sure' : 'likely' };
    return line.reversal ? null : invoices.byReference(line, cents);
  }
  if (line.reversal) return takenBack(received.byReference(`${line.remittance} ${line.endToEndId}`, cents), cents, ['taken_back', 'amount', 'reference'], 'sure');
  const one = payouts.byEndToEnd(line.endToEndId, cents);
  if (one) return { parts: [{ kind: 'payout', id: one, cents }], reasons: ['end_to_end', 'amount'], confidence: 'sure' };
  const group = payouts.byBatch(line.batchId, cents);
  return group && { parts: group.map((part) => ({ kind: 'payout' as const, ...part })), reasons: ['batch', 'amount_sum'], confidence: 'sure' };
}

/** The amount of something due, and the name of whoever owes it or is owed it. */
function named(line: LineToMatch, invoices: InvoiceBook, payouts: PayoutBook, received: ReceivedBook): Found {
  const cents = Math.abs(line.amountCents);
  if (line.amountCents > 0) {
    if (!line.reversal) return invoices.byNameAndAmount(line.counterpartyName, cents);
    const back = payouts.returnedByName(line.counterpartyName, cents);
    return back ? { parts: [{ kind: 'return', id: back, cents }], reasons: ['returned', 'amount', 'name'], confidence: 'likely' } : null;
  }
  if (line.reversal) return takenBack(received.byName(line.counterpartyName, cents), cents, ['taken_back', 'amount', 'name'], 'likely');
  const found = payouts.byNameAndAmount(line.counterpartyName, cents);
  return found && { parts: found.map((part) => ({ kind: 'payout' as const, ...part })), reasons: [found.length > 1 ? 'amount_sum' : 'amount', 'name'], confidence: 'likely' };
}

function takenBack(id: string | null, cents: number, reasons: readonly MatchReason[], confidence: Exclude<Confidence, 'by_hand'>): Found {
  return id === null ? null : { parts: [{ kind: 'taken_back', id, cents }], reasons, confidence };
}

/** The name alone, or an amount that only one thing has. */
function guessed(line: LineToMatch, invoices: InvoiceBook, payouts: PayoutBook): Found {
  if (line.reversal) return null;
  const cents = Math.abs(line.amountCents);
  if (line.amountCents > 0) return invoices.byNameOnly(line.counterpartyName, cents) ?? invoices.byAmountOnly(cents);
  const found = payouts.byAmountOnly(cents);
  return found && { parts: found.map((part) => ({ kind: 'payout' as const, ...part })), reasons: [found.length > 1 ? 'amount_sum' : 'amount'], confidence: 'possible' };
}
