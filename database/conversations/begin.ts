import type { Tx } from '../open.ts';
import { orderedId } from '../ordered-id.ts';

/** C7: the conversation of the company and one member about a project, begun if need be; its id. `at` in ms. */
export async function directConversation(tx: Tx, projectId: string, memberId: string, at: number): Promise<string> {
  const moment = new Date(at);
  // One statement begins it, finds it when it was there, and has its member in it.
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    WITH "begun" AS (
      INSERT INTO "Conversation" ("id", "projectId", "kind", "memberId", "lastAt", "createdAt")
      VALUES (${orderedId()}, ${projectId}, 'direct', ${memberId}, ${moment}::timestamp, ${moment}::timestamp) ON CONFLICT DO NOTHING RETURNING "id"
    ), "it" AS (SELECT "id" FROM "begun" UNION ALL SELECT "id" FROM "Conversation" WHERE "projectId" = ${projectId} AND "memberId" = ${memberId}),
    "joined" AS (INSERT INTO "ConversationMember" ("conversationId", "memberId", "joinedAt") SELECT "id", ${memberId}, ${moment}::timestamp FROM "it" ON CONFLICT DO NOTHING)
    SELECT "id" FROM "it"`;
  if (found) return found.id;
  // Begun by somebody else while this statement ran: now it is there to be read.
  return (await tx.conversation.findUniqueOrThrow({ where: { projectId_memberId: { projectId, memberId } }, select: { id: true } })).id;
}

/** The company and several members; `key` says what begins it, so that it begins once. Without a title it is the team's. `at` in ms. */
export async function groupConversation(tx: Tx, group: { key: string; projectId: string; memberIds: readonly string[]; title: string; at: number }): Promise<string> {
  const moment = new Date(group.at);
  await tx.conversation.createMany({ skipDuplicates: true, data: { projectId: group.projectId, kind: 'group', key: group.key, title: group.title, lastAt: moment, createdAt: moment } });
  const { id } = await tx.conversation.findUniqueOrThrow({ where: { key: group.key }, select: { id: true } });
  await tx.conversationMember.createMany({ skipDuplicates: true, data: [...new Set(group.memberIds)].map((memberId) => ({ conversationId: id, memberId, joinedAt: moment })) });
  return id;
}
