import { z } from 'zod';
import type { Tx } from '../../database/open.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { briefFields } from '../../steps/project-steps.ts';
import { newClient } from '../brief/checked-brief.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

/** C1: what a visitor hands in. */
export const depositedBrief = z.object({ brief: briefFields, client: newClient });

const hour = 3_600_000;
/** A mailbox is not to be flooded by somebody else's clicks. */
const mostAnHour = 5;

type Deposited = z.infer<typeof depositedBrief>;

/**
 * Keeps the brief and mails a link: only whoever reads that address can send it on. Posting twice keeps one and mails one.
 * With another address, the links sent to the former one open nothing any more: a link proves the address it went to, and no other.
 * `again`: the key of a form that asks for another link to the same address, each of them once.
 */
export async function askToConfirm(deps: Deps, key: string, deposited: Deposited, again: string | null = null): Promise<void> {
  const mailId = await deps.db.$transaction(async (tx) => {
    const { count: fresh } = await tx.submission.createMany({ data: { id: key, step: 'depositBrief', actorKind: 'visitor', subject: 'brief', payload: deposited }, skipDuplicates: true });
    const before = await pending(tx, key);
    if (!before) return null; // it is a project already, and is not written over
    await tx.submission.update({ where: { id: key }, data: { payload: deposited } });
    return fresh === 0 && before.client.email === deposited.client.email && !again ? null : mailLink(tx, deps, key, deposited, again);
  });
  if (mailId) sendQueuedMail(deps, mailId);
}

/** Another link to whoever handed a brief in, once the first has expired; the brief is as it was kept. @throws Problem `link_used` once it is a project, `links_enough` */
export async function askAgain(deps: Deps, key: string, again: string): Promise<void> {
  const mailId = await deps.db.$transaction(async (tx) => {
    const kept = await pending(tx, key);
    if (!kept) throw new Problem('link_used', `brief ${key} is confirmed`);
    return mailLink(tx, deps, key, kept, again);
  });
  if (mailId) sendQueuedMail(deps, mailId);
}

/** The brief as it waits for its confirmation, held until the end of the transaction; null once it is a project, or when there is none. */
async function pending(tx: Tx, key: string): Promise<Deposited | null> {
  await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${key} FOR UPDATE`;
  const kept = await tx.submission.findUnique({ where: { id: key } });
  return kept?.state === 'pending' ? depositedBrief.parse(kept.payload) : null;
}

/** The links sent before open nothing any more. Null when this very form asked for it already. @throws Problem `links_enough` */
async function mailLink(tx: Tx, deps: Deps, key: string, { brief, client }: Deposited, again: string | null): Promise<string | null> {
  const at = Date.now();
  const links = { purpose: 'confirm_brief', ownerId: key };
  const mailKey = again ? `deposit/${key}/again/${again}` : `deposit/${key}/${(await tx.personalLink.count({ where: links })) + 1}`;
  if (again) {
    const recent = { template: 'brief_confirm', toEmail: client.email, createdAt: { gt: new Date(at - hour) } };
    if (await tx.mail.findUnique({ where: { key: mailKey }, select: { id: true } })) return null;
    if ((await tx.mail.count({ where: recent })) >= mostAnHour) throw new Problem('links_enough', `links to confirm brief ${key}`);
  }
  await tx.personalLink.updateMany({ where: { ...links, revokedAt: null, expiresAt: { gt: new Date(at) } }, data: { revokedAt: new Date(at) } });
  const linkId = await createLink(tx, deps.secret, { purpose: 'confirm_brief', ownerKind: 'visitor', ownerId: key, subjectId: key, at });
  return queueMail(tx, { key: mailKey, template: 'brief_confirm', to: { kind: 'visitor', id: null, email: client.email, name: client.name, locale: client.locale }, data: { title: brief.title }, linkId, at });
}
