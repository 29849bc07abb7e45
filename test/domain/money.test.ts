import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, proportion, roundHalfUp, share, sum } from '../../domain/money.ts';

const cents = fc.integer({ min: 0, max: 1_000_000_000 });

describe('I9 money: rounding', () => {
  it.each([
    [5, 2, 3], [4, 3, 1], [49, 100, 0], [50, 100, 1], [0, 7, 0], [-5, 2, -3], [-4, 3, -1], [-49, 100, 0],
  ])('%i / %i → %i', (numerator, denominator, rounded) => {
    expect(roundHalfUp(numerator, denominator)).toBe(rounded);
  });

  it('is exact where floating point is not', () => {
    // 999,999,999.50 cents exactly: a double of the product would have lost the half.
    expect(roundHalfUp(9_007_199_254_740_993n, 2)).toBe(4_503_599_627_370_497);
    expect(share(1_000_000_000, 10_000)).toBe(1_000_000_000);
    expect(share(999_999_999, 9_999)).toBe(999_899_999);
    expect(share(1_005, 1_000)).toBe(101); // 100.5, where 1005 * 0.1 in floats hesitates
  });

  it('is never more than half a unit away', () => {
    fc.assert(fc.property(cents, fc.integer({ min: 0, max: 10_000 }), (amount, rateBp) => {
      const twice = 2n * BigInt(share(amount, rateBp)) * 10_000n - 2n * BigInt(amount) * BigInt(rateBp);
      expect(twice <= 10_000n && twice > -10_000n).toBe(true);
    }));
  });

  it('mirrors below zero, so that a credit note undoes its invoice', () => {
    fc.assert(fc.property(cents, fc.integer({ min: 0, max: 10_000 }), (amount, rateBp) => {
      expect(share(-amount, rateBp) + share(amount, rateBp)).toBe(0);
    }));
    expect(Object.is(roundHalfUp(-1, 3), 0)).toBe(true); // no minus zero
  });

  it('refuses what is no integer, or a denominator that is not positive', () => {
    expect(() => share(10.5, 100)).toThrow(RangeError);
    expect(() => share(Number.NaN, 100)).toThrow(RangeError);
    expect(() => proportion(2 ** 53, 1, 2)).toThrow(RangeError);
    expect(() => sum([1, 0.5])).toThrow(RangeError);
    expect(() => roundHalfUp(1, 0)).toThrow(RangeError);
    expect(() => roundHalfUp(1, -2)).toThrow(RangeError);
  });
});

describe('I9 money: allocation to the cent', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 });

  it('gives cents left over to the largest remainders, the first of equal ones', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(101, [1, 1, 1])).toEqual([34, 34, 33]);
    expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6]); // 1.43, 2.86, 5.71: the cents go to .86 and .71
    expect(allocate(1, [1, 5, 5])).toEqual([0, 1, 0]);
  });

  it('defines the edges', () => {
    expect(allocate(0, [3, 4])).toEqual([0, 0]);
    expect(allocate(0, [])).toEqual([]);
    expect(allocate(5, [0, 0])).toEqual([3, 2]);
    expect(allocate(7, [0, 2])).toEqual([0, 7]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(() => allocate(5, [])).toThrow(RangeError);
    expect(() => allocate(5, [2, -1])).toThrow(RangeError);
  });

  it('adds up exactly, is fair to less than a cent, and gives nothing for no weight', () => {
    fc.assert(fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (total, weighing) => {
      const parts = allocate(total, weighing);
      expect(sum(parts)).toBe(total);
      const whole = BigInt(sum(weighing));
      if (whole === 0n) return;
      parts.forEach((part, index) => {
        const distance = BigInt(part) * whole - BigInt(total) * BigInt(weighing[index]!);
        expect(distance < whole && distance > -whole).toBe(true);
        if (weighing[index] === 0) expect(part).toBe(0);
      });
    }));
  });

  it('never gives more for less weight', () => {
    fc.assert(fc.property(cents, weights, (total, weighing) => {
      const parts = allocate(total, weighing);
      weighing.forEach((a, i) => weighing.forEach((b, j) => {
        if (a > b) expect(parts[i]).toBeGreaterThanOrEqual(parts[j]!);
      }));
    }));
  });
});
