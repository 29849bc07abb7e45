import { buildClientQuote, type ClientQuoteContent, type StandingQuote } from '../domain/client-quote.ts';
import { laidOut, type QuoteLayout } from '../domain/quote-layout.ts';
import { roundDeadline } from '../domain/round-schedule.ts';
import type { Terms } from '../domain/terms.ts';

type Line = StandingQuote['lines'][number];
export interface QuoteOfMember { readonly id: string; readonly discountCents: number; readonly member: { readonly name: string }; readonly lines: readonly Line[] }

const dayMs = 86_400_000;

/** Members' quotes as the rules read them. */
export function standingQuotes(quotes: readonly QuoteOfMember[]): StandingQuote[] {
  return quotes.map(({ id, member, lines, discountCents }) => ({ quoteId: id, memberName: member.name, lines, discountCents }));
}

/** Q4: what a global quote says, by one path for the preview, the sending and the signature, so that the three are the same. */
export function clientQuoteContent(given: {
  readonly quotes: readonly QuoteOfMember[];
  readonly terms: Terms;
  readonly layout: QuoteLayout | null;
  readonly tickedOptionIds: readonly string[];
  readonly vatTreatment: string;
}): ClientQuoteContent {
  const { terms, layout, tickedOptionIds } = given;
  const standing = standingQuotes(given.quotes);
  const content = buildClientQuote({
    quotes: layout ? laidOut(standing, layout) : standing,
    feeRateBp: terms.feeRateBp,
    feeBasis: terms.feeBasis,
    vatRateBp: terms.vatRateBp,
    vatTreatment: given.vatTreatment === 'reverse_charge' ? 'reverse_charge' : 'domestic',
    tickedOptionIds,
  });
  return layout && !layout.namesShown ? { ...content, namesHidden: true } : content;
}

/** Number and validity of the next version sent at `at` (ms). A validity chosen by staff may only shorten what the terms promise: the quote's clock rings there, `validForMs` after it was sent; null when the terms' own holds. */
export function nextClientQuote(given: { readonly ref: string; readonly lastVersion: number; readonly terms: Terms; readonly validityDays: number | null; readonly at: number }) {
  const { ref, lastVersion, terms, validityDays, at } = given;
  const promised = roundDeadline('sent', terms, at) ?? at;
  const version = lastVersion + 1;
  const validForMs = validityDays !== null && at + validityDays * dayMs < promised ? validityDays * dayMs : null;
  return { version, number: `${ref}-D${version}`, validUntil: new Date(validForMs === null ? promised : at + validForMs), validForMs };
}
