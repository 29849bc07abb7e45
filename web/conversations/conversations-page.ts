import { searchMessages } from '../../database/conversations/search.ts';
import type { Page } from '../page.ts';
import { listedTalks } from './listed.ts';
import { readerOf } from './reader.ts';

const found = 40;

/** C7: all of the reader's conversations, by project, with what is left to read; and a search in what was said. */
export const conversationsPage: Page = {
  template: 'conversations',
  async show(deps, access, _typed, query) {
    const search = typeof query.q === 'string' ? query.q.trim().slice(0, 200) : '';
    const [talks, messages] = await Promise.all([listedTalks(deps, access), search ? searchMessages(deps.db, readerOf(access), search, found) : []]);
    const projects = new Map<string, { ref: string; title: string; talks: typeof talks }>();
    for (const talk of talks) {
      const { ref, title } = talk.project;
      projects.set(ref, { ref, title, talks: [...(projects.get(ref)?.talks ?? []), talk] });
    }
    const known = new Map(talks.map((talk) => [talk.id, talk]));
    return {
      search, projects: search ? [] : [...projects.values()], noneYet: !search && talks.length === 0, isClient: access.person.kind === 'client',
      found: messages.flatMap((message) => {
        const talk = known.get(message.conversationId);
        return talk ? [{ ...message, talk, at: message.createdAt.toISOString(), href: `${talk.href}?before=${message.seq + 1}` }] : [];
      }),
    };
  },
  acts: {},
};
