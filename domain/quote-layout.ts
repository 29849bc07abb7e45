import type { StandingQuote } from './client-quote.ts';
import { namesTheFee } from './fee-in-label.ts';
import { Problem } from './problem.ts';

/** How staff lay out one member's part. Amounts are nowhere in it: they are the member's own. */
export interface QuotePartLayout {
  readonly quoteId: string;
  /** What the client reads instead of the member's name, when names are not shown. */
  readonly title: string;
  /** Every line that is charged or offered, once each, in the order it is read; sections follow from the lines. */
  readonly lines: readonly { readonly id: string; readonly section: string; readonly label: string }[];
  /** Every option, once each; one that is not included is not shown and cannot be ticked. */
  readonly options: readonly { readonly id: string; readonly label: string; readonly included: boolean }[];
}

/** Q4: the global quote as the client will read it: order, titles and words. Plain JSON. */
export interface QuoteLayout {
  readonly parts: readonly QuotePartLayout[];
  readonly namesShown: boolean;
  /** Null: what the terms promise. Never longer, since the quote's clock stops there. */
  readonly validityDays: number | null;
}

/** What a quote is laid out as when nobody has: as its members wrote it. `partTitle` gives each part's title from its place, from 1. */
export function plainLayout(quotes: readonly StandingQuote[], partTitle: (place: number) => string): QuoteLayout {
  return {
    namesShown: true,
    validityDays: null,
    parts: quotes.map(({ quoteId, lines }, index) => ({
      quoteId,
      title: partTitle(index + 1),
      lines: lines.filter(({ optional }) => !optional).map(({ id, section, label }) => ({ id, section, label })),
      options: lines.filter(({ optional }) => optional).map(({ id, label }) => ({ id, label, included: true })),
    })),
  };
}

/**
 * Keeps what still holds of a layout when quotes have come, gone or changed version since it was written: a line that is new
 * comes last, as its member wrote it; one that is gone is left out.
 */
export function refreshedLayout(layout: QuoteLayout, plain: QuoteLayout): QuoteLayout {
  const known = layout.parts.filter(({ quoteId }) => plain.parts.some((part) => part.quoteId === quoteId));
  const fresh = plain.parts.filter(({ quoteId }) => !layout.parts.some((part) => part.quoteId === quoteId));
  return { ...layout, parts: [...known, ...fresh] };
}

/**
 * The members' quotes in the words and the order of a layout, ready for `buildClientQuote`. What is paid is untouched: every amount, kind,
 * quantity, discount and offered line is the member's.
 * @throws Problem `layout_broken` (a quote or a line is lost, doubled or foreign, or an option would become a charge), `form_invalid` (a line without words), `fee_typed_in` (Q5)
 */
export function laidOut(quotes: readonly StandingQuote[], layout: QuoteLayout): StandingQuote[] {
  sameOnce(quotes.map(({ quoteId }) => quoteId), layout.parts.map(({ quoteId }) => quoteId), 'quotes');
  return layout.parts.map((part) => {
    const quote = quotes.find(({ quoteId }) => quoteId === part.quoteId);
    if (!quote) throw new Problem('layout_broken', `no quote ${part.quoteId}`);
    sameOnce(idsOf(quote, false), part.lines.map(({ id }) => id), part.quoteId);
    sameOnce(idsOf(quote, true), part.options.map(({ id }) => id), part.quoteId);
    if (!layout.namesShown && part.title.trim() === '') throw new Problem('form_invalid', `${part.quoteId} has neither name nor title`);
    const said = (id: string, words: { label: string; section?: string }): StandingQuote['lines'] => {
      if (words.label.trim() === '') throw new Problem('form_invalid', `the line ${id} says nothing`);
      for (const text of [words.label, words.section ?? '']) if (namesTheFee(text)) throw new Problem('fee_typed_in', 'the fee is added by the system', { label: text });
      return quote.lines.filter((line) => line.id === id).map((line) => ({ ...line, label: words.label.trim(), section: (words.section ?? line.section).trim() }));
    };
    return {
      ...quote,
      memberName: layout.namesShown ? quote.memberName : part.title.trim(),
      lines: [
        ...part.lines.flatMap(({ id, label, section }) => said(id, { label, section })),
        ...part.options.filter(({ included }) => included).flatMap(({ id, label }) => said(id, { label })),
      ],
    };
  });
}

function idsOf(quote: StandingQuote, optional: boolean): string[] {
  return quote.lines.filter((line) => line.optional === optional).map(({ id }) => id);
}

function sameOnce(wanted: readonly string[], given: readonly string[], where: string): void {
  const same = wanted.length === given.length && new Set(given).size === given.length && wanted.every((id) => given.includes(id));
  if (!same) throw new Problem('layout_broken', `${where}: ${given.length} of ${wanted.length}, each must be there once`);
}
