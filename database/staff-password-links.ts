import { randomUUID } from 'node:crypto';
import type { Staff, StaffPasswordLink } from '@prisma/client';
import { Problem } from '../domain/problem.ts';
import { linkToken, tokenHash } from '../links/token.ts';
import { queueMail } from '../mail/queue.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';
import { forgetTries } from './sign-in-tries.ts';
import { checkPasswordChoice, passwordHash } from './staff-password.ts';

const hour = 3_600_000;
/** An invitation may wait for its reader; who has forgotten a password is at their screen. */
const lasts = { staff_invited: 7 * 24 * hour, staff_password_link: 2 * hour } as const;
const often = { count: 3, within: hour } as const;

/** A single-use link to choose a password, and its mail; those sent before open nothing any more. @returns the mail's id */
export async function queuePasswordLink(tx: Tx, secret: string, staff: Staff, template: keyof typeof lasts, at: number): Promise<string> {
  const id = randomUUID();
  const expiresAt = new Date(at + lasts[template]);
  await tx.staffPasswordLink.updateMany({ where: { staffId: staff.id, usedAt: null, expiresAt: { gt: new Date(at) } }, data: { expiresAt: new Date(at) } });
  await tx.staffPasswordLink.create({ data: { id, staffId: staff.id, tokenHash: tokenHash(linkToken(secret, id)), expiresAt, createdAt: new Date(at) } });
  return queueMail(tx, { key: `staff-password/${id}`, template, to: { kind: 'staff', id: staff.id, email: staff.email, name: staff.name, locale: 'fr' }, data: { expiresAt: expiresAt.toISOString() }, linkId: id, at });
}

/** S5: who has forgotten their password; null for an unknown address, or when enough were sent. @returns the mail's id */
export async function forgotPassword(db: Db, secret: string, email: string, at: number): Promise<string | null> {
  const staff = await db.staff.findFirst({ where: { email: email.trim().toLowerCase(), active: true } });
  if (!staff) return null;
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "Staff" WHERE "id" = ${staff.id} FOR UPDATE`;
    const recent = await tx.staffPasswordLink.count({ where: { staffId: staff.id, createdAt: { gt: new Date(at - often.within) } } });
    if (recent >= often.count) return null;
    await recordEvent(tx, { by: { kind: 'visitor', id: null, name: '' }, action: 'staff.passwordForgotten', subject: `staff/${staff.handle}`, at });
    return queuePasswordLink(tx, secret, staff, 'staff_password_link', at);
  });
}

/** The link behind a token, with whose it is; null when the token is of another kind. @throws Problem `link_used`, `link_expired`, `link_revoked` */
export async function passwordLinkOf(db: Db, token: string, at: number): Promise<{ link: StaffPasswordLink; staff: Staff } | null> {
  const link = await db.staffPasswordLink.findUnique({ where: { tokenHash: tokenHash(token) } });
  if (!link) return null;
  if (link.usedAt) throw new Problem('link_used', `password link ${link.id} was used`);
  if (link.expiresAt.getTime() <= at) throw new Problem('link_expired', `password link ${link.id} has expired`);
  const staff = await db.staff.findFirst({ where: { id: link.staffId, active: true } });
  if (!staff) throw new Problem('link_revoked', 'its owner has left');
  return { link, staff };
}

/** S5: the password its owner chooses, once per link; every session of theirs ends. @throws Problem `password_short`, `password_trivial`, `link_used` */
export async function choosePassword(db: Db, { link, staff }: { link: StaffPasswordLink; staff: Staff }, password: string, at: number): Promise<void> {
  checkPasswordChoice(password, [staff.name, staff.email]);
  const kept = await passwordHash(password);
  await db.$transaction(async (tx) => {
    const used = await tx.staffPasswordLink.updateMany({ where: { id: link.id, usedAt: null, expiresAt: { gt: new Date(at) } }, data: { usedAt: new Date(at) } });
    if (used.count === 0) throw new Problem('link_used', `password link ${link.id} was used`);
    await tx.staff.update({ where: { id: staff.id }, data: { passwordHash: kept } });
    await forgetTries(tx, staff.email);
    await recordEvent(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, action: 'staff.passwordChosen', subject: `staff/${staff.handle}`, at });
  });
}

/** A link asked for by an administrator, or by its owner who is signed in. @returns the mail's id */
export async function sendPasswordLink(db: Db, secret: string, { form, staffId, by, at }: { form: string; staffId: string; by: By; at: number }): Promise<string> {
  const { mailId } = await once(db, `staff/link/${form}`, async (tx) => {
    const staff = await tx.staff.findFirst({ where: { id: staffId, active: true } });
    if (!staff) throw new Problem('not_found', `no active staff ${staffId}`);
    await recordEvent(tx, { by, action: 'staff.passwordLinkSent', subject: `staff/${staff.handle}`, at });
    return { mailId: await queuePasswordLink(tx, secret, staff, staff.passwordHash ? 'staff_password_link' : 'staff_invited', at) };
  });
  return mailId;
}
