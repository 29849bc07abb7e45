import { Problem } from '../../domain/problem.ts';
import type { Tx } from '../open.ts';
import { keepFile } from '../stored-files.ts';

export interface NewMessage {
  readonly conversationId: string;
  readonly kind: 'message' | 'notice' | 'event';
  readonly author: { readonly kind: 'client' | 'member' | 'staff' | 'agency'; readonly id: string | null; readonly name: string };
  readonly text: string;
  /** Files it comes with, kept with those of its project. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly noticeId?: string;
  /** Its readers are told by an e-mail of its own: none is due for it. */
  readonly told?: boolean;
  /** The form's own, or the deed's: said twice, it is said once. */
  readonly key: string;
  /** ms */
  readonly at: number;
}

export interface Said {
  readonly seq: number;
  /** False when the same key had said it before. */
  readonly fresh: boolean;
  /** Those away are to be told of it, and nobody waits to do it yet: since when, in ms. */
  readonly waitingSince: number | null;
}

/**
 * C7: adds a message under the lock of its conversation, held until the transaction ends: its number follows the last one, and whoever has read
 * a number has read all before it. @throws Problem `not_found`, `not_allowed` (the key said something elsewhere), `file_too_large`, `file_not_taken`
 */
export async function say(tx: Tx, message: NewMessage): Promise<Said> {
  const [conversation] = await tx.$queryRaw<{ projectId: string; lastSeq: number; waiting: boolean }[]>`
    SELECT "projectId", "lastSeq", "waitingSince" IS NOT NULL AS "waiting" FROM "Conversation" WHERE "id" = ${message.conversationId} FOR UPDATE`;
  if (!conversation) throw new Problem('not_found', `no conversation ${message.conversationId}`);
  const known = await tx.message.findUnique({ where: { key: message.key }, select: { seq: true, conversationId: true } });
  if (known && known.conversationId !== message.conversationId) throw new Problem('not_allowed', `key ${message.key} belongs to another conversation`);
  if (known) return { seq: known.seq, fresh: false, waitingSince: null };

  const seq = conversation.lastSeq + 1;
  const told = message.told === true || message.kind === 'event';
  const begins = !told && !conversation.waiting;
  const moment = new Date(message.at);
  const fileIds: string[] = [];
  for (const { name, bytes } of message.files ?? []) {
    if (message.author.kind === 'agency') throw new Problem('not_allowed', 'a notice has no files');
    fileIds.push(await keepFile(tx, { ownerKind: message.author.kind, ownerId: message.author.id ?? '', projectId: conversation.projectId, name, bytes }));
  }
  const row = {
    conversationId: message.conversationId, seq, kind: message.kind, authorKind: message.author.kind, authorId: message.author.id, authorName: message.author.name,
    text: message.text, noticeId: message.noticeId ?? null, told, key: message.key, createdAt: moment,
  };
  // Without files, nothing to read back.
  if (fileIds.length === 0) await tx.message.createMany({ data: row });
  else await tx.message.create({ data: { ...row, files: { create: fileIds.map((fileId) => ({ fileId })) } } });
  await tx.conversation.updateMany({ where: { id: message.conversationId }, data: { lastSeq: seq, lastAt: moment, ...(begins ? { waitingSince: moment } : {}) } });
  return { seq, fresh: true, waitingSince: begins ? message.at : null };
}
