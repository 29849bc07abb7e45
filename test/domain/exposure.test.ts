import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposureByDay, type OwedToMember } from '../../domain/exposure.ts';

const dayAt = (index: number): string => new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10);
const count = 40;
const days = Array.from({ length: count }, (_, index) => dayAt(index));
const [first = ''] = days;
const anyOwed = fc.record({
  owedCents: fc.integer({ min: 0, max: 5_000_000 }), inHandCents: fc.integer({ min: 0, max: 2_000_000 }),
  legalDueOn: fc.integer({ min: -20, max: count + 20 }).map(dayAt), clientDueOn: fc.option(fc.integer({ min: 0, max: count + 20 }).map(dayAt), { nil: null }),
}).map((one): OwedToMember => ({ ...one, inHandCents: Math.min(one.inHandCents, one.owedCents) }));
const anyReceivable = fc.record({ leftCents: fc.integer({ min: 1, max: 9_000_000 }), dueOn: fc.integer({ min: -10, max: count + 10 }).map(dayAt) });
const sum = <Item>(items: readonly Item[], cents: (item: Item) => number): number => items.reduce((total, item) => total + cents(item), 0);

describe('I5 the exposure of each day', () => {
  it('I5: a client due after the law’s day is advanced that day and comes back on theirs; one due before costs nothing; a late one does not come back', () => {
    const owed = (legal: number, client: number | null, inHandCents = 0): OwedToMember => ({ owedCents: 1_000, inHandCents, legalDueOn: dayAt(legal), clientDueOn: client === null ? null : dayAt(client) });
    const told = (one: OwedToMember) => exposureByDay(days.slice(0, 5), [one], []).map(({ exposureCents }) => exposureCents);
    expect(told(owed(1, 3))).toEqual([0, 1_000, 1_000, 0, 0]);
    expect(told(owed(3, 1))).toEqual([0, 0, 0, 0, 0]);
    expect(told(owed(2, 2))).toEqual([0, 0, 0, 0, 0]);
    expect(told(owed(2, null))).toEqual([0, 0, 1_000, 1_000, 1_000]);
    expect(told(owed(-4, 2))).toEqual([1_000, 1_000, 0, 0, 0]);
    expect(told(owed(1, null, 400))).toEqual([0, 600, 600, 600, 600]);
    expect(told(owed(1, null, 1_000))).toEqual([0, 0, 0, 0, 0]);
  });

  it('I5, I9: whatever is owed and expected, each day’s sums are those of the invoices themselves, and nothing is lost between two days', () => {
    fc.assert(fc.property(fc.array(anyOwed, { maxLength: 30 }), fc.array(anyReceivable, { maxLength: 30 }), (owed, receivables) => {
      const told = exposureByDay(days, owed, receivables);
      let before = 0;
      for (const { on, exposureCents, toAdvanceCents, comesBackCents } of told) {
        // Looked at from the invoices: fallen due by law, the client still to pay after that day, or nobody knows when.
        const standing = owed.filter(({ legalDueOn, clientDueOn }) => legalDueOn <= on && (clientDueOn === null || clientDueOn > on));
        expect(exposureCents).toBe(sum(standing, ({ owedCents, inHandCents }) => owedCents - inHandCents));
        expect(exposureCents - before).toBe(toAdvanceCents - comesBackCents);
        expect(Math.min(exposureCents, toAdvanceCents, comesBackCents)).toBeGreaterThanOrEqual(0);
        before = exposureCents;
      }
      const last = days.at(-1) ?? '';
      expect(sum(told, ({ dueToMembersCents }) => dueToMembersCents)).toBe(sum(owed.filter(({ legalDueOn }) => legalDueOn <= last), ({ owedCents }) => owedCents));
      expect(sum(told, ({ expectedCents }) => expectedCents)).toBe(sum(receivables.filter(({ dueOn }) => dueOn >= first && dueOn <= last), ({ leftCents }) => leftCents));
    }), { numRuns: 500 });
  });
});
