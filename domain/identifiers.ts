function luhn(digits: string): boolean {
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
}

const compact = (text: string): string => text.replace(/[\s\u00a0\u202f.-]/g, '').toUpperCase();

export function isSiren(text: string): boolean {
  const siren = compact(text);
  return /^\d{9}$/.test(siren) && luhn(siren);
}

/** La Poste's establishments add their digits up to a multiple of five instead. */
export function isSiret(text: string): boolean {
  const siret = compact(text);
  if (!/^\d{14}$/.test(siret)) return false;
  if (luhn(siret)) return true;
  return siret.startsWith('356000000') && [...siret].reduce((total, digit) => total + Number(digit), 0) % 5 === 0;
}

/** FR, a key worked out from the SIREN, and the SIREN. */
export function isFrenchVatNumber(text: string): boolean {
  const number = compact(text);
  const match = /^FR(\d{2})(\d{9})$/.exec(number);
  if (!match) return false;
  const siren = match[2] ?? '';
  return isSiren(siren) && Number(match[1]) === (12 + 3 * (Number(siren) % 97)) % 97;
}

export function isIban(text: string): boolean {
  const iban = compact(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

export function maskIban(last4: string): string {
  return `•••• ${last4}`;
}
