import type { Member, Prisma } from '@prisma/client';
import { membershipLifecycle } from '../../domain/lifecycle/membership.ts';
import { Problem } from '../../domain/problem.ts';
import type { CandidatureFields } from '../../steps/membership-steps.ts';
import { recordEvent } from '../audit.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { changeCandidateFiles, type SentFile } from './files.ts';
import { saidOf } from './said.ts';

/**
 * M1: a candidate corrects what they sent, as long as nobody of staff has begun to note it. Plain data: no lifecycle moves. `at` in ms.
 * @throws Problem `candidature_read`, `already_decided`, and those of its files
 */
export async function changeCandidature(db: Db, change: { key: string; memberId: string; fields: CandidatureFields; files: readonly SentFile[]; dropped: readonly string[]; at: number }): Promise<void> {
  const { key, memberId, fields, files, dropped, at } = change;
  await once(db, `candidature-change/${memberId}/${key}`, async (tx) => {
    const member = await lockCandidate(tx, memberId);
    if ((await tx.candidatureReview.count({ where: { memberId } })) > 0) throw new Problem('candidature_read', `${member.handle} is being studied`);
    await changeCandidateFiles(tx, memberId, files, dropped, at);
    const { name, structure, headline, experience, references, skills, dayRateCents, city } = fields;
    await tx.memberTheme.deleteMany({ where: { memberId } });
    await tx.member.update({
      where: { id: memberId },
      data: {
        name, structure, headline, skills, dayRateCents, city, presentation: experience, candidature: { ...saidOf(member), experience, references } satisfies Prisma.InputJsonObject,
        themes: { create: [...new Set(fields.themeIds)].map((themeId) => ({ themeId })) },
      },
    });
    await recordEvent(tx, { by: { kind: 'member', id: memberId, name }, action: 'membership.candidatureChanged', subject: member.handle, at });
    return {};
  });
}

/** M1: the candidate agrees, or no longer agrees, that whoever recommended them is told the outcome. @throws Problem `already_decided` */
export async function agreeToTell(db: Db, memberId: string, agrees: boolean): Promise<void> {
  await db.$transaction(async (tx) => {
    const member = await lockCandidate(tx, memberId);
    await tx.member.update({ where: { id: memberId }, data: { candidature: { ...saidOf(member), tellRecommender: agrees } satisfies Prisma.InputJsonObject } });
  });
}

/** A note of staff takes a key of this row: it waits for the change, or the change finds it. */
async function lockCandidate(tx: Tx, memberId: string): Promise<Member> {
  await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
  const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  if (member.state !== membershipLifecycle.initial) throw new Problem('already_decided', `${member.handle} is ${member.state}`);
  return member;
}
