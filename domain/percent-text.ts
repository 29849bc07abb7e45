/**
 * A percentage as people type it, in basis points: “17”, « 17,5 », “17.25 %” → 1700, 1750, 1725. Null for words, signs and more than two decimals.
 */
export function parsePercent(text: string): number | null {
  const written = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.normalize('NFKC').trim().replace(/\s*%$/, ''));
  if (!written) return null;
  const [, whole = '', decimals = ''] = written;
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}
