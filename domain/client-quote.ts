import { fee, type FeeBasis } from './fees.ts';
import { sum } from './money.ts';
import { lineAmount, quoteTotals, type QuoteLineFigures } from './quotes.ts';
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

export interface ClientQuoteWork {
  readonly quoteId: string;
  readonly memberName: string;
  readonly sections: readonly { readonly title: string; readonly lines: readonly ClientQuoteLine[] }[];
  readonly options: readonly ClientQuoteOption[];
  readonly discountCents: number;
  readonly totalCents: number;
}

/** Q4: the team's global quote, as the client reads it. Cents excluding tax unless said otherwise. */
export interface ClientQuoteContent {
  readonly work: readonly ClientQuoteWork[];
  readonly membersTotalCents: number;
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  readonly feeCents: number;
  readonly totalCents: number;
  readonly vatRateBp: number;
  readonly vatCents: number;
  readonly totalWithTaxCents: number;
}

export interface StandingQuote {
  readonly quoteId: string;
  readonly memberName: string;
  readonly lines: readonly (QuoteLineFigures & { readonly id: string })[];
  readonly discountCents: number;
}

/** Builds the global quote from the members' quotes: the fee is added to everything, whatever its kind (Q5), and shown apart (Q6). */
export function buildClientQuote(given: {
  readonly quotes: readonly StandingQuote[];
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  readonly vatRateBp: number;
  readonly vatTreatment: ClientVatTreatment;
  readonly tickedOptionIds: readonly string[];
}): ClientQuoteContent {
  const work = given.quotes.map((quote) => workOf(quote, given.tickedOptionIds));
  const membersTotalCents = sum(work.map(({ totalCents }) => totalCents));
  const feeCents = fee(membersTotalCents, given.feeRateBp, given.feeBasis);
  const totalCents = membersTotalCents + feeCents;
  const vatCents = clientVat({ amountCents: totalCents, treatment: given.vatTreatment, rateBp: given.vatRateBp });
  return {
    work, membersTotalCents, feeRateBp: given.feeRateBp, feeBasis: given.feeBasis, feeCents, totalCents,
    vatRateBp: given.vatTreatment === 'reverse_charge' ? 0 : given.vatRateBp, vatCents, totalWithTaxCents: totalCents + vatCents,
  };
}

function workOf(quote: StandingQuote, tickedOptionIds: readonly string[]): ClientQuoteWork {
  const sections = new Map<string, ClientQuoteLine[]>();
  const options: ClientQuoteOption[] = [];
  for (const line of quote.lines) {
    const { id, kind, label, quantityMilli, unitCents, offered } = line;
    const shown: ClientQuoteLine = { id, kind, label, quantityMilli, unitCents, amountCents: lineAmount(line), offered };
    if (line.optional) options.push({ ...shown, section: line.section, ticked: tickedOptionIds.includes(id) });
    else sections.set(line.section, [...(sections.get(line.section) ?? []), shown]);
  }
  const ticked = options.filter((option) => option.ticked && !option.offered);
  return {
    quoteId: quote.quoteId, memberName: quote.memberName, discountCents: quote.discountCents, options,
    sections: [...sections].map(([title, lines]) => ({ title, lines })),
    totalCents: quoteTotals(quote).totalCents + sum(ticked.map(({ amountCents }) => amountCents)),
  };
}
