import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, quoteDifferences } from '../../domain/quote-differences.ts';
import { quoteTotals } from '../../domain/quotes.ts';
import { line } from './quote-samples.ts';

const design = line();
const code = line({ section: 'Développement', label: 'Intégration', quantityMilli: 5_000 });
const copy = line({ kind: 'flat', label: 'Textes', unitCents: 20_000 });

describe('Q2 what changed between two versions', () => {
  it('says nothing of what stayed, wherever it moved and whatever its id', () => {
    expect(differences([design, code, copy], [copy, { ...code, id: 'new' }, { ...design, label: '  maquettes ' }])).toEqual([]);
  });

  it('tells what was added and removed', () => {
    const found = differences([design, code], [design, copy]);
    expect(found.map(({ change }) => change)).toEqual(['added', 'removed']);
    expect(found[0]).toMatchObject({ after: { label: 'Textes', amountCents: 20_000 } });
    expect(found[1]).toMatchObject({ before: { label: 'Intégration', amountCents: 300_000 } });
  });

  it('tells before and after of what changed, and in which fields', () => {
    expect(differences([code], [{ ...code, quantityMilli: 4_000, unitCents: 55_000 }])).toEqual([
      {
        change: 'changed', fields: ['quantityMilli', 'unitCents'],
        before: expect.objectContaining({ quantityMilli: 5_000, amountCents: 300_000 }),
        after: expect.objectContaining({ quantityMilli: 4_000, amountCents: 220_000 }),
      },
    ]);
  });

  it('recognises a line that changed its section, its kind or its name', () => {
    expect(differences([design], [{ ...design, section: 'Direction artistique' }])).toMatchObject([{ change: 'changed', fields: ['section'] }]);
    expect(differences([design], [{ ...design, kind: 'flat', unitCents: 70_000 }])).toMatchObject([{ change: 'changed', fields: ['kind', 'unitCents'] }]);
    expect(differences([design], [{ ...design, label: 'Maquettes et prototype' }])).toMatchObject([{ change: 'changed', fields: ['label'] }]);
  });

  it('tells a line that is now offered, and one that is charged again', () => {
    expect(differences([copy], [{ ...copy, offered: true }])).toMatchObject([{ change: 'offered', fields: ['offered'] }]);
    expect(differences([{ ...copy, offered: true }], [copy])).toMatchObject([{ change: 'changed', fields: ['offered'] }]);
    expect(differences([copy], [{ ...copy, optional: true }])).toMatchObject([{ change: 'changed', fields: ['optional'] }]);
  });

  it('keeps two equal lines two', () => {
    expect(differences([copy, copy], [copy])).toMatchObject([{ change: 'removed' }]);
    expect(differences([copy], [copy, { ...copy }])).toMatchObject([{ change: 'added' }]);
  });

  it('tells discount and total', () => {
    const previous = { lines: [design], discountCents: 0 };
    expect(quoteDifferences(previous, { lines: [design], discountCents: 5_000 })).toEqual({
      lines: [], discount: { beforeCents: 0, afterCents: 5_000 }, total: { beforeCents: 60_000, afterCents: 55_000 },
    });
    expect(quoteDifferences(previous, { lines: [design, copy], discountCents: 0 })).toMatchObject({ discount: null, total: { afterCents: 80_000 } });
  });

  it('accounts for the whole difference between the two totals', () => {
    const lines = fc.array(
      fc.record({
        label: fc.constantFrom('Maquettes', 'Textes', 'Tests'), section: fc.constantFrom('', 'Conception'), kind: fc.constantFrom('days', 'flat', 'rights'),
        quantityMilli: fc.integer({ min: 1, max: 9_000 }), unitCents: fc.integer({ min: 1, max: 90_000 }), optional: fc.boolean(), offered: fc.boolean(),
      }).map((changed) => line(changed)),
      { maxLength: 8 },
    );
    fc.assert(fc.property(lines, lines, (previous, next) => {
      const charged = (version: { optional: boolean; offered: boolean; amountCents: number }): number => (version.optional || version.offered ? 0 : version.amountCents);
      const told = differences(previous, next).reduce(
        (total, difference) => total + ('after' in difference ? charged(difference.after) : 0) - ('before' in difference ? charged(difference.before) : 0), 0,
      );
      expect(told).toBe(quoteTotals({ lines: next, discountCents: 0 }).totalCents - quoteTotals({ lines: previous, discountCents: 0 }).totalCents);
    }));
  });
});
