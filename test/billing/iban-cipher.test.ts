import { describe, expect, it } from 'vitest';
import { decryptIban, encryptIban } from '../../billing/iban-cipher.ts';

describe('M3 an IBAN at rest', () => {
  const iban = 'FR7630006000011234567890189';
  it('is not readable, differs each time, and comes back with the secret alone', () => {
    const [one, two] = [encryptIban('s'.repeat(32), iban), encryptIban('s'.repeat(32), iban)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('3000600001');
    expect(decryptIban('s'.repeat(32), one)).toBe(iban);
    expect(() => decryptIban('t'.repeat(32), one)).toThrow();
  });
});
