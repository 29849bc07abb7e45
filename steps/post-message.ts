import { say } from '../database/conversations/say.ts';
import type { Db, Tx } from '../database/open.ts';
import { longestMessage } from '../domain/conversations.ts';
import { Problem } from '../domain/problem.ts';
import type { Client } from '@temporalio/client';
import { startConversationMails } from './start-conversation-mails.ts';

export interface PostedMessage {
  readonly author: { readonly kind: 'client' | 'member' | 'staff'; readonly id: string; readonly name: string };
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The form's own: posted twice, it is said once. */
  readonly key: string;
}

const mostFiles = 10;

/**
 * C7: what a person writes, in the conversation that `where` names or begins, in one transaction; then those away are waited for. A Temporal that is away
 * delays their e-mails and nothing else.
 * @returns the conversation's id
 * @throws Problem `form_invalid` (nothing said; too many files), `message_too_long`, `file_too_large`, `file_not_taken`, and what `where` throws
 */
export async function postMessage(deps: { db: Db; temporal: Client; taskQueue: string; late: (cause: unknown) => void }, posted: PostedMessage, where: (tx: Tx) => Promise<string>): Promise<string> {
  const { author, text, files, key } = posted;
  if (text === '' && files.length === 0) throw new Problem('form_invalid', 'nothing is said', { fields: 'text' });
  if (files.length > mostFiles) throw new Problem('form_invalid', `${files.length} files`, { fields: 'files' });
  if (text.length > longestMessage) throw new Problem('message_too_long', `${text.length} characters`, { most: longestMessage, fields: 'text' });
  const { conversationId, waitingSince } = await deps.db.$transaction(async (tx) => {
    const conversationId = await where(tx);
    return { conversationId, ...(await say(tx, { conversationId, kind: 'message', author, text, files, key: `form/${key}`, at: Date.now() })) };
  }, { timeout: 20_000 });
  if (waitingSince !== null) startConversationMails(deps, conversationId, waitingSince).catch(deps.late);
  return conversationId;
}
