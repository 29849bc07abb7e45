/**
 * Exact arithmetic on money: integer cents, rates in basis points (1700 = 17 %), rounded half up once, at the last step.
 * Products are made with BigInt, so nothing is lost between the factors and the rounding.
 */

/** Ten million euros: what one amount may reach. Cents. */
export const largestAmountCents = 1_000_000_000;

/** Adds amounts of cents. */
export function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += whole(amount);
  return total;
}

/**
 * A fraction rounded to the nearest integer, a half away from zero: 5/2 → 3, −5/2 → −3, so that a credit note mirrors its invoice.
 * @param numerator integer, as a bigint where it is a product that may pass 2^53
 * @throws RangeError a denominator that is not positive, an argument that is not an integer
 */
export function roundHalfUp(numerator: number | bigint, denominator: number | bigint): number {
  const top = BigInt(numerator);
  const bottom = BigInt(denominator);
  if (bottom <= 0n) throw new RangeError(`denominator ${denominator} is not positive`);
  const rounded = Number((2n * (top < 0n ? -top : top) + bottom) / (2n * bottom));
  return top < 0n && rounded !== 0 ? -rounded : rounded;
}

/** `part` of `whole` applied to an amount: cents × part / whole, rounded half up. */
export function proportion(cents: number, part: number, ofWhole: number): number {
  return roundHalfUp(BigInt(whole(cents)) * BigInt(whole(part)), BigInt(whole(ofWhole)));
}

/** A rate of an amount, in cents: share(83_000, 1_700) → 14_110. */
export function share(cents: number, rateBp: number): number {
  return proportion(cents, rateBp, 10_000);
}

/**
 * Divides an amount of cents by weights so that the parts add up exactly: each gets its share rounded down, the cents left over go
 * to the largest remainders, the first of two equal ones.
 * - All weights zero: equal parts, the first ones one cent more.
 * - A negative total: the parts of the same positive total, with the sign changed.
 * @throws RangeError no weight for an amount that is not zero, a negative weight
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (weights.some((weight) => whole(weight) < 0)) throw new RangeError('a weight is negative');
  if (weights.length === 0) {
    if (whole(total) === 0) return [];
    throw new RangeError(`nobody to share ${total} cents with`);
  }
  if (whole(total) < 0) return allocate(-total, weights).map((part) => (part === 0 ? 0 : -part));

  const totalWeight = sum(weights);
  const shares = totalWeight === 0 ? weights.map(() => 1) : weights;
  const divisor = BigInt(totalWeight === 0 ? weights.length : totalWeight);
  const exact = shares.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, part: Number(product / divisor), remainder: product % divisor };
  });
  const parts = exact.map(({ part }) => part);
  const byRemainder = [...exact].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, total - sum(parts))) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Guards every entry: half a cent, or an amount too large to be exact, is a mistake of the caller and never rounded silently. */
function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer amount`);
  return value;
}
