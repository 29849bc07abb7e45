import { seal, unseal } from '../database/cipher.ts';

/** IBANs are encrypted before they are put anywhere, submissions included. */
export function encryptIban(secret: string, iban: string): string {
  return seal(secret, 'iban', iban);
}

/** @throws Error when the secret has changed or the text was tampered with */
export function decryptIban(secret: string, sealed: string): string {
  return unseal(secret, 'iban', sealed);
}
