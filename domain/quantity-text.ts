/** How much of something one line may hold, in thousandths. */
export const largestQuantityMilli = 100_000_000;

/**
 * A quantity as people type it, in thousandths: “2”, « 2,5 », “0.25”, « 1 200 » → 2000, 2500, 250, 1200000.
 * Null for words, signs, zero, more than three decimals and more than `largestQuantityMilli`.
 */
export function parseQuantity(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(/\s/g, ' ');
  const written = /^(\d+|\d{1,3}(?: \d{3})+)(?:[.,](\d{1,3}))?$/.exec(plain);
  if (!written) return null;
  const [, units = '', decimals = ''] = written;
  const milli = Number(units.replaceAll(' ', '')) * 1_000 + Number(decimals.padEnd(3, '0'));
  return milli > 0 && milli <= largestQuantityMilli ? milli : null;
}
