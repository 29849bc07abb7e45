import { namesTheFee } from './fee-in-label.ts';
import { largestAmountCents, proportion, sum } from './money.ts';
import { Problem } from './problem.ts';

export type LineKind = 'days' | 'flat' | 'cost' | 'rights';

/** Q1: one line of a member's quote. Quantity in thousandths, unit price in cents. */
export interface QuoteLineFigures {
  readonly section: string;
  /** `LineKind`; plain text as the database keeps it. */
  readonly kind: string;
  readonly label: string;
  readonly quantityMilli: number;
  readonly unitCents: number;
  readonly optional: boolean;
  readonly offered: boolean;
}

export interface QuoteFigures<Line extends QuoteLineFigures = QuoteLineFigures> {
  readonly lines: readonly Line[];
  /** Q2: taken off the total, as a positive amount. */
  readonly discountCents: number;
}

/** Quantity × unit price in cents, half up: what the line is worth, charged or not. */
export function lineAmount({ quantityMilli, unitCents }: { quantityMilli: number; unitCents: number }): number {
  return proportion(unitCents, quantityMilli, 1_000);
}

/** Cents excluding tax, and without OFF-WORKS's fee. */
export interface QuoteTotals {
  /** What is due: lines neither optional nor offered, less the discount. */
  readonly totalCents: number;
  readonly beforeDiscountCents: number;
  /** Options that would be charged once ticked. */
  readonly optionsCents: number;
  /** What is shown and not charged. */
  readonly offeredCents: number;
  /** The part of `beforeDiscountCents` that is assignment of rights. */
  readonly rightsCents: number;
}

/** Q1, Q2: an offered line is shown and not charged; options count once ticked; rights are told apart. */
export function quoteTotals({ lines, discountCents }: QuoteFigures): QuoteTotals {
  const total = (some: readonly QuoteLineFigures[]): number => sum(some.map(lineAmount));
  const charged = lines.filter(({ offered }) => !offered);
  const due = charged.filter(({ optional }) => !optional);
  const beforeDiscountCents = total(due);
  return {
    totalCents: beforeDiscountCents - discountCents,
    beforeDiscountCents,
    optionsCents: total(charged.filter(({ optional }) => optional)),
    offeredCents: total(lines.filter(({ offered }) => offered)),
    rightsCents: total(due.filter(({ kind }) => kind === 'rights')),
  };
}

/** Above this, one flat line without a section says too little of what the client pays for. Cents. */
export const lumpSumLimitCents = 300_000;

/**
 * Everything the system can object to in a quote before staff read it, the gravest first:
 * `empty_quote` · `amount_invalid` · `fee_typed_in` (Q5) · `rights_not_apart` (Q1) · `discount_too_high` (Q2) · `lump_sum`.
 */
export function quoteProblems(quote: QuoteFigures): Problem[] {
  const { lines, discountCents } = quote;
  if (lines.length === 0) return [new Problem('empty_quote', 'the quote has no line')];
  const wrong = lines.find((line) => !isAmount(line.quantityMilli) || !isAmount(line.unitCents) || !isAmount(lineAmount(line)));
  if (wrong) return [new Problem('amount_invalid', `quantity ${wrong.quantityMilli} × ${wrong.unitCents} cents`, { label: wrong.label })];
  if (!Number.isSafeInteger(discountCents) || discountCents < 0) return [new Problem('amount_invalid', `a discount of ${discountCents} cents`)];

  const problems: Problem[] = [];
  const { beforeDiscountCents, totalCents, optionsCents } = quoteTotals(quote);
  if (beforeDiscountCents + optionsCents === 0) problems.push(new Problem('empty_quote', 'nothing is charged'));
  if (beforeDiscountCents + optionsCents > largestAmountCents) problems.push(new Problem('amount_invalid', `${beforeDiscountCents + optionsCents} cents in one quote`));
  for (const text of new Set(lines.flatMap(({ section, label }) => [section, label]))) {
    if (namesTheFee(text)) problems.push(new Problem('fee_typed_in', 'the fee is added by the system', { label: text }));
  }
  for (const { label, kind } of lines) {
    if (hidesRights(label, kind)) problems.push(new Problem('rights_not_apart', `rights within a line of kind ${kind}`, { label }));
  }
  if (discountCents > 0 && totalCents <= 0) {
    problems.push(new Problem('discount_too_high', `${discountCents} cents off ${beforeDiscountCents}`, { totalCents: beforeDiscountCents }));
  }
  const lump = lumpSum(lines);
  if (lump) problems.push(new Problem('lump_sum', 'one flat line without detail', { label: lump.label, limitCents: lumpSumLimitCents }));
  return problems;
}

/** @throws Problem the gravest of `quoteProblems` */
export function checkQuote(quote: QuoteFigures): void {
  const [gravest] = quoteProblems(quote);
  if (gravest) throw gravest;
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= largestAmountCents;
}

/** A single flat amount, bought once, in no section. Options and rights beside it do not say what the amount is for. */
function lumpSum(lines: readonly QuoteLineFigures[]): QuoteLineFigures | null {
  const [only, ...others] = lines.filter(({ optional, kind }) => !optional && kind !== 'rights');
  if (!only || others.length > 0) return null;
  const undetailed = only.kind === 'flat' && only.quantityMilli === 1_000 && only.section.trim() === '';
  return undetailed && lineAmount(only) > lumpSumLimitCents ? only : null;
}

/**
 * Q1: an assignment of rights is a line of its own kind. Lines of kind `rights` are laid out in sections of their own by `buildClientQuote`,
 * whatever section they were typed in, so they cannot be merged there; what remains to refuse is an assignment named inside paid work.
 * Rights a member buys from others (a stock picture) are costs, and drafting or negotiating an assignment is work.
 */
function hidesRights(label: string, kind: string): boolean {
  if (kind !== 'days' && kind !== 'flat') return false;
  const text = label.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase().replace(/[^a-z]+/g, ' ');
  const assignment = /\bcession (?:(?:de|des|d|les|tous|l ensemble des) )*droits?\b|\bassignment of (?:\w+ ){0,2}rights\b/.exec(text);
  if (!assignment) return false;
  const before = text.slice(0, assignment.index);
  return !/\b(?:hors|sans|avant|excluding|without|contrats?|clauses?|conseils?|redaction|negociation|relecture|juridique|contracts?|drafting|advice)\b/.test(before);
}

/** Q1, C9, I1: what a signed quote lets its member invoice, in cents excluding tax: the total, and the options the client ticked. Ids of other quotes are ignored. */
export function acceptedAmount(quote: QuoteFigures<QuoteLineFigures & { readonly id: string }>, tickedOptionIds: readonly string[]): number {
  const ticked = quote.lines.filter(({ id, optional, offered }) => optional && !offered && tickedOptionIds.includes(id));
  return quoteTotals(quote).totalCents + sum(ticked.map(lineAmount));
}
