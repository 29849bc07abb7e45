import { describe, expect, it } from 'vitest';
import { checkList, type QuoteCheckName, type QuoteToCheck } from '../../domain/quote-checks.ts';
import { line } from './quote-samples.ts';

const good: QuoteToCheck = {
  quote: { lines: [line({}), line({ label: 'Cession de droits', kind: 'rights' })], discountCents: 0, vatRegime: 'standard', vatRateBp: 2_000 },
  billing: { vatRegime: 'standard', vatRateBp: 2_000, mandated: true }, profileDayRateCents: 60_000, brief: 'Un nouveau logo', budgetCents: 160_000, teamTotalCents: 144_578, submittedAt: 0, now: 1_000, validityDays: null,
};
const verdict = (name: QuoteCheckName, changed: Partial<QuoteToCheck>) => checkList({ ...good, ...changed }).find((one) => one.name === name)?.verdict;
const quote = (...lines: ReturnType<typeof line>[]): Partial<QuoteToCheck> => ({ quote: { ...good.quote, lines } });

describe('Q4 the check list of a member’s quote', () => {
  it('has nothing to say of a good quote', () => {
    expect(checkList(good).filter((one) => one.verdict !== 'ok')).toEqual([]);
  });

  it.each<[string, QuoteCheckName, Partial<QuoteToCheck>, string]>([
    ['Q5 a fee typed as a line', 'fee', quote(line({ label: 'Commission OFF-WORKS 17 %' })), 'block'],
    ['Q1 a large lump sum', 'detail', quote(line({ kind: 'flat', section: '', unitCents: 400_000 })), 'block'],
    ['Q1 a small lump sum', 'detail', quote(line({ kind: 'flat', unitCents: 40_000 })), 'warn'],
    ['no billing entity', 'billing', { billing: null }, 'block'],
    ['no mandate', 'mandate', { billing: { vatRegime: 'standard', vatRateBp: 2_000, mandated: false } }, 'warn'],
    ['another VAT regime', 'vat', { billing: { vatRegime: 'franchise', vatRateBp: 0, mandated: true } }, 'warn'],
    ['Q1 creation without rights', 'rights', quote(line({})), 'warn'],
    ['Q1 an option that says nothing', 'optionLabels', quote(line({}), line({ optional: true, label: 'Option 2' })), 'warn'],
    ['a day rate far from the profile', 'dayRate', { profileDayRateCents: 40_000 }, 'warn'],
    ['a day rate near the profile', 'dayRate', { profileDayRateCents: 50_000 }, 'ok'],
    ['above the budget', 'budget', { budgetCents: 100_000 }, 'warn'],
    ['far below the budget', 'budget', { budgetCents: 400_000 }, 'warn'],
    ['an unknown budget', 'budget', { budgetCents: null }, 'ok'],
    ['an old quote', 'validity', { now: 40 * 86_400_000 }, 'warn'],
  ])('%s', (_name, name, changed, expected) => {
    expect(verdict(name, changed)).toBe(expected);
  });
});
