/** Numbers that carry their own check: SIREN, SIRET, French VAT number, IBAN. Spaces are allowed everywhere; nothing is looked up outside. */

/** A number as it is stored: capitals and digits, without spaces, dots or dashes. */
export function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s.\-]/g, '').toUpperCase();
}

/** Nine digits of an enterprise, checked by Luhn's formula. */
export function isSiren(text: string): boolean {
  const digits = compact(text);
  return /^\d{9}$/.test(digits) && digits !== '000000000' && luhn(digits) % 10 === 0;
}

const laPoste = '356000000';

/** Fourteen digits of an establishment. Those of La Poste, too many for the formula, add up to a multiple of five instead. */
export function isSiret(text: string): boolean {
  const digits = compact(text);
  if (!/^\d{14}$/.test(digits) || !isSiren(digits.slice(0, 9))) return false;
  if (luhn(digits) % 10 === 0) return true;
  return digits.startsWith(laPoste) && [...digits].reduce((total, digit) => total + Number(digit), 0) % 5 === 0;
}

/** The enterprise an establishment belongs to. */
export function sirenOf(siret: string): string {
  return compact(siret).slice(0, 9);
}

/** FR, a key of two characters and the SIREN. Keys are two digits, or hold a letter where the digits ran out. */
export function isFrenchVatNumber(text: string): boolean {
  const found = /^FR([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(compact(text));
  const [, key = '', siren = ''] = found ?? [];
  if (!found || !isSiren(siren)) return false;
  if (/^\d\d$/.test(key)) return Number(key) === vatKey(siren);
  const first = keyAlphabet.indexOf(key.charAt(0));
  const second = keyAlphabet.indexOf(key.charAt(1));
  const check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11;
}

const keyAlphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The VAT number an enterprise has with a key of digits, which is the usual one: 732829320 → FR44732829320. */
export function frenchVatNumber(siren: string): string {
  const digits = compact(siren);
  return `FR${String(vatKey(digits)).padStart(2, '0')}${digits}`;
}

/** Shapes of the VAT numbers of the other countries of the Union, and of Northern Ireland, as the Commission publishes them (VIES); their keys are not looked into. */
const euVatShapes: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/, BE: /^[01]\d{9}$/, BG: /^\d{9,10}$/, CY: /^\d{8}[A-Z]$/, CZ: /^\d{8,10}$/, DE: /^\d{9}$/, DK: /^\d{8}$/, EE: /^\d{9}$/, EL: /^\d{9}$/, ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/, HR: /^\d{11}$/, HU: /^\d{8}$/, IE: /^(?:\d[A-Z0-9+*]\d{5}[A-Z]|\d{7}[A-Z]{1,2})$/, IT: /^\d{11}$/, LT: /^(?:\d{9}|\d{12})$/, LU: /^\d{8}$/, LV: /^\d{11}$/, MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/, PL: /^\d{10}$/, PT: /^\d{9}$/, RO: /^\d{2,10}$/, SE: /^\d{12}$/, SI: /^\d{8}$/, SK: /^\d{10}$/, XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

/** A VAT number of the Union: a French one with its key, another country's by its shape. */
export function isVatNumber(text: string): boolean {
  const number = compact(text);
  return number.startsWith('FR') ? isFrenchVatNumber(number) : (euVatShapes[number.slice(0, 2)]?.test(number.slice(2)) ?? false);
}

/** The code of a bank (ISO 9362): bank, country, place, and a branch of three signs or none. */
export function isBic(text: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(compact(text));
}

function vatKey(siren: string): number {
  return (12 + 3 * (Number(siren) % 97)) % 97;
}

/** Length of an IBAN by country, for those OFF-WORKS is likely to pay to; another country's must only pass the key. */
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24, AT: 20, BE: 16, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21, HU: 28, IE: 22, IS: 26, IT: 27,
  LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, SM: 27,
};

/** An account number whose key (ISO 7064, mod 97) and length fit. */
export function isIban(text: string): boolean {
  const iban = compact(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const length = ibanLengths[iban.slice(0, 2)];
  if (length !== undefined && iban.length !== length) return false;
  const digits = [...(iban.slice(4) + iban.slice(0, 4))].map((sign) => parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** What may be shown of an account: FR76 •••• 0189, or •••• 0189 where only the end of it is at hand. */
export function maskIban(ibanOrLast4: string): string {
  const iban = compact(ibanOrLast4);
  return iban.length > 8 ? `${iban.slice(0, 4)} •••• ${ibanLast4(iban)}` : `•••• ${ibanLast4(iban)}`;
}

/** The last four characters of an account, which its owner recognises it by. */
export function ibanLast4(text: string): string {
  return compact(text).slice(-4);
}

function luhn(digits: string): number {
  return [...digits].reverse().reduce((total, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}
