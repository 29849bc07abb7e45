import { Problem } from '../domain/problem.ts';
import { recordEvent, type By } from './audit.ts';
import type { Db } from './open.ts';

const take = 200;

/** Says whose a session is and where it runs, as long as its owner is still who signed in. @returns false when they changed meanwhile, and the session is gone */
export async function claimSession(db: Db, { sid, staff, userAgent, address, at }: { sid: string; staff: { id: string; role: string; passwordHash: string }; userAgent: string; address: string; at: number }): Promise<boolean> {
  return db.$transaction(async (tx) => {
    // Held, so that a change of role or password either comes before, and is seen, or after, and ends this session.
    await tx.$executeRaw`SELECT 1 FROM "Staff" WHERE "id" = ${staff.id} FOR SHARE`;
    const now = await tx.staff.findUnique({ where: { id: staff.id } });
    if (!now?.active || now.role !== staff.role || now.passwordHash !== staff.passwordHash) {
      await tx.staffSession.deleteMany({ where: { sid } });
      return false;
    }
    await tx.staffSession.update({ where: { sid }, data: { staffId: staff.id, userAgent: userAgent.slice(0, 300), address, createdAt: new Date(at), lastSeenAt: new Date(at) } });
    await recordEvent(tx, { by: { kind: 'staff', id: now.id, name: now.name }, action: 'staff.signedIn', subject: `staff/${now.handle}`, at });
    return true;
  });
}

/** `at` in ms. */
export async function noteSeen(db: Db, sid: string, at: number): Promise<void> {
  await db.staffSession.updateMany({ where: { sid }, data: { lastSeenAt: new Date(at) } });
}

/** Sessions that still open something, the last seen first; everyone's without a person. */
export function openSessions(db: Db, at: number, staffId?: string) {
  return db.staffSession.findMany({
    where: { staffId: staffId ?? { not: null }, expire: { gt: new Date(at) } }, orderBy: [{ lastSeenAt: 'desc' }], take,
    select: { id: true, sid: true, staffId: true, userAgent: true, address: true, createdAt: true, lastSeenAt: true, staff: { select: { name: true, handle: true, role: true } } },
  });
}

/**
 * Ends one session, or all of somebody's but the one that asks.
 * @throws Problem `not_found` when there was none
 */
export async function endSessions(db: Db, which: { id: string; staffId?: string } | { staffId: string; exceptSid: string }, by: By, at: number): Promise<number> {
  return db.$transaction(async (tx) => {
    const where = 'exceptSid' in which ? { staffId: which.staffId, sid: { not: which.exceptSid } } : { id: which.id, staffId: which.staffId ?? { not: null } };
    const found = await tx.staffSession.findMany({ where, include: { staff: true } });
    const owner = found[0]?.staff;
    if (!owner) throw new Problem('not_found', 'no such session');
    const { count } = await tx.staffSession.deleteMany({ where });
    await recordEvent(tx, { by, action: 'staff.sessionsEnded', subject: `staff/${owner.handle}`, data: { count }, at });
    return count;
  });
}
