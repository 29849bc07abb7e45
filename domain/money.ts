/** Integer division rounded half up, away from zero, exact for any amount of this product. */
export function roundHalfUp(numerator: bigint | number, denominator: bigint | number): number {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  const sign = n < 0n !== d < 0n ? -1n : 1n;
  const [an, ad] = [n < 0n ? -n : n, d < 0n ? -d : d];
  return Number(sign * ((2n * an + ad) / (2n * ad)));
}

/** A share of an amount. Cents and basis points in, cents out, half up. */
export function share(cents: number, rateBp: number): number {
  return roundHalfUp(BigInt(cents) * BigInt(rateBp), 10_000);
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Splits a total by weights so that the parts add up exactly: largest remainder first, earlier parts before later ones. Cents. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (weights.length === 0 || whole <= 0n) throw new RangeError('nothing to allocate to');
  const sign = total < 0 ? -1 : 1;
  const amount = BigInt(Math.abs(total));
  const parts = weights.map((weight, index) => {
    const product = amount * BigInt(weight);
    return { index, floor: Number(product / whole), remainder: product % whole };
  });
  let left = Math.abs(total) - sum(parts.map(({ floor }) => floor));
  const result = parts.map(({ floor }) => floor);
  const byRemainder = [...parts].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    result[index] = (result[index] ?? 0) + 1;
    left -= 1;
  }
  return result.map((part) => (part === 0 ? 0 : sign * part));
}
