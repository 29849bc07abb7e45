import { roundHalfUp, sum } from './money.ts';
import { Problem } from './problem.ts';

export type LineKind = 'days' | 'flat' | 'cost' | 'rights';

/** Q1: one line of a member's quote. Quantity in thousandths, unit price in cents. */
export interface QuoteLineFigures {
  readonly section: string;
  readonly kind: LineKind | string;
  readonly label: string;
  readonly quantityMilli: number;
  readonly unitCents: number;
  readonly optional: boolean;
  readonly offered: boolean;
}

/** Quantity × unit price, half up. Cents. */
export function lineAmount(line: { quantityMilli: number; unitCents: number }): number {
  return roundHalfUp(BigInt(line.quantityMilli) * BigInt(line.unitCents), 1_000);
}

export interface QuoteTotals {
  /** What is due: lines neither optional nor offered, less the discount. */
  readonly totalCents: number;
  readonly beforeDiscountCents: number;
  readonly optionsCents: number;
  readonly offeredCents: number;
  readonly rightsCents: number;
}

/** Q1, Q2: an offered line is shown and not charged; options count once ticked; rights are told apart. Cents excluding tax. */
export function quoteTotals(quote: { lines: readonly QuoteLineFigures[]; discountCents: number }): QuoteTotals {
  const total = (lines: readonly QuoteLineFigures[]): number => sum(lines.map(lineAmount));
  const charged = quote.lines.filter(({ offered }) => !offered);
  const due = charged.filter(({ optional }) => !optional);
  const beforeDiscountCents = total(due);
  return {
    totalCents: beforeDiscountCents - quote.discountCents,
    beforeDiscountCents,
    optionsCents: total(charged.filter(({ optional }) => optional)),
    offeredCents: total(quote.lines.filter(({ offered }) => offered)),
    rightsCents: total(due.filter(({ kind }) => kind === 'rights')),
  };
}

/** Above this a single line says too little: the client must know what they pay for. Cents. */
const lumpSumLimit = 300_000;
const feeWords = /\bfrais\s+(de\s+(service|fonctionnement)s?\s+)?(d\s*)?off[\s-]*works\b|\bcommission\s+(d\s*)?off[\s-]*works\b|\boff[\s-]*works\s+(fee|commission)\b|\bfrais\s+de\s+(plateforme|fonctionnement)\b/;

/**
 * What the system can tell of a quote before staff read it.
 * @throws Problem `empty_quote`, `fee_typed_in` (Q5), `lump_sum`, `discount_too_high`
 */
export function checkQuote(quote: { lines: readonly QuoteLineFigures[]; discountCents: number }): void {
  const totals = quoteTotals(quote);
  if (quote.lines.length === 0) throw new Problem('empty_quote', 'no line');
  const typedIn = quote.lines.find(({ label }) => feeWords.test(plain(label)));
  if (typedIn) throw new Problem('fee_typed_in', 'a line names the fee', { label: typedIn.label });
  if (quote.discountCents > totals.beforeDiscountCents) {
    throw new Problem('discount_too_high', 'the discount is above the total', { totalCents: totals.beforeDiscountCents });
  }
  const [only] = quote.lines;
  if (quote.lines.length === 1 && only?.kind === 'flat' && only.quantityMilli === 1_000 && lineAmount(only) > lumpSumLimit) {
    throw new Problem('lump_sum', 'one line without detail');
  }
  if (totals.totalCents + totals.optionsCents <= 0) throw new Problem('empty_quote', 'nothing is charged');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').replace(/[’']/g, ' ').toLowerCase();
}

/** What a signed quote lets its member invoice: the total and the options the client ticked (I1). Cents excluding tax. */
export function acceptedAmount(
  quote: { lines: readonly (QuoteLineFigures & { id: string })[]; discountCents: number },
  tickedOptionIds: readonly string[],
): number {
  const ticked = quote.lines.filter(({ id, optional, offered }) => optional && !offered && tickedOptionIds.includes(id));
  return quoteTotals(quote).totalCents + sum(ticked.map(lineAmount));
}
