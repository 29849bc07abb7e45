import { DateTime } from 'luxon';
import type { Day, DocumentLocale, Moment } from './kinds.ts';
import { wordsOf } from './words.ts';

/**
 * Figures and dates as a reader expects them. Written by hand rather than by the platform's Intl, whose spaces and abbreviations
 * change from one version to the next: the same data must give the same bytes, and so the same SHA-256, for ten years.
 */
const narrowSpace = '\u202f'; // before ; ! ? %
const hardSpace = '\u00a0'; // before : and €, between thousands

/** 123456 cents → « 1 234,56 € » or “€1,234.56”. */
export function money(cents: number, locale: DocumentLocale): string {
  const sign = cents < 0 ? '−' : '';
  const amount = decimal(Math.abs(cents), 2, 2, locale);
  return locale === 'fr' ? `${sign}${amount}${hardSpace}€` : `${sign}€${amount}`;
}

/** 1700 basis points → « 17 % » or “17%”; 550 → « 5,5 % ». */
export function rate(bp: number, locale: DocumentLocale): string {
  return `${decimal(bp, 2, 0, locale)}${locale === 'fr' ? narrowSpace : ''}%`;
}

/** 2500 thousandths → « 2,5 » or “2.5”. */
export function quantity(milli: number, locale: DocumentLocale): string {
  return decimal(milli, 3, 0, locale);
}

/** 2026-03-31 → « 31 mars 2026 » or “31 March 2026”; the first of a month is « 1er » in French. */
export function day(value: Day, locale: DocumentLocale): string {
  const [year, month, date] = value.split('-').map(Number);
  if (!year || !month || !date || month > 12) throw new Error(`not a day: ${value}`);
  return `${date === 1 ? wordsOf(locale).first : date} ${wordsOf(locale).months[month - 1]} ${year}`.replaceAll(' ', hardSpace);
}

/** A moment in Paris with its offset, « 31 mars 2026 à 16:05:00 (UTC+02:00) ». */
export function parisMoment(value: Moment, locale: DocumentLocale): string {
  const paris = moment(value).setZone('Europe/Paris');
  return `${day(paris.toFormat('yyyy-MM-dd'), locale)} ${wordsOf(locale).at} ${paris.toFormat('HH:mm:ss')}${hardSpace}(UTC${paris.toFormat('ZZ')})`;
}

/** A moment in Paris as a person says it, « 31 mars 2026 à 16 h 05 » or “31 March 2026 at 16:05”. */
export function parisTime(value: Moment, locale: DocumentLocale): string {
  const paris = moment(value).setZone('Europe/Paris');
  const hour = paris.toFormat(locale === 'fr' ? `H'${hardSpace}h${hardSpace}'mm` : 'HH:mm');
  return `${day(paris.toFormat('yyyy-MM-dd'), locale)} ${wordsOf(locale).at} ${hour}`;
}

/** A moment in UTC as machines write it: 2026-03-31T14:05:00Z. */
export function utcMoment(value: Moment): string {
  return moment(value).toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}

/** The day it is in Paris at a moment given in ms, or as a Date. */
export function parisDay(at: number | Date): Day {
  return DateTime.fromMillis(Number(at), { zone: 'Europe/Paris' }).toFormat('yyyy-MM-dd');
}

/** 12345678200010 → 123 456 782 00010; 123456782 → 123 456 782. */
export function registrationNumber(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})?$/, (_whole, a, b, c, nic) => [a, b, c, nic].filter(Boolean).join(hardSpace));
}

/** Groups of four. */
export function iban(value: string): string {
  return value.replace(/\s/g, '').replace(/(.{4})(?=.)/g, `$1${hardSpace}`);
}

function moment(value: Moment): DateTime {
  const parsed = DateTime.fromISO(value, { zone: 'utc' });
  if (!parsed.isValid) throw new Error(`not a moment: ${value}`);
  return parsed;
}

/** An integer of 10^-scale units, with at least `keep` decimals. */
function decimal(units: number, scale: number, keep: number, locale: DocumentLocale): string {
  if (!Number.isSafeInteger(units)) throw new Error(`not a whole number of units: ${units}`);
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale).replace(/\B(?=(\d{3})+$)/g, locale === 'fr' ? hardSpace : ',');
  let part = digits.slice(-scale);
  while (part.length > keep && part.endsWith('0')) part = part.slice(0, -1);
  return `${units < 0 ? '−' : ''}${whole}${part ? (locale === 'fr' ? ',' : '.') + part : ''}`;
}
