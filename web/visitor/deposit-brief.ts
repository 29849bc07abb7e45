import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { briefFields } from '../../steps/project-steps.ts';
import { newClient } from '../brief/checked-brief.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

/** C1: what a visitor hands in. */
export const depositedBrief = z.object({ brief: briefFields, client: newClient });

/**
 * Keeps the brief and mails a link: only whoever reads that address can send it on. Posting twice keeps one and mails one.
 * With another address, the links sent to the former one open nothing any more: a link proves the address it went to, and no other.
 */
export async function askToConfirm(deps: Deps, key: string, deposited: z.infer<typeof depositedBrief>): Promise<void> {
  const at = Date.now();
  const { brief, client } = deposited;
  const mailId = await deps.db.$transaction(async (tx) => {
    const { count: fresh } = await tx.submission.createMany({ data: { id: key, step: 'depositBrief', actorKind: 'visitor', subject: 'brief', payload: deposited }, skipDuplicates: true });
    await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${key} FOR UPDATE`;
    const kept = await tx.submission.findUniqueOrThrow({ where: { id: key } });
    if (kept.state !== 'pending') return null; // it is a project already, and is not written over
    const before = depositedBrief.safeParse(kept.payload);
    await tx.submission.update({ where: { id: key }, data: { payload: deposited } });
    if (fresh === 0 && before.success && before.data.client.email === client.email) return null;
    const links = { purpose: 'confirm_brief', ownerId: key };
    await tx.personalLink.updateMany({ where: { ...links, revokedAt: null }, data: { revokedAt: new Date(at) } });
    const linkId = await createLink(tx, deps.secret, { purpose: 'confirm_brief', ownerKind: 'visitor', ownerId: key, subjectId: key, at });
    return queueMail(tx, {
      key: `deposit/${key}/${await tx.personalLink.count({ where: links })}`, template: 'brief_confirm', to: { kind: 'visitor', id: null, email: client.email, name: client.name, locale: client.locale }, data: { title: brief.title }, linkId, at,
    });
  });
  if (mailId) sendQueuedMail(deps, mailId);
}
