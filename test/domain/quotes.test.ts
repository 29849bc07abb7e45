import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../domain/problem.ts';
import { acceptedAmount, checkQuote, lineAmount, lumpSumLimitCents, quoteProblems, quoteTotals, type QuoteLineFigures } from '../../domain/quotes.ts';
import { line, type SampleLine } from './quote-samples.ts';

const objections = (lines: QuoteLineFigures[], discountCents = 0): ProblemCode[] => quoteProblems({ lines, discountCents }).map(({ code }) => code);

describe('Q1 lines', () => {
  it.each([
    ['two and a half days at 450.00 €', 2_500, 45_000, 112_500],
    ['twelve pieces at 35.50 €', 12_000, 3_550, 42_600],
    ['a third of a day, half a cent rounded up', 333, 50_000, 16_650],
    ['half a cent', 500, 1, 1],
    ['less than half a cent', 499, 1, 0],
    ['figures whose product passes 2^53', 100_000_000, 1_000_000_000, 100_000_000_000_000],
  ])('%s', (_, quantityMilli, unitCents, amountCents) => {
    expect(lineAmount({ quantityMilli, unitCents })).toBe(amountCents);
  });

  it('tells options, offered lines and rights apart', () => {
    const lines = [
      line({ quantityMilli: 3_000 }), // 1,800.00
      line({ kind: 'flat', label: 'Bannières', quantityMilli: 4_000, unitCents: 12_000 }), // 480.00
      line({ kind: 'cost', label: 'Hébergement', unitCents: 9_900 }), // 99.00
      line({ kind: 'rights', label: 'Cession de droits, France, deux ans', unitCents: 40_000 }), // 400.00
      line({ label: 'Réunion de lancement', offered: true }), // 600.00
      line({ label: 'Déclinaison mobile', optional: true, quantityMilli: 2_000 }), // 1,200.00
      line({ label: 'Option offerte', optional: true, offered: true }), // 600.00
    ];
    expect(quoteTotals({ lines, discountCents: 7_900 })).toEqual({
      totalCents: 270_000, beforeDiscountCents: 277_900, optionsCents: 120_000, offeredCents: 120_000, rightsCents: 40_000,
    });
  });

  it.each([
    ['flat', 'Création du logo, cession de droits incluse'],
    ['days', 'Illustrations + cession des droits d’exploitation'],
    ['flat', 'CESSION DE TOUS LES DROITS'],
    ['flat', 'Logo with assignment of all rights'],
  ])('wants an assignment of rights as a line of its own, not within %s « %s »', (kind, label) => {
    expect(objections([line(), line({ kind, label })])).toEqual(['rights_not_apart']);
  });

  it.each([
    ['rights', 'Cession de droits, Europe, cinq ans'],
    ['cost', 'Cession de droits du photographe, au prix coûtant'],
    ['days', 'Rédaction du contrat de cession de droits'],
    ['flat', 'Conseil juridique sur la cession des droits'],
    ['flat', 'Création du logo, hors cession de droits'],
    ['days', 'Campagne pour les droits des patients'],
  ])('lets through %s « %s »', (kind, label) => {
    expect(objections([line(), line({ kind, label })])).toEqual([]);
  });

  it.each([
    ['a zero price', { unitCents: 0 }], ['a negative price', { unitCents: -100 }], ['half a cent', { unitCents: 10.5 }],
    ['no quantity', { quantityMilli: 0 }], ['a product past ten million euros', { quantityMilli: 100_000_000, unitCents: 1_000_000 }],
    ['an amount that rounds to nothing', { quantityMilli: 1, unitCents: 1 }],
  ])('refuses %s', (_, changed) => {
    expect(objections([line(changed)])).toEqual(['amount_invalid']);
  });
});

