import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/** What is encrypted, each under a key of its own made from the secret. */
export type CipherPurpose = 'iban' | 'second-factor' | 'transfer-file';

const keyOf = (secret: string, purpose: CipherPurpose): Buffer => createHash('sha256').update(`${purpose}:${secret}`).digest();

/** Encrypts a text to keep: AES-256-GCM. */
export function seal(secret: string, purpose: CipherPurpose, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws Error when the secret has changed or the text was tampered with */
export function unseal(secret: string, purpose: CipherPurpose, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

/** A mark by which the same text is found again without being kept: HMAC-SHA-256, in hexadecimal. */
export function markOf(secret: string, purpose: CipherPurpose, text: string): string {
  return createHmac('sha256', keyOf(secret, purpose)).update(text, 'utf8').digest('hex');
}
