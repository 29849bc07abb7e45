import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostLines, readQuoteTable, type TableRow } from '../../domain/quote-import.ts';
import { sectionTotals } from '../../domain/quote-sections.ts';
import { quoteTotals, type QuoteLineFigures } from '../../domain/quotes.ts';
import { readTable } from '../../web/member/quote/read-csv.ts';

const rows = (...lines: string[]): TableRow[] => lines.map((line, index) => ({ line: index + 1, cells: line.split('|') }));
const read = (...lines: string[]) => readQuoteTable(rows(...lines));
const why = (...lines: string[]) => read(...lines).problems.map((problem) => [problem.line, problem.why, problem.value]);
const head = 'Prestation|Quantité|Prix unitaire';

describe('Q1 a table of lines', () => {
  it('Q1: is read in French, whatever the order of its columns', () => {
    expect(read('TJM HT|Désignation|Nb de jours|Lot|Commentaire', '600,50 €|Maquettes|2,5|Conception|à voir').lines).toEqual([
      { section: 'Conception', kind: 'days', label: 'Maquettes', quantityMilli: 2_500, unitCents: 60_050, optional: false, offered: false },
    ]);
  });

  it('Q1: is read in English, every kind of line', () => {
    const { lines } = read('Section|Kind|Work|Quantity|Unit price|Option|Free', 'A|days|Workshop|1|1,234.50||', 'A|flat|Poster|3|80|yes|', '|costs|Fonts|1|45||', '|rights|Web rights|1|500||', 'A|option|English version|1|400||', 'A||Favicon|1|90||x');
    expect(lines.map(({ kind, optional, offered, unitCents }) => [kind, optional, offered, unitCents])).toEqual([
      ['days', false, false, 123_450], ['flat', true, false, 8_000], ['cost', false, false, 4_500], ['rights', false, false, 50_000], ['flat', true, false, 40_000], ['flat', false, true, 9_000],
    ]);
  });

  it('Q1: a line without a quantity is bought once, and an amount alone is its price', () => {
    expect(read('Prestation|Montant', 'Audit|900').lines).toMatchObject([{ quantityMilli: 1_000, unitCents: 90_000 }]);
  });

  it('Q1: sums and taxes at the foot are left out, and told', () => {
    const { lines, leftOut, problems } = read('Prestation|Quantité|Prix unitaire|Total', 'Audit|1|900|900', 'Sous-total|||900', 'TVA 20 %|||180', 'Total TTC|||1080', '|||1080');
    expect([lines.length, leftOut, problems]).toEqual([1, [3, 4, 5, 6], []]);
  });

  it('Q1: work about totals and taxes is work', () => {
    expect(read(head, 'TVA : déclaration annuelle|1|300', 'Total look|2|100').lines).toHaveLength(2);
  });

  it.each([
    [[head, 'Audit|deux|900'], [[2, 'quantity', 'deux']]],
    [[head, 'Audit|-1|900'], [[2, 'quantity', '-1']]],
    [[head, 'Audit|1|1.234'], [[2, 'unit', '1.234']]],
    [[head, 'Audit|1|'], [[2, 'unit', '']]],
    [[head, 'A|1|900', 'Audit|x|y'], [[2, 'label', 'A'], [3, 'quantity', 'x'], [3, 'unit', 'y']]],
    [[`${head}|Nature`, 'Audit|1|900|mystère'], [[2, 'kind', 'mystère']]],
    [[`${head}|Option`, 'Audit|1|900|peut-être'], [[2, 'flag', 'peut-être']]],
    [[`${head}|Montant`, 'Audit|2|900|1700'], [[2, 'product', '1700']]],
    [['Quantité|Prix unitaire', '1|900'], [[1, 'title', 'label']]],
    [['Prestation|Quantité', 'Audit|1'], [[1, 'title', 'unit']]],
    [[head], [[1, 'no_rows', '']]],
    [[head, '||', 'Total||'], [[1, 'no_rows', '']]],
    [[], [[1, 'no_rows', '']]],
  ])('Q1: %j says %j', (lines, problems) => {
    expect(why(...lines)).toEqual(problems);
    expect(read(...lines).lines).toEqual([]);
  });

  it('Q1: a quote holds two hundred lines', () => {
    const many = Array.from({ length: mostLines + 1 }, (_, index) => `Ligne ${index}|1|10`);
    expect(why(head, ...many)).toEqual([[mostLines + 2, 'too_many', String(mostLines + 1)]]);
    expect(read(head, ...many.slice(1)).lines).toHaveLength(mostLines);
  });
});

const words = fc.string({ unit: fc.constantFrom(...'abc éàç"\';,\tœ-'), minLength: 3, maxLength: 30 }).map((text) => `Ligne ${text}`.trim().replace(/\s+/g, ' '));
const line: fc.Arbitrary<QuoteLineFigures> = fc.record({
  section: fc.constantFrom('', 'Conception', 'Réalisation ; suite'), kind: fc.constantFrom('days', 'flat', 'cost', 'rights'), label: words,
  quantityMilli: fc.integer({ min: 1, max: 500_000 }), unitCents: fc.integer({ min: 1, max: 1_000_000 }), optional: fc.boolean(), offered: fc.boolean(),
});
const lines = fc.array(line, { minLength: 1, maxLength: 20 });

describe('I9 what a table and a quote add up to', () => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  it.each([['fr', ';'], ['fr', '\t'], ['en', ',']] as const)('I9: lines written as a spreadsheet in %s writes them (%j) are read again, to the cent', (locale, separator) => {
    const number = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const quantity = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 3, useGrouping: false });
    fc.assert(fc.property(lines, (given) => {
      const table = ['Section,Kind,Work,Quantity,Unit price,Option,Free'.split(',').join(separator), ...given.map((one) =>
        [one.section, one.kind, one.label, quantity.format(one.quantityMilli / 1_000), number.format(one.unitCents / 100), one.optional ? 'yes' : '', one.offered ? 'yes' : ''].map(cell).join(separator))].join('\r\n');
      const imported = readQuoteTable(readTable(table));
      expect(imported.problems).toEqual([]);
      expect(imported.lines).toEqual(given);
    }));
  });

  it('I9: sections and rights add up to the total before discount, and no line is counted twice', () => {
    fc.assert(fc.property(lines, fc.nat(10_000), (given, discountCents) => {
      const { sections, rightsCents } = sectionTotals(given);
      const totals = quoteTotals({ lines: given, discountCents });
      expect(sections.reduce((sum, { totalCents }) => sum + totalCents, 0) + rightsCents).toBe(totals.beforeDiscountCents);
      expect(rightsCents).toBe(totals.rightsCents);
      expect(new Set(sections.map(({ section }) => section)).size).toBe(sections.length);
    }));
  });
});
