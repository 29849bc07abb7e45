import type { Day } from '../kinds.ts';
import type { VatOfLine } from './invoice.ts';
import { group, leaf, type Xml } from './xml.ts';

/** Figures, days and codes as the standard writes them. */

export const discount = '95'; // UNTDID 5189
export const sepaTransfer = '58'; // UNTDID 4461
export const paidOn = '72'; // UNTDID 2475
const day102 = '102'; // UNTDID 2379: CCYYMMDD

const dayText = (name: string, day: Day): Xml => leaf(name, day.replaceAll('-', ''), { format: day102 });
export const dayOf = (name: string, day: Day): Xml => group(name, [dayText('udt:DateTimeString', day)]);
export const qualifiedDayOf = (name: string, day: Day): Xml => group(name, [dayText('qdt:DateTimeString', day)]);
export const percent = (vat: VatOfLine): string => euros(vat.category === 'S' ? vat.rateBp : 0);
export const taxOf = (vat: VatOfLine): Xml[] => [leaf('ram:TypeCode', 'VAT'), leaf('ram:CategoryCode', vat.category), leaf('ram:RateApplicablePercent', percent(vat))];

/** What is taken off, and how much of what. */
export const indicator = (charge: boolean): Xml => group('ram:ChargeIndicator', [leaf('udt:Indicator', String(charge))]);

/** Hundredths with two decimals: cents as euros, basis points as a percent. */
export function euros(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new Error(`not a whole number of cents: ${cents}`);
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function thousandths(milli: number): string {
  const digits = String(milli).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
