import { clientMay } from '../../domain/client-rights.ts';
import type { Tx } from '../open.ts';
import { clientRecipient, memberRecipient, staffRecipient, type Recipient } from '../recipients.ts';

/** C7: who takes part in a conversation now, and how far each has read: the company's people who may see the project, its members, and staff who joined. */
export async function conversationRecipients(tx: Tx, conversationId: string, project: { id: string; companyId: string }): Promise<{ recipient: Recipient; readSeq: number }[]> {
  const readers = await tx.conversationReader.findMany({ where: { conversationId } });
  const present = readers.filter(({ personKind, present: here }) => personKind === 'staff' && here).map(({ personId }) => personId);
  const clients = await tx.clientUser.findMany({
    where: { companyId: project.companyId, leftAt: null, OR: [{ restricted: false }, { access: { some: { projectId: project.id } } }] }, orderBy: { id: 'asc' },
  });
  const members = await tx.member.findMany({ where: { state: 'active', conversations: { some: { conversationId } } }, orderBy: { id: 'asc' } });
  const staff = await tx.staff.findMany({ where: { active: true, id: { in: present } }, orderBy: { id: 'asc' } });
  const recipients = [...clients.filter(({ role }) => clientMay(role, 'readConversations')).map(clientRecipient), ...members.map(memberRecipient), ...staff.map(staffRecipient)];
  return recipients.map((recipient) => ({ recipient, readSeq: readers.find(({ personKind, personId }) => personKind === recipient.kind && personId === recipient.id)?.readSeq ?? 0 }));
}
