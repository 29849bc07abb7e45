import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildClientQuote, type StandingQuote } from '../../domain/client-quote.ts';
import { laidOut, plainLayout, type QuoteLayout } from '../../domain/quote-layout.ts';
import { line } from './quote-samples.ts';

const terms = { feeRateBp: 1_700, feeBasis: 'of_final_amount', vatRateBp: 2_000, vatTreatment: 'domestic', tickedOptionIds: [] } as const;
const aLine = fc.record({ kind: fc.constantFrom('days', 'flat', 'cost', 'rights'), unitCents: fc.integer({ min: 1, max: 900_000 }), quantityMilli: fc.integer({ min: 1, max: 40_000 }), optional: fc.boolean(), offered: fc.boolean() });
const someQuotes = fc.array(fc.array(aLine, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }).map((quotes) => quotes.map((lines, index): StandingQuote => ({
  quoteId: `q${index}`, memberName: `Membre ${index}`, discountCents: 0, lines: lines.map((one, place) => line({ ...one, id: `q${index}l${place}` })),
})));

/** Any order, any words, any section, any options left out. */
function rearranged(quotes: readonly StandingQuote[], seed: readonly number[]): QuoteLayout {
  let turn = 0;
  const next = () => seed[turn++ % seed.length] ?? 0;
  const shuffled = <T>(list: readonly T[]): T[] => list.map((one) => ({ one, at: next() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
  const plain = plainLayout(quotes, (place) => `Lot ${place}`);
  return {
    namesShown: next() % 2 === 0, validityDays: null,
    parts: shuffled(plain.parts).map((part) => ({
      ...part,
      lines: shuffled(part.lines).map((one) => ({ ...one, section: `Partie ${next() % 3}`, label: `Ligne ${next()}` })),
      options: shuffled(part.options).map((one) => ({ ...one, included: next() % 2 === 0 })),
    })),
  };
}

const layoutOf = (quotes: readonly StandingQuote[]) => plainLayout(quotes, (place) => `Lot ${place}`);
const two: StandingQuote[] = [
  { quoteId: 'a', memberName: 'Inès', discountCents: 2_000, lines: [line({ id: 'a1' }), line({ id: 'a2', label: 'Suivi' }), line({ id: 'a3', label: 'Visite', optional: true })] },
  { quoteId: 'b', memberName: 'Karim', discountCents: 0, lines: [line({ id: 'b1', unitCents: 10_000 })] },
];

describe('Q4 laying out the global quote', () => {
  it('Q4 Q6: whatever the layout, totals equal the quote without one, to the cent', () => {
    fc.assert(fc.property(someQuotes, fc.array(fc.nat(1_000), { minLength: 5, maxLength: 60 }), (quotes, seed) => {
      const plain = buildClientQuote({ quotes, ...terms });
      const laid = buildClientQuote({ quotes: laidOut(quotes, rearranged(quotes, seed)), ...terms });
      for (const key of ['membersTotalCents', 'feeCents', 'totalCents', 'vatCents', 'totalWithTaxCents'] as const) expect(laid[key]).toBe(plain[key]);
      const lines = (content: typeof plain) => content.work.flatMap(({ sections }) => sections.flatMap(({ kind, lines: own }) => own.map((one) => [one.id, kind, one.amountCents, one.offered].join()))).sort();
      expect(lines(laid)).toEqual(lines(plain));
    }), { numRuns: 200 });
  });

  it('a plain layout changes nothing', () => {
    expect(buildClientQuote({ quotes: laidOut(two, layoutOf(two)), ...terms })).toEqual(buildClientQuote({ quotes: two, ...terms }));
  });

  it('refuses to lose, double, borrow or charge', () => {
    const [first, second] = layoutOf(two).parts;
    if (!first || !second) throw new Error('two parts');
    const broken: QuoteLayout['parts'][] = [
      [first], [first, first], [first, second, { ...second, quoteId: 'c' }],
      [{ ...first, lines: first.lines.slice(1) }, second],
      [{ ...first, lines: [...first.lines, ...first.lines] }, second],
      [{ ...first, lines: [...first.lines.slice(1), ...second.lines] }, second],
      [{ ...first, options: [] }, second],
      [{ ...first, lines: [...first.lines, { id: 'a3', section: '', label: 'Visite' }], options: [] }, second],
    ];
    for (const parts of broken) expect(() => laidOut(two, { namesShown: true, validityDays: null, parts })).toThrow(expect.objectContaining({ code: 'layout_broken' }));
  });

  it('Q5: the wording never names the fee; a line always says something', () => {
    const said = (label: string): QuoteLayout => ({ ...layoutOf(two), parts: layoutOf(two).parts.map((part) => ({ ...part, lines: part.lines.map((one) => ({ ...one, label })) })) });
    expect(() => laidOut(two, said('Commission OFF-WORKS 17 %'))).toThrow(expect.objectContaining({ code: 'fee_typed_in' }));
    expect(() => laidOut(two, said(' '))).toThrow(expect.objectContaining({ code: 'form_invalid' }));
  });
});
