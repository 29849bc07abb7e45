import type { Prisma } from '@prisma/client';
import { conversationsOf, type Reader } from '../../database/conversations/readers.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import type { PostedMessage } from '../../steps/post-message.ts';
import { requireRight } from '../access.ts';
import type { Access } from '../page.ts';

/** Who reads conversations here. @throws Problem `not_found` for anyone but a client or a member, `not_allowed` (C6) */
export function readerOf(access: Access): Reader {
  const { kind, id } = access.person;
  if (kind === 'client') requireRight(access, 'readConversations');
  else if (kind !== 'member') throw new Problem('not_found', `${kind} has no conversations`);
  return { kind, id: id ?? '', company: access.company };
}

/** Who writes: a collaborator who may, or an active member. @throws Problem `not_allowed`, `member_not_active`, `not_found` */
export async function authorOf(deps: Deps, access: Access): Promise<PostedMessage['author']> {
  const { kind, id } = readerOf(access);
  if (kind === 'client') requireRight(access, 'converse');
  else if ((await deps.db.member.findUnique({ where: { id }, select: { state: true } }))?.state !== 'active') throw new Problem('member_not_active', `${id} may not write`);
  return { kind, id, name: access.name };
}

const whole = {
  project: { select: { id: true, ref: true, title: true, company: { select: { name: true } } } },
  members: { select: { member: { select: { id: true, name: true } } }, orderBy: { joinedAt: 'asc' } },
  readers: true,
} satisfies Prisma.ConversationInclude;

export type Talk = Prisma.ConversationGetPayload<{ include: typeof whole }>;

/** The conversation of this page, when it is one of theirs. @throws Problem `not_found`, `not_allowed` */
export async function openTalk(deps: Deps, access: Access): Promise<Talk> {
  const talk = await deps.db.conversation.findFirst({ where: { id: access.subjectId ?? '', projectId: access.projectId ?? '', ...conversationsOf(readerOf(access)) }, include: whole });
  if (!talk) throw new Problem('not_found', 'no such conversation of theirs');
  return talk;
}

/** What its reader calls a conversation; empty: the team. */
export function nameOf(talk: { kind: string; title: string; project: { company: { name: string } }; members: readonly { member: { name: string } }[] }, readerKind: string): string {
  if (talk.kind === 'group') return talk.title;
  return readerKind === 'member' ? talk.project.company.name : (talk.members[0]?.member.name ?? '');
}
