import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { seal } from '../../database/cipher.ts';
import { confirmSecondFactor, takeSecondFactor } from '../../database/second-factor.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const secret = 's'.repeat(32);
let count = 0;

/** Somebody whose authenticator holds the key of RFC 6238, appendix B. */
async function keyHolder(confirmedAt: Date | null = new Date(0)) {
  count += 1;
  const staff = await db.staff.create({ data: { handle: `s${count}`, email: `s${count}@off-works.test`, name: `S ${count}`, role: 'finance', passwordHash: '-' } });
  const secretEncrypted = seal(secret, 'second-factor', Secret.fromUTF8('12345678901234567890').base32);
  await db.staffSecondFactor.create({ data: { staffId: staff.id, secretEncrypted, confirmedAt } });
  return { staff, take: (code: string, seconds: number) => takeSecondFactor(db, secret, staff, code, seconds * 1_000) };
}

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
const vectors = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']] as const;

describe('S5 the second factor against RFC 6238', () => {
  it.each(vectors)('at %i s its code is %s', async (seconds, code) => {
    const { take } = await keyHolder();
    expect(await take(code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)), seconds)).toBe(false);
    expect(await take(code, seconds)).toBe(true);
  });

  it('a clock may be one step away, not two, and a code is taken once (§ 5.2)', async () => {
    const early = await keyHolder();
    expect(await early.take('050471', 1_111_111_111 - 61)).toBe(false);
    expect(await early.take('050471', 1_111_111_111 - 31)).toBe(true);
    expect(await early.take('050471', 1_111_111_111)).toBe(false);
    // The step before the one taken is over too, even though the clock would allow it.
    expect(await early.take('081804', 1_111_111_111)).toBe(false);
    const late = await keyHolder();
    expect(await late.take('050471', 1_111_111_111 + 60)).toBe(false);
    expect(await late.take('050 471', 1_111_111_111 + 30)).toBe(true);
  });

  it('two at the same time take one code once', async () => {
    const { take } = await keyHolder();
    expect((await Promise.all(Array.from({ length: 5 }, () => take('005924', 1_234_567_890)))).filter(Boolean)).toHaveLength(1);
  });

  it('the first code confirms the key and gives ten recovery codes, each used once', async () => {
    const { staff, take } = await keyHolder(null);
    expect(await take('287082', 59)).toBe(false);
    const by = { kind: 'staff', id: staff.id, name: staff.name } as const;
    await expect(confirmSecondFactor(db, secret, { staff, code: '287083', by, at: 59_000 })).rejects.toMatchObject({ code: 'code_refused' });
    const codes = await confirmSecondFactor(db, secret, { staff, code: '287082', by, at: 59_000 });
    expect(new Set(codes).size).toBe(10);
    expect(await take(codes[3]!.toUpperCase(), 100)).toBe(true);
    expect(await take(codes[3]!, 101)).toBe(false);
  });
});
