import { directConversation, groupConversation } from '../../database/conversations/begin.ts';
import type { Deps } from '../../deps.ts';
import { longestTitle } from '../../domain/conversations.ts';
import { Problem } from '../../domain/problem.ts';
import { postMessage } from '../../steps/post-message.ts';
import { requireRight } from '../access.ts';
import { text, texts } from '../body.ts';
import type { Page } from '../page.ts';
import { filesIn } from '../uploads.ts';
import { listedTalks } from './listed.ts';
import { postingWith } from './posting.ts';
import { authorOf } from './reader.ts';

/** C7: the conversations of a project for its company, and the way to begin one: with one of the members it knows there, or with several. */
export const beginPage: Page = {
  template: 'conversation-begin',
  async show(deps, access, typed, query) {
    requireRight(access, 'readConversations');
    const project = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, select: { ref: true, title: true } });
    const chosen = typed ? texts(typed.body, 'memberIds') : typeof query.with === 'string' ? [query.with] : [];
    return {
      title: project.title, project, talks: await listedTalks(deps, access, access.projectId ?? ''), mayWrite: access.may('converse'),
      members: (await membersOf(deps, access.projectId ?? '')).map((member) => ({ ...member, chosen: chosen.includes(member.id) })),
    };
  },
  acts: {
    async begin(deps, access, body, key) {
      requireRight(access, 'converse');
      const author = await authorOf(deps, access);
      const memberIds = [...new Set(texts(body, 'memberIds'))];
      const known = await membersOf(deps, access.projectId ?? '');
      const [first, ...others] = memberIds;
      if (!first || memberIds.some((id) => !known.some((member) => member.id === id))) throw new Problem('form_invalid', 'nobody of this project is chosen', { fields: 'memberIds' });
      const title = text(body, 'title').slice(0, longestTitle);
      const projectId = access.projectId ?? '';
      const names = known.filter(({ id }) => memberIds.includes(id)).map(({ name }) => name).join(', ');
      const id = await postMessage(postingWith(deps), { author, text: text(body, 'text'), files: filesIn(body, 'files'), key }, (tx) =>
        others.length === 0 ? directConversation(tx, projectId, first, Date.now()) : groupConversation(tx, { key: `form/${key}`, projectId, memberIds, title: title || names.slice(0, longestTitle), at: Date.now() }));
      return { notice: 'said', to: `${access.root}/p/conversation/${id}` };
    },
  },
};

/** Active members the company knows on this project: invited, candidates or of the team, and those it talks with already. */
async function membersOf(deps: Deps, projectId: string) {
  const here = { some: { projectId } };
  return deps.db.member.findMany({
    where: { state: 'active', OR: [{ invitations: here }, { team: here }, { applications: { some: { application: { projectId } } } }, { conversations: { some: { conversation: { projectId } } } }] },
    select: { id: true, name: true, headline: true }, orderBy: { name: 'asc' }, take: 200,
  });
}
