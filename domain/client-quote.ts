import { fee, type FeeBasis } from './fees.ts';
import { largestAmountCents, sum } from './money.ts';
import { Problem } from './problem.ts';
import { acceptedAmount, lineAmount, type QuoteFigures, type QuoteLineFigures } from './quotes.ts';
import { clientVat, type ClientVatTreatment } from './vat.ts';

export interface ClientQuoteLine {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly quantityMilli: number;
  readonly unitCents: number;
  readonly amountCents: number;
  readonly offered: boolean;
}

export interface ClientQuoteOption extends ClientQuoteLine {
  readonly section: string;
  readonly ticked: boolean;
}

/** Q1: assignments of rights never share a section with anything else. */
export interface ClientQuoteSection {
  readonly title: string;
  readonly kind: 'work' | 'rights';
  readonly lines: readonly ClientQuoteLine[];
  /** What its lines charge: offered ones count for nothing. */
  readonly totalCents: number;
}

/** One member's part. */
export interface ClientQuoteWork {
  readonly quoteId: string;
  readonly memberName: string;
  /** In the order they were written, those of rights last. */
  readonly sections: readonly ClientQuoteSection[];
  readonly options: readonly ClientQuoteOption[];
  readonly discountCents: number;
  /** Ticked options included, discount taken off. */
  readonly totalCents: number;
}

/** Q4: the team's global quote, as the client reads it; plain JSON, kept as it was sent. Cents excluding tax unless said otherwise. */
export interface ClientQuoteContent {
  readonly work: readonly ClientQuoteWork[];
  readonly membersTotalCents: number;
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  readonly feeCents: number;
  readonly totalCents: number;
  /** 0 under the reverse charge. */
  readonly vatRateBp: number;
  readonly vatTreatment: ClientVatTreatment;
  readonly vatCents: number;
  readonly totalWithTaxCents: number;
  /** The client reads titles of parts instead of the members' names; absent where names are shown. */
  readonly namesHidden?: true;
}

export interface StandingQuote extends QuoteFigures<QuoteLineFigures & { readonly id: string }> {
  readonly quoteId: string;
  readonly memberName: string;
}

/**
 * Builds the global quote from the members' quotes: the fee is added to everything, whatever its kind (Q5), and shown apart with its rate and basis (Q6).
 * Each member's total is what `acceptedAmount` would let them invoice with the same options ticked.
 * @throws Problem `empty_quote` without any quote; `amount_invalid` past what one quote may reach
 */
export function buildClientQuote(given: {
  readonly quotes: readonly StandingQuote[];
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  readonly vatRateBp: number;
  readonly vatTreatment: ClientVatTreatment;
  readonly tickedOptionIds: readonly string[];
}): ClientQuoteContent {
  const { quotes, feeRateBp, feeBasis, vatTreatment, tickedOptionIds } = given;
  if (quotes.length === 0) throw new Problem('empty_quote', 'a global quote of no member');
  const work = quotes.map((quote) => workOf(quote, tickedOptionIds));
  const membersTotalCents = sum(work.map(({ totalCents }) => totalCents));
  if (membersTotalCents > largestAmountCents) throw new Problem('amount_invalid', `${membersTotalCents} cents in one global quote`);
  const feeCents = fee(membersTotalCents, feeRateBp, feeBasis);
  const totalCents = membersTotalCents + feeCents;
  const vatRateBp = vatTreatment === 'reverse_charge' ? 0 : given.vatRateBp;
  const vatCents = clientVat({ amountCents: totalCents, treatment: vatTreatment, rateBp: vatRateBp });
  return { work, membersTotalCents, feeRateBp, feeBasis, feeCents, totalCents, vatRateBp, vatTreatment, vatCents, totalWithTaxCents: totalCents + vatCents };
}

function workOf(quote: StandingQuote, tickedOptionIds: readonly string[]): ClientQuoteWork {
  const { quoteId, memberName, lines, discountCents } = quote;
  const charged = lines.filter(({ optional }) => !optional);
  const optional = lines.filter((line) => line.optional);
  return {
    quoteId,
    memberName,
    discountCents,
    sections: [...sectionsOf(charged.filter(({ kind }) => kind !== 'rights'), 'work'), ...sectionsOf(charged.filter(({ kind }) => kind === 'rights'), 'rights')],
    options: optional.map((line) => ({ ...shown(line), section: line.section, ticked: tickedOptionIds.includes(line.id) })),
    totalCents: acceptedAmount(quote, tickedOptionIds),
  };
}

function sectionsOf(lines: StandingQuote['lines'], kind: ClientQuoteSection['kind']): ClientQuoteSection[] {
  const titles = [...new Set(lines.map(({ section }) => section))];
  return titles.map((title) => {
    const own = lines.filter(({ section }) => section === title);
    return { title, kind, lines: own.map(shown), totalCents: sum(own.filter(({ offered }) => !offered).map(lineAmount)) };
  });
}

function shown(line: StandingQuote['lines'][number]): ClientQuoteLine {
  const { id, kind, label, quantityMilli, unitCents, offered } = line;
  return { id, kind, label, quantityMilli, unitCents, amountCents: lineAmount(line), offered };
}
