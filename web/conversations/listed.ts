import { conversationRows } from '../../database/conversations/list.ts';
import type { Deps } from '../../deps.ts';
import { excerptOf } from '../../domain/conversations.ts';
import type { Access } from '../page.ts';
import { nameOf, readerOf } from './reader.ts';

/** The reader's conversations, of one project or of all, the latest first, with what is left to read in each. @throws Problem `not_allowed`, `not_found` */
export async function listedTalks(deps: Deps, access: Access, projectId?: string, take = 200) {
  const reader = readerOf(access);
  const rows = await conversationRows(deps.db, reader, { projectId, take });
  return rows.map(({ id, kind, title, memberId, members, unread, lastAt, lastAuthor, lastText, lastFiles, ...project }) => ({
    id, kind, group: kind === 'group', memberId, members, unread, at: lastAt.toISOString(), project: { id: project.projectId, ref: project.ref, title: project.projectTitle, company: { name: project.companyName } },
    name: nameOf({ kind, title, project: { company: { name: project.companyName } }, members: members.map((name) => ({ member: { name } })) }, reader.kind),
    last: lastAuthor === null ? '' : excerptOf(lastAuthor, lastText ?? '', lastFiles), href: `/projects/${project.ref}/p/conversation/${id}`,
  }));
}
