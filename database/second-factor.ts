import { createHmac, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { Problem } from '../domain/problem.ts';
import { recordEvent, type By } from './audit.ts';
import { seal, unseal } from './cipher.ts';
import type { Db, Tx } from './open.ts';

const period = 30;
const digits = 6;
const howMany = 10;
/** Nothing that is read for something else: no 0, 1, i, l, o. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';

interface Whose { readonly id: string; readonly handle: string }

/** S5: has this person an authenticator that asks for a code? */
export async function hasSecondFactor(db: Db, staffId: string): Promise<boolean> {
  return (await db.staffSecondFactor.count({ where: { staffId, confirmedAt: { not: null } } })) > 0;
}

/** A new key to put in an authenticator; it asks for nothing before a first code confirms it. @throws Problem `already_applied` when one is on */
export async function beginSecondFactor(db: Db, secret: string, staffId: string, at: number): Promise<void> {
  const secretEncrypted = seal(secret, 'second-factor', new Secret({ size: 20 }).base32);
  await db.$transaction(async (tx) => {
    if ((await tx.staffSecondFactor.count({ where: { staffId, confirmedAt: { not: null } } })) > 0) throw new Problem('already_applied', 'a second factor is on');
    const data = { secretEncrypted, lastStep: null, createdAt: new Date(at) };
    await tx.staffSecondFactor.upsert({ where: { staffId }, create: { staffId, ...data }, update: data });
  });
}

/** The key that waits for its first code, as people type it and as authenticators read it (otpauth:). */
export async function waitingKey(db: Db, secret: string, staff: { id: string; email: string }): Promise<{ typed: string; address: string } | null> {
  const row = await db.staffSecondFactor.findUnique({ where: { staffId: staff.id } });
  if (!row || row.confirmedAt) return null;
  const key = unseal(secret, 'second-factor', row.secretEncrypted);
  return { typed: key.replace(/(.{4})(?=.)/g, '$1 '), address: new TOTP({ issuer: 'OFF-WORKS', label: staff.email, secret: key, digits, period }).toString() };
}

/** The first code puts it on, and brings recovery codes to show once. @throws Problem `code_refused` */
export async function confirmSecondFactor(db: Db, secret: string, { staff, code, by, at }: { staff: Whose; code: string; by: By; at: number }): Promise<readonly string[]> {
  return db.$transaction(async (tx) => {
    const taken = await takeCode(tx, secret, staff.id, code, at, false);
    if (!taken) throw new Problem('code_refused', 'not the code of this key');
    await tx.staffSecondFactor.update({ where: { staffId: staff.id }, data: { confirmedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'staff.secondFactorOn', subject: `staff/${staff.handle}`, at });
    return freshCodes(tx, secret, staff.id, at);
  });
}

/** The other recovery codes, shown once; the earlier ones open nothing any more. @throws Problem `not_found` without a second factor */
export async function renewRecoveryCodes(db: Db, secret: string, { staff, by, at }: { staff: Whose; by: By; at: number }): Promise<readonly string[]> {
  return db.$transaction(async (tx) => {
    if ((await tx.staffSecondFactor.count({ where: { staffId: staff.id, confirmedAt: { not: null } } })) === 0) throw new Problem('not_found', 'no second factor');
    await recordEvent(tx, { by, action: 'staff.recoveryCodesRenewed', subject: `staff/${staff.handle}`, at });
    return freshCodes(tx, secret, staff.id, at);
  });
}

/** Turned off by its owner, or reset by an administrator. @throws Problem `already_applied` */
export async function removeSecondFactor(db: Db, { staff, by, reason, at }: { staff: Whose; by: By; reason: string; at: number }): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.staffSecondFactor.deleteMany({ where: { staffId: staff.id } });
    if (count === 0) throw new Problem('already_applied', 'no second factor');
    await tx.staffRecoveryCode.deleteMany({ where: { staffId: staff.id } });
    await recordEvent(tx, { by, action: by.id === staff.id ? 'staff.secondFactorOff' : 'staff.secondFactorReset', subject: `staff/${staff.handle}`, data: { reason }, at });
  });
}

/** Takes a code of the authenticator or a recovery code, each once (RFC 6238 § 5.2). @returns whether it was right */
export async function takeSecondFactor(db: Db, secret: string, staff: Whose & { name: string }, typed: string, at: number): Promise<boolean> {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) return takeCode(db, secret, staff.id, code, at, true);
  return db.$transaction(async (tx) => {
    const used = await tx.staffRecoveryCode.updateMany({ where: { staffId: staff.id, codeHash: codeHash(secret, code), usedAt: null }, data: { usedAt: new Date(at) } });
    if (used.count === 1) await recordEvent(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, action: 'staff.recoveryCodeUsed', subject: `staff/${staff.handle}`, at });
    return used.count === 1;
  });
}

/** A clock may be one step early or late; a step at or before the last one taken is refused, two at the same time included. */
async function takeCode(tx: Db | Tx, secret: string, staffId: string, typed: string, at: number, confirmed: boolean): Promise<boolean> {
  const token = typed.replace(/\s/g, '');
  const row = await tx.staffSecondFactor.findUnique({ where: { staffId } });
  if (!row || (row.confirmedAt !== null) !== confirmed || !/^\d{6}$/.test(token)) return false;
  const delta = new TOTP({ secret: unseal(secret, 'second-factor', row.secretEncrypted), digits, period }).validate({ token, timestamp: at, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(at / 1000 / period) + delta;
  const taken = await tx.staffSecondFactor.updateMany({ where: { staffId, secretEncrypted: row.secretEncrypted, OR: [{ lastStep: null }, { lastStep: { lt: step } }] }, data: { lastStep: step } });
  return taken.count === 1;
}

async function freshCodes(tx: Tx, secret: string, staffId: string, at: number): Promise<readonly string[]> {
  const codes = Array.from({ length: howMany }, () => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join(''));
  await tx.staffRecoveryCode.deleteMany({ where: { staffId } });
  await tx.staffRecoveryCode.createMany({ data: codes.map((code) => ({ staffId, codeHash: codeHash(secret, code), createdAt: new Date(at) })) });
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

/** Keyed, so that a copy of the database alone does not let anybody try them out. */
const codeHash = (secret: string, code: string): string => createHmac('sha256', secret).update(`recovery:${code}`).digest('hex');
