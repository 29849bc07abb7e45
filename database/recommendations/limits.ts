import { createHash } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { leadsElsewhere, shareLimits } from '../../domain/share-limits.ts';
import type { Tx } from '../open.ts';

const day = 86_400_000;

/** What is kept of an address that wants no more of this. */
export const refusalHash = (email: string): string => createHash('sha256').update(`share/${email}`).digest('hex');

/** @throws Problem `share_with_link` */
export function refuseElsewhere(words: string): void {
  if (leadsElsewhere(words)) throw new Problem('share_with_link', 'a note with a web address', { fields: 'note' });
}

/** One at a time for a member, then for an address: what is counted holds until the transaction ends. */
export async function takeTurn(tx: Tx, memberId: string, email: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR NO KEY UPDATE`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${refusalHash(email)}, 0))`;
}

/** M12: projects shared and recommendations count together. `at` in ms. @throws Problem `share_limit` */
export async function refuseTooMany(tx: Tx, memberId: string, at: number): Promise<void> {
  const lately = { memberId, createdAt: { gt: new Date(at - day) } };
  const sent = (await tx.projectShare.count({ where: lately })) + (await tx.recommendation.count({ where: lately }));
  if (sent >= shareLimits.perMemberADay) throw new Problem('share_limit', `${sent} sent in a day`, { most: shareLimits.perMemberADay });
}

/** May one more mail go to this address? Asked before what would be sent is written down. `at` in ms. */
export async function mayReceive(tx: Tx, email: string, at: number): Promise<boolean> {
  if ((await tx.shareRefusal.count({ where: { emailHash: refusalHash(email) } })) > 0) return false;
  const lately = { email, createdAt: { gt: new Date(at - 7 * day) } };
  return (await tx.projectShare.count({ where: lately })) + (await tx.recommendation.count({ where: lately })) < shareLimits.perAddressAWeek;
}
