import { describe, expect, it } from 'vitest';
import { buildClientQuote } from '../../domain/client-quote.ts';
import { clientQuoteDifferences } from '../../domain/client-quote-differences.ts';

const line = (id: string, label: string, unitCents: number, more: object = {}) => ({ id, section: 'Site', kind: 'flat', label, quantityMilli: 1_000, unitCents, optional: false, offered: false, ...more });
const content = (parts: readonly { name: string; lines: ReturnType<typeof line>[]; discountCents?: number }[], tickedOptionIds: string[] = []) => buildClientQuote({
  quotes: parts.map(({ name, lines, discountCents = 0 }, index) => ({ quoteId: `q${index}`, memberName: name, lines, discountCents })), feeRateBp: 1_700, feeBasis: 'of_final_amount', vatRateBp: 2_000, vatTreatment: 'domestic', tickedOptionIds,
});

describe('Q2, C9 what changed between two versions of the global quote', () => {
  const base = content([{ name: 'Anna', lines: [line('a', 'Maquettes', 41_500)] }, { name: 'Boris', lines: [line('b', 'Gabarits', 41_500)] }]);

  it('Q2: nothing, between a version and itself', () => {
    expect(clientQuoteDifferences(base, base)).toEqual({ work: [], fee: null, total: null, totalWithTax: null });
  });

  it('Q2: a line whose price moved, in its member’s part alone, then the fee and the totals', () => {
    const next = content([{ name: 'Anna', lines: [line('x', 'Maquettes', 49_800)] }, { name: 'Boris', lines: [line('y', 'Gabarits', 41_500)] }]);
    expect(clientQuoteDifferences(base, next)).toMatchObject({
      work: [{ memberName: 'Anna', change: 'changed', lines: [{ change: 'changed', fields: ['unitCents'] }], discount: null, total: { beforeCents: 41_500, afterCents: 49_800 } }],
      fee: { beforeCents: 17_000, afterCents: 18_700 }, total: { beforeCents: 100_000, afterCents: 110_000 }, totalWithTax: { beforeCents: 120_000, afterCents: 132_000 },
    });
  });

  it('Q2: who joins and who leaves, whatever their order', () => {
    const next = content([{ name: 'Chloé', lines: [line('c', 'Textes', 41_500)] }, { name: 'Anna', lines: [line('a', 'Maquettes', 41_500)] }]);
    const told = clientQuoteDifferences(base, next);
    expect(told.work.map(({ memberName, change }) => [memberName, change])).toEqual([['Chloé', 'added'], ['Boris', 'removed']]);
    expect(told.total).toBeNull();
  });

  it('Q2: a discount, and an option ticked, which moves the total and no line', () => {
    const lines = [line('a', 'Maquettes', 41_500), line('o', 'Traduction', 8_300, { optional: true })];
    const discounted = clientQuoteDifferences(content([{ name: 'Anna', lines }]), content([{ name: 'Anna', lines, discountCents: 4_150 }]));
    expect(discounted.work).toMatchObject([{ lines: [], discount: { beforeCents: 0, afterCents: 4_150 }, total: { beforeCents: 41_500, afterCents: 37_350 } }]);
    const ticked = clientQuoteDifferences(content([{ name: 'Anna', lines }]), content([{ name: 'Anna', lines }], ['o']));
    expect(ticked.work).toMatchObject([{ lines: [], discount: null, total: { beforeCents: 41_500, afterCents: 49_800 } }]);
  });

  it('Q2: told the other way round, what was before is after', () => {
    const next = content([{ name: 'Anna', lines: [line('a', 'Maquettes', 49_800)] }]);
    const swap = (one: { beforeCents: number; afterCents: number } | null) => one && { beforeCents: one.afterCents, afterCents: one.beforeCents };
    expect(swap(clientQuoteDifferences(base, next).totalWithTax)).toEqual(clientQuoteDifferences(next, base).totalWithTax);
  });
});
