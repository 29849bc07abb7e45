import { Problem } from '../../domain/problem.ts';
import type { Db } from '../open.ts';

const longest = 200;

/** Keeps an active member in mind for a project; twice is once. `at` in ms. @throws Problem `member_not_active`, `shortlist_full` */
export async function addToShortlist(db: Db, { projectId, memberId, addedById, at }: { projectId: string; memberId: string; addedById: string; at: number }): Promise<void> {
  if ((await db.member.count({ where: { id: memberId, state: 'active' } })) === 0) throw new Problem('member_not_active', `${memberId} is not an active member`);
  if ((await db.shortlistEntry.count({ where: { projectId, memberId: { not: memberId } } })) >= longest) throw new Problem('shortlist_full', `${longest} members already`, { most: longest });
  await db.shortlistEntry.createMany({ data: { projectId, memberId, addedById, createdAt: new Date(at) }, skipDuplicates: true });
}

/** Twice is once; the notes stay. */
export async function removeFromShortlist(db: Db, { projectId, memberId }: { projectId: string; memberId: string }): Promise<void> {
  await db.shortlistEntry.deleteMany({ where: { projectId, memberId } });
}
