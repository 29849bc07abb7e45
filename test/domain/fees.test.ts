import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicableRate, fee, feeOfInvoice, membersBudget, withFee, type FeeBasis, type SpecialRate } from '../../domain/fees.ts';
import { sum } from '../../domain/money.ts';
import { basisPointsOf, centsOf, rowsUnder } from './worked-examples.ts';

const bases = fc.constantFrom<FeeBasis>('of_final_amount', 'of_members_total');
const rates = fc.integer({ min: 0, max: 5_000 });
const amounts = fc.integer({ min: 0, max: 1_000_000_000 });

describe('Q6 fee', () => {
  it('reads 17 % in both ways', () => {
    expect(fee(83_000, 1_700, 'of_final_amount')).toBe(17_000);
    expect(withFee(83_000, 1_700, 'of_final_amount')).toBe(100_000);
    expect(fee(83_000, 1_700, 'of_members_total')).toBe(14_110);
    expect(withFee(83_000, 1_700, 'of_members_total')).toBe(97_110);
  });

  it.each(rowsUnder('From members’ total to final amount'))('works out docs/fees.md: %s at %s %s → %s, %s', (members, rate, basis, itsFee, final) => {
    expect(fee(centsOf(members), basisPointsOf(rate), basis as FeeBasis)).toBe(centsOf(itsFee));
    expect(withFee(centsOf(members), basisPointsOf(rate), basis as FeeBasis)).toBe(centsOf(final));
  });

  it('is its rate of what it says it is a rate of, to half a cent', () => {
    fc.assert(fc.property(amounts, rates, bases, (members, rateBp, basis) => {
      const itsFee = fee(members, rateBp, basis);
      const base = basis === 'of_final_amount' ? members + itsFee : members;
      expect(Math.abs(itsFee * 10_000 - base * rateBp)).toBeLessThanOrEqual(5_000);
    }));
  });

  it('refuses a rate that leaves nothing to the members', () => {
    expect(() => fee(100, 10_000, 'of_final_amount')).toThrow(RangeError);
    expect(() => fee(100, -1, 'of_members_total')).toThrow(RangeError);
    expect(fee(100, 10_000, 'of_members_total')).toBe(100);
  });
});

describe('M8 calculator', () => {
  it.each(rowsUnder('From the client’s budget'))('works out docs/fees.md: %s at %s %s leaves %s', (budget, rate, basis, left, itsFee) => {
    const members = membersBudget(centsOf(budget), basisPointsOf(rate), basis as FeeBasis);
    expect(members).toBe(centsOf(left));
    expect(fee(members, basisPointsOf(rate), basis as FeeBasis)).toBe(centsOf(itsFee));
  });

  it('finds the largest total that fits', () => {
    fc.assert(fc.property(amounts, rates, bases, (budget, rateBp, basis) => {
      const members = membersBudget(budget, rateBp, basis);
      expect(withFee(members, rateBp, basis)).toBeLessThanOrEqual(budget);
      expect(withFee(members + 1, rateBp, basis)).toBeGreaterThan(budget);
    }));
  });

  it('has nothing for nothing', () => {
    expect(membersBudget(0, 1_700, 'of_final_amount')).toBe(0);
    expect(membersBudget(-5, 1_700, 'of_final_amount')).toBe(0);
    expect(() => membersBudget(100_000, 10_000, 'of_final_amount')).toThrow(RangeError);
  });
});

describe('I9 the fee of a quote invoiced in parts', () => {
  it('follows docs/fees.md', () => {
    const quote = { quoteMembersCents: 100_000, quoteFeeCents: fee(100_000, 1_700, 'of_final_amount') };
    let invoicedBeforeCents = 0;
    let fees = 0;
    for (const [amount, soFar, feeSoFar, feeOfPart] of rowsUnder('In parts')) {
      const part = feeOfInvoice({ ...quote, invoicedBeforeCents, amountCents: centsOf(amount) });
      invoicedBeforeCents += centsOf(amount);
      fees += part;
      expect([part, fees, invoicedBeforeCents]).toEqual([centsOf(feeOfPart), centsOf(feeSoFar), centsOf(soFar)]);
    }
    expect(fees).toBe(quote.quoteFeeCents);
  });

  it('adds up to the fee of the quote to the cent, and takes nothing back', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 30_000_000 }), { minLength: 1, maxLength: 30 }), rates, bases, (parts, rateBp, basis) => {
      const quoteMembersCents = sum(parts);
      const quoteFeeCents = fee(quoteMembersCents, rateBp, basis);
      let invoicedBeforeCents = 0;
      const fees = parts.map((amountCents) => {
        const part = feeOfInvoice({ quoteMembersCents, quoteFeeCents, invoicedBeforeCents, amountCents });
        invoicedBeforeCents += amountCents;
        return part;
      });
      expect(sum(fees)).toBe(quoteFeeCents);
      expect(Math.min(...fees)).toBeGreaterThanOrEqual(0);
    }));
  });

  it('is nothing of a quote that asks nothing', () => {
    expect(feeOfInvoice({ quoteMembersCents: 0, quoteFeeCents: 0, invoicedBeforeCents: 0, amountCents: 0 })).toBe(0);
  });
});

describe('C11 special rates', () => {
  const day = (text: string): Date => new Date(`${text}T00:00:00+01:00`);
  const agreed = { rateBp: 1_400, from: day('2026-03-01'), until: day('2026-12-31') };
  const rateAt = (text: string, specialRates: SpecialRate[] = [agreed]): number => applicableRate({ defaultRateBp: 1_700, specialRates, at: day(text) });

  it('runs from its date to its end, and reaches nothing before', () => {
    expect(rateAt('2026-02-28')).toBe(1_700);
    expect(rateAt('2026-03-01')).toBe(1_400);
    expect(rateAt('2026-12-30')).toBe(1_400);
    expect(rateAt('2026-12-31')).toBe(1_700);
    expect(rateAt('2026-03-01', [])).toBe(1_700);
  });

  it('lets a later agreement take over, also a higher one, without touching what came before', () => {
    const rates = [{ rateBp: 1_600, from: day('2026-06-01'), until: null }, agreed];
    expect(rateAt('2026-05-31', rates)).toBe(1_400);
    expect(rateAt('2026-06-01', rates)).toBe(1_600);
    expect(rateAt('2027-06-01', rates)).toBe(1_600);
  });

  it('takes the lower of two that begin together, in whatever order they come', () => {
    const rates = [agreed, { ...agreed, rateBp: 1_300 }];
    expect(rateAt('2026-04-01', rates)).toBe(1_300);
    expect(rateAt('2026-04-01', [...rates].reverse())).toBe(1_300);
  });
});
