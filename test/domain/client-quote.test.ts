import { describe, expect, it } from 'vitest';
import { buildClientQuote, type StandingQuote } from '../../domain/client-quote.ts';
import { acceptedAmount } from '../../domain/quotes.ts';
import { line } from './quote-samples.ts';

const ines: StandingQuote = {
  quoteId: 'q1', memberName: 'Inès Marchand', discountCents: 2_000,
  lines: [
    line({ id: 'a' }),
    line({ id: 'b', kind: 'rights', label: 'Cession de droits', unitCents: 20_000 }),
    line({ id: 'c', section: 'Suivi', kind: 'cost', label: 'Impression', unitCents: 5_000 }),
    line({ id: 'd', label: 'Réunion', offered: true }),
    line({ id: 'e', label: 'Prototype', optional: true, unitCents: 10_000 }),
  ],
};
const karim: StandingQuote = { quoteId: 'q2', memberName: 'Karim Benali', discountCents: 0, lines: [line({ id: 'f', section: '', unitCents: 10_000 })] };
const given = { quotes: [ines, karim], feeRateBp: 1_700, feeBasis: 'of_final_amount', vatRateBp: 2_000, vatTreatment: 'domestic', tickedOptionIds: [] } as const;

describe('Q4 the global quote of the team', () => {
  it('adds every member’s part, the fee and VAT', () => {
    // 600.00 + 200.00 + 50.00 − 20.00 = 830.00 of Inès, and 100.00 of Karim
    const quote = buildClientQuote(given);
    expect(quote).toMatchObject({ membersTotalCents: 93_000, feeCents: 19_048, totalCents: 112_048, vatCents: 22_410, totalWithTaxCents: 134_458 });
    expect(quote.work.map(({ memberName, totalCents, discountCents }) => [memberName, totalCents, discountCents])).toEqual([['Inès Marchand', 83_000, 2_000], ['Karim Benali', 10_000, 0]]);
  });

  it('is the same after a journey through JSON', () => {
    const quote = buildClientQuote(given);
    expect(JSON.parse(JSON.stringify(quote))).toEqual(quote);
  });

  it('carries no VAT under the reverse charge', () => {
    expect(buildClientQuote({ ...given, vatTreatment: 'reverse_charge' })).toMatchObject({ vatRateBp: 0, vatCents: 0, totalCents: 112_048, totalWithTaxCents: 112_048 });
  });

  it('refuses a quote of nobody, and one past what an amount may reach', () => {
    expect(() => buildClientQuote({ ...given, quotes: [] })).toThrow(expect.objectContaining({ code: 'empty_quote' }));
    const large: StandingQuote = { ...karim, lines: [line({ id: 'x', unitCents: 600_000_000 })] };
    expect(() => buildClientQuote({ ...given, quotes: [large, { ...large, quoteId: 'q3' }] })).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
  });
});

describe('Q5 the fee on every line, Q6 shown apart', () => {
  it.each(['days', 'flat', 'cost', 'rights'])('applies to a line of kind %s like to any other', (kind) => {
    const quote = buildClientQuote({ ...given, quotes: [{ quoteId: 'q', memberName: 'Inès', discountCents: 0, lines: [line({ kind, unitCents: 83_000 })] }] });
    expect(quote).toMatchObject({ membersTotalCents: 83_000, feeRateBp: 1_700, feeBasis: 'of_final_amount', feeCents: 17_000, totalCents: 100_000 });
  });

  it('follows the other reading', () => {
    const quote = buildClientQuote({ ...given, quotes: [{ ...ines }], feeBasis: 'of_members_total' });
    expect(quote).toMatchObject({ feeBasis: 'of_members_total', feeCents: 14_110, totalCents: 97_110 });
  });

  it('is rounded once on the total, and not per member', () => {
    const cent = (quoteId: string): StandingQuote => ({ quoteId, memberName: quoteId, discountCents: 0, lines: [line({ id: quoteId, unitCents: 2 })] });
    expect(buildClientQuote({ ...given, quotes: [cent('a'), cent('b'), cent('c')] }).feeCents).toBe(1); // 6 × 17/83 = 1.23; three times 0.41 would be 0
  });
});

describe('Q1 rights stand apart', () => {
  it('in a section of their own, after the work, whatever section they were typed in', () => {
    const [work] = buildClientQuote(given).work;
    expect(work?.sections.map(({ title, kind, totalCents, lines }) => [title, kind, totalCents, lines.map(({ id }) => id)])).toEqual([
      ['Conception', 'work', 60_000, ['a', 'd']],
      ['Suivi', 'work', 5_000, ['c']],
      ['Conception', 'rights', 20_000, ['b']],
    ]);
  });
});

describe('C9 options ticked by the client', () => {
  it('are shown apart, and charged once ticked', () => {
    const before = buildClientQuote(given);
    const after = buildClientQuote({ ...given, tickedOptionIds: ['e'] });
    expect(before.work[0]?.options).toMatchObject([{ id: 'e', section: 'Conception', ticked: false, amountCents: 10_000 }]);
    expect(after.work[0]?.options).toMatchObject([{ id: 'e', ticked: true }]);
    expect(after.membersTotalCents - before.membersTotalCents).toBe(10_000);
    expect(after.work[0]?.totalCents).toBe(acceptedAmount(ines, ['e']));
  });
});
