import { largestAmountCents } from './money.ts';

/** Amounts as people type and read them. */

/**
 * What a person typed, in cents; null when it is not one clear positive amount.
 * Understands « 1 234,50 », “1,234.50”, “1234.5”, a € before or after, and every kind of space between thousands. Refuses words, signs,
 * zero, more than two decimals, and what two readers could read differently: “1.234” is one euro and some to one, a thousand to the other.
 */
export function parseAmount(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(/^€\s*|\s*(?:€|eur|euros?)$/gi, '').replace(/[’']/g, ' ').replace(/\s/g, ' ');
  const written = readings.map((reading) => reading.exec(plain)).find((found) => found !== null);
  if (!written) return null;
  const [, units = '', decimals = ''] = written;
  const cents = Number(units.replace(/[ .,]/g, '')) * 100 + Number(decimals.padEnd(2, '0'));
  return cents > 0 && cents <= largestAmountCents ? cents : null;
}

/** Digits in one run or in groups of three by one separator, then at most two decimals after the other separator. */
const readings = [
  /^(\d+)(?:[.,](\d{1,2}))?$/, // 1234 · 1234,5 · 1234.50
  /^(\d{1,3}(?: \d{3})+)(?:[.,](\d{1,2}))?$/, // 1 234,50
  /^(\d{1,3}(?:\.\d{3})+),(\d{1,2})$/, // 1.234,50
  /^(\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/, // 1,234.50
  /^(\d{1,3}(?:\.\d{3}){2,})$/, // 1.234.567
  /^(\d{1,3}(?:,\d{3}){2,})$/, // 1,234,567
];

/** Cents as a field of a form holds them, ready to be typed over: 123450 → « 1234,50 ». */
export const typedAmount = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');

const euros = {
  fr: new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }),
};

/** Cents as the reader's language writes them: 123450 → « 1 234,50 € » (narrow no-break space, then no-break space) or “€1,234.50”. */
export function formatAmount(cents: number, locale: 'fr' | 'en'): string {
  return euros[locale].format(cents / 100);
}
