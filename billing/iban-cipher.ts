import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** IBANs are encrypted before they are put anywhere, submissions included: AES-256-GCM under a key made from the secret. */
const keyOf = (secret: string): Buffer => createHash('sha256').update(`iban:${secret}`).digest();

export function encryptIban(secret: string, iban: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(iban, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws Error when the secret has changed or the text was tampered with */
export function decryptIban(secret: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
