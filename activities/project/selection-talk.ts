import type { Tx } from '../../database/open.ts';
import { directConversation, groupConversation } from '../../database/conversations/begin.ts';
import { say } from '../../database/conversations/say.ts';
import type { Submitted } from '../../database/submission.ts';

/** What the selection says in the project's conversations, in the transaction that does it. Each of these has an e-mail of its own. */
interface Deed { readonly projectId: string; readonly submitted: Submitted<unknown>; readonly at: number }

const theHouse = { kind: 'agency' as const, id: null, name: 'OFF-WORKS' };

/** M6: an application is the first message of the conversation with its lead. */
export async function sayApplication(tx: Tx, { projectId, submitted, at }: Deed, lead: { id: string; name: string }, message: string): Promise<void> {
  const conversationId = await directConversation(tx, projectId, lead.id, at);
  if (message) await say(tx, { conversationId, kind: 'message', author: { kind: 'member', id: lead.id, name: lead.name }, text: message, told: true, key: `application/${submitted.id}`, at });
}

/** C8: one message of OFF-WORKS, the same in the conversation of each of these members. */
export async function sayNotice(tx: Tx, { projectId, submitted, at }: Deed, memberIds: readonly string[], text: string, noticeId?: string): Promise<void> {
  for (const memberId of memberIds) {
    const conversationId = await directConversation(tx, projectId, memberId, at);
    await say(tx, { conversationId, kind: 'notice', author: theHouse, text, noticeId, told: true, key: `notice/${submitted.id}/${memberId}`, at });
  }
}

/** C7: a team of several gets a conversation of its own with the company; alone, a member has one already. A word for one of them is said to them. */
export async function sayTeam(tx: Tx, { projectId, submitted, at }: Deed, memberIds: readonly string[], message: string, answers: ReadonlyMap<string, string>): Promise<void> {
  const [only, ...others] = memberIds;
  if (!only) return;
  const conversationId = others.length > 0
    ? await groupConversation(tx, { key: `team/${projectId}`, projectId, memberIds, title: '', at })
    : await directConversation(tx, projectId, only, at);
  const { by } = submitted;
  if (by.kind !== 'client' && by.kind !== 'staff') return;
  const author = { kind: by.kind, id: by.id, name: by.name };
  await say(tx, { conversationId, kind: 'event', author, text: 'team', key: `team/${submitted.id}`, at });
  const toAll = others.length > 0 ? message : (answers.get(only) ?? message);
  if (toAll) await say(tx, { conversationId, kind: 'message', author, text: toAll, told: true, key: `team/${submitted.id}/message`, at });
  for (const [memberId, own] of answers) {
    if (own === toAll || own === '') continue;
    await say(tx, { conversationId: await directConversation(tx, projectId, memberId, at), kind: 'message', author, text: own, told: true, key: `team/${submitted.id}/${memberId}`, at });
  }
}
