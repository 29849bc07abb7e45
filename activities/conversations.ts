import { conversationRecipients } from '../database/conversations/recipients.ts';
import type { Tx } from '../database/open.ts';
import { afterDelay } from '../domain/calendar.ts';
import { excerptOf, excerptsInMail, isMailed } from '../domain/conversations.ts';
import { defaultTerms } from '../domain/default-terms.ts';
import type { Terms } from '../domain/terms.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { ActivityDeps } from './deps.ts';

export interface MailAwayInput {
  readonly conversationId: string;
  /** ms */
  readonly at: number;
}

export interface MailAwayAnswer {
  readonly mailIds: readonly string[];
  /** Newer messages wait until then, in ms; null: none. */
  readonly dueAt: number | null;
}

/** C7: e-mails to those who are away from a conversation. */
export function conversationActivities(deps: ActivityDeps) {
  return {
    /**
     * Tells everybody who has something to read, in one e-mail each that holds all of it, and notes how far they were told; whoever has read
     * meanwhile is not told. Under the lock of the conversation: a message either stands in these e-mails or waits for the next ones.
     */
    mailAway: async ({ conversationId, at }: MailAwayInput): Promise<MailAwayAnswer> =>
      deps.db.$transaction(async (tx) => {
        const [locked] = await tx.$queryRaw<{ waitingSince: Date | null; lastSeq: number; mailedSeq: number }[]>`
          SELECT "waitingSince", "lastSeq", "mailedSeq" FROM "Conversation" WHERE "id" = ${conversationId} FOR UPDATE`;
        if (!locked?.waitingSince) return { mailIds: [], dueAt: null };
        const { project } = await tx.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { project: { select: { id: true, companyId: true, terms: true } } } });
        const dueAt = afterDelay(locked.waitingSince, (project.terms as unknown as Terms).awayMailDelay ?? defaultTerms.awayMailDelay).getTime();
        if (dueAt > at) return { mailIds: [], dueAt };
        const mailIds = await writeTo(tx, { conversationId, project, mailedSeq: locked.mailedSeq, lastSeq: locked.lastSeq, at });
        await tx.conversation.update({ where: { id: conversationId }, data: { waitingSince: null, mailedSeq: locked.lastSeq } });
        return { mailIds, dueAt: null };
      }, { timeout: 15_000 }),
  };

  async function writeTo(tx: Tx, talk: { conversationId: string; project: { id: string; companyId: string }; mailedSeq: number; lastSeq: number; at: number }): Promise<string[]> {
    const { conversationId, project, mailedSeq, lastSeq, at } = talk;
    const messages = await tx.message.findMany({ where: { conversationId, seq: { gt: mailedSeq } }, orderBy: { seq: 'asc' }, include: { files: { select: { file: { select: { name: true } } } } } });
    const mailIds: string[] = [];
    for (const { recipient, readSeq } of await conversationRecipients(tx, conversationId, project)) {
      const kind = recipient.kind as 'client' | 'member' | 'staff';
      const unread = messages.filter((message) => isMailed(message, { kind, id: recipient.id ?? '', readSeq }, mailedSeq));
      if (unread.length === 0) continue;
      const excerpts = unread.slice(-excerptsInMail).map(({ authorName, text, files }) => excerptOf(authorName, text, files.map(({ file }) => file.name)));
      const shared = { key: `conversation/${conversationId}/${lastSeq}/${kind}/${recipient.id}`, to: recipient, data: { count: unread.length, excerpts, more: unread.length - excerpts.length }, projectId: project.id, at };
      if (kind === 'staff') mailIds.push(await queueMail(tx, { ...shared, template: 'staff_messages', consolePath: `/console/pages/conversations?conversation=${conversationId}` }));
      else {
        const linkId = await createLink(tx, deps.secret, { purpose: `${kind}_conversation`, ownerKind: kind, ownerId: recipient.id ?? '', projectId: project.id, subjectId: conversationId, at });
        mailIds.push(await queueMail(tx, { ...shared, template: `${kind}_messages`, linkId }));
      }
    }
    return mailIds;
  }
}
