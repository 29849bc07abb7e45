import { recordEvent } from '../audit.ts';
import type { Tx } from '../open.ts';
import { say } from './say.ts';

/**
 * C7: one of staff joins a conversation or leaves it: said to everybody in it, and kept in the trail. Joining twice is joining once. `at` in ms.
 * @returns whether anything changed
 */
export async function setPresence(tx: Tx, conversationId: string, staff: { id: string; name: string }, present: boolean, deed: { key: string; at: number }): Promise<boolean> {
  const where = { conversationId, personKind: 'staff', personId: staff.id };
  await tx.conversationReader.createMany({ skipDuplicates: true, data: { ...where, personName: staff.name } });
  const { count } = await tx.conversationReader.updateMany({ where: { ...where, present: !present }, data: { present, personName: staff.name } });
  if (count === 0) return false;
  const { project } = await tx.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { project: { select: { id: true, ref: true } } } });
  await say(tx, { conversationId, kind: 'event', author: { kind: 'staff', ...staff }, text: present ? 'joined' : 'left', key: `presence/${deed.key}`, at: deed.at });
  await recordEvent(tx, { by: { kind: 'staff', ...staff }, action: present ? 'conversation.joined' : 'conversation.left', subject: project.ref, projectId: project.id, data: { conversationId }, at: deed.at });
  return true;
}
