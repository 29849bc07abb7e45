import type { Db } from '../../database/open.ts';
import { clientMay } from '../../domain/client-rights.ts';

/** Who follows a conversation, and by what right: their session, or their personal link. */
export interface Viewer {
  readonly kind: 'client' | 'member';
  readonly id: string;
  readonly sessionId: string | null;
  readonly linkId: string | null;
}

/** C6, C7: of those who follow a conversation, who still may: a session or link that holds, and a place in it. Three questions, however many they are. */
export async function stillThere(db: Db, conversationId: string, viewers: readonly Viewer[]): Promise<Set<Viewer>> {
  const now = new Date();
  const ids = (kind: Viewer['kind']): string[] => [...new Set(viewers.filter((one) => one.kind === kind).map(({ id }) => id))];
  const kept = (list: readonly (string | null)[]): string[] => [...new Set(list.filter((id): id is string => id !== null))];
  const ofIt = { conversations: { some: { id: conversationId } } };
  const [sessions, links, clients, members] = await Promise.all([
    db.webSession.findMany({ where: { id: { in: kept(viewers.map(({ sessionId }) => sessionId)) }, endedAt: null, expiresAt: { gt: now } }, select: { id: true } }),
    db.personalLink.findMany({ where: { id: { in: kept(viewers.map(({ linkId }) => linkId)) }, revokedAt: null, expiresAt: { gt: now } }, select: { id: true } }),
    db.clientUser.findMany({ where: { id: { in: ids('client') }, leftAt: null, company: { projects: { some: ofIt } }, OR: [{ restricted: false }, { access: { some: { project: ofIt } } }] }, select: { id: true, role: true } }),
    db.conversationMember.findMany({ where: { conversationId, memberId: { in: ids('member') } }, select: { memberId: true } }),
  ]);
  const keys = new Set([...sessions, ...links].map(({ id }) => id));
  const places = new Set([...clients.filter(({ role }) => clientMay(role, 'readConversations')).map(({ id }) => `client:${id}`), ...members.map(({ memberId }) => `member:${memberId}`)]);
  return new Set(viewers.filter(({ kind, id, sessionId, linkId }) => places.has(`${kind}:${id}`) && keys.has(sessionId ?? linkId ?? '')));
}
