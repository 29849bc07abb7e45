import type { Mail } from '@prisma/client';
import type { By } from '../database/audit.ts';
import { recordEvent } from '../database/audit.ts';
import type { Db, Tx } from '../database/open.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { mailLifecycle, type MailState } from '../domain/lifecycle/mail.ts';
import { Problem } from '../domain/problem.ts';

export type MailDecision = 'sendAgain' | 'markSent' | 'drop';

/** What staff decide of a mail in doubt or failed (W4). A mail to send again goes back to the queue, with its Message-ID. @throws Problem `stage_changed` */
export async function settleMail(db: Db, mailId: string, decision: MailDecision, by: By, at: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const mail = await tx.mail.findUniqueOrThrow({ where: { id: mailId } });
    if (!allows(mailLifecycle, mail.state, decision)) throw new Problem('stage_changed', `this mail is ${mail.state}`);
    const state = after(mailLifecycle, mail.state as MailState, decision);
    const wording = state === 'queued' ? await wordingToRetry(tx, mail) : {};
    const changed = await tx.mail.updateMany({ where: { id: mailId, state: mail.state }, data: { state, ...wording, ...(state === 'sent' ? { sentAt: new Date(at) } : {}) } });
    if (changed.count === 0) throw new Problem('stage_changed', 'somebody settled this mail first');
    await recordEvent(tx, { by, action: `mail.${decision}`, subject: mail.subject || mail.template, projectId: mail.projectId, at });
  });
}

/** A mail whose wording failed before anything left is written again with the one now in use (S4); any other keeps its own. */
async function wordingToRetry(tx: Tx, { state, html, template, locale, data }: Mail): Promise<{ templateVersionId?: string | null }> {
  if (state !== 'failed' || html !== null || 'trial' in (data as object)) return {};
  const inUse = await tx.mailTemplateVersion.findFirst({ where: { template, locale, state: 'published' }, select: { id: true } });
  return { templateVersionId: inUse?.id ?? null };
}