describe('Q1 detail', () => {
  const lump = line({ kind: 'flat', section: '', label: 'Refonte du site', unitCents: lumpSumLimitCents + 1 });

  it('refuses a single lump sum above 3,000.00 €', () => {
    expect(lumpSumLimitCents).toBe(300_000);
    expect(objections([lump])).toEqual(['lump_sum']);
    expect(objections([{ ...lump, section: '  ' }])).toEqual(['lump_sum']);
    expect(() => checkQuote({ lines: [lump], discountCents: 0 })).toThrow(expect.objectContaining({ code: 'lump_sum', details: { label: 'Refonte du site', limitCents: 300_000 } }));
  });

  it('is not detailed by an option or by rights beside it', () => {
    expect(objections([lump, line({ optional: true }), line({ kind: 'rights', label: 'Cession de droits' })])).toEqual(['lump_sum']);
  });

  it.each([
    ['at the limit', { unitCents: 300_000 }], ['in a section', { section: 'Conception' }], ['by the piece', { quantityMilli: 4_000 }],
    ['by the day', { kind: 'days' }], ['as a cost', { kind: 'cost' }], ['as an option', { optional: true }],
  ])('lets one line through %s', (_, changed) => {
    expect(objections([{ ...lump, ...changed }])).toEqual([]);
  });

  it('lets two lines through', () => {
    expect(objections([lump, { ...lump, label: 'Reprise des contenus' }])).toEqual([]);
  });
});

describe('Q2 discount and offered lines', () => {
  it('refuses a discount that leaves nothing of the total', () => {
    expect(objections([line()], 59_999)).toEqual([]);
    expect(objections([line()], 60_000)).toEqual(['discount_too_high']);
    expect(() => checkQuote({ lines: [line()], discountCents: 60_001 })).toThrow(expect.objectContaining({ code: 'discount_too_high', details: { totalCents: 60_000 } }));
    expect(objections([line(), line({ offered: true })], 90_000)).toEqual(['discount_too_high']); // an offered line leaves nothing to discount
    expect(objections([line({ optional: true })], 1)).toEqual(['discount_too_high']); // an option may never be ticked
  });

  it.each([-1, 0.5, Number.NaN])('refuses a discount of %d cents', (discountCents) => {
    expect(objections([line()], discountCents)).toEqual(['amount_invalid']);
  });

  it('refuses a quote that charges nothing', () => {
    expect(objections([])).toEqual(['empty_quote']);
    expect(objections([line({ offered: true })])).toEqual(['empty_quote']);
    expect(objections([line({ offered: true }), line({ optional: true })])).toEqual([]); // everything is in the options
  });
});

describe('Q5 the fee typed in a quote', () => {
  it('is refused in a line and in the name of a section, with the words that name it', () => {
    expect(() => checkQuote({ lines: [line(), line({ label: 'Frais OFF-WORKS' })], discountCents: 0 })).toThrow(
      expect.objectContaining({ code: 'fee_typed_in', details: { label: 'Frais OFF-WORKS' } }),
    );
    expect(objections([line({ section: 'Commission OFF-WORKS' })])).toEqual(['fee_typed_in']);
  });

  it('is told with everything else that is wrong', () => {
    const lines = [line({ kind: 'flat', label: 'Logo et cession de droits' }), line({ label: 'Commission 17 %' })];
    expect(objections(lines, 500_000)).toEqual(['fee_typed_in', 'rights_not_apart', 'discount_too_high']);
    expect(() => checkQuote({ lines, discountCents: 500_000 })).toThrow(expect.objectContaining({ code: 'fee_typed_in' }));
  });
});

describe('C9 options', () => {
  const quote = {
    lines: [line({ id: 'work' }), line({ id: 'mobile', optional: true, unitCents: 25_000 }), line({ id: 'gift', optional: true, offered: true }), line({ id: 'free', offered: true })],
    discountCents: 10_000,
  };

  it('adds the options the client ticked to the accepted amount', () => {
    expect(acceptedAmount(quote, [])).toBe(50_000);
    expect(acceptedAmount(quote, ['mobile'])).toBe(75_000);
    expect(acceptedAmount(quote, ['mobile', 'mobile'])).toBe(75_000);
  });

  it('charges no offered option, no plain line twice and no option of another quote', () => {
    expect(acceptedAmount(quote, ['gift', 'work', 'free', 'elsewhere'])).toBe(50_000);
  });

  it('accepts everything a quote may charge when all is ticked', () => {
    const lines = fc.array(fc.record({ optional: fc.boolean(), offered: fc.boolean(), unitCents: fc.integer({ min: 1, max: 1_000_000 }), quantityMilli: fc.integer({ min: 1, max: 50_000 }) }), { maxLength: 20 });
    fc.assert(fc.property(lines, (some) => {
      const all: SampleLine[] = some.map((changed, index) => line({ id: String(index), ...changed }));
      const totals = quoteTotals({ lines: all, discountCents: 0 });
      expect(acceptedAmount({ lines: all, discountCents: 0 }, all.map(({ id }) => id))).toBe(totals.totalCents + totals.optionsCents);
    }));
  });
});
