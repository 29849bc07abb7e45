/** Numbers that pass their check and belong to nobody we know of: made from a small integer, always the same. */

/** The digit that completes a number by Luhn's formula. */
function luhnDigit(digits: string): string {
  const total = [...digits].reverse().reduce((sum, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (total % 10)) % 10);
}

export function fictitiousSiren(seed: number): string {
  const digits = String(90_000_000 + ((seed * 7_919) % 9_000_000));
  return digits + luhnDigit(digits);
}

export function fictitiousSiret(seed: number): string {
  const digits = `${fictitiousSiren(seed)}0001`;
  return digits + luhnDigit(digits);
}

/** A French IBAN whose bank does not exist; its own key and the one of ISO 7064 are right. */
export function fictitiousIban(seed: number): string {
  const bank = '99999';
  const counter = '00001';
  const account = String(10_000_000_000 + ((seed * 104_729) % 9_000_000_000));
  const rest = (BigInt(bank) * 89n + BigInt(counter) * 15n + BigInt(account) * 3n) % 97n;
  const bban = `${bank}${counter}${account}${String(97n - rest).padStart(2, '0')}`;
  const key = 98n - BigInt(`${bban}152700`) % 97n; // F is 15, R is 27
  return `FR${String(key).padStart(2, '0')}${bban}`;
}
