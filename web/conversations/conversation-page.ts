import { markRead } from '../../database/conversations/readers.ts';
import { messagesShown } from '../../domain/conversations.ts';
import { postMessage } from '../../steps/post-message.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { filesIn } from '../uploads.ts';
import { messageView, withFiles } from './message-view.ts';
import { postingWith } from './posting.ts';
import { authorOf, nameOf, openTalk, readerOf } from './reader.ts';

/** C7: one conversation, the same for the company and for members: who is in it, what was said, and what one says. */
export const conversationPage: Page = {
  template: 'conversation',
  async show(deps, access, _typed, query) {
    const talk = await openTalk(deps, access);
    const reader = readerOf(access);
    const me = `${reader.kind}:${reader.id}`;
    const before = typeof query.before === 'string' && /^\d{1,9}$/.test(query.before) ? Number(query.before) : null;
    const rows = await deps.db.message.findMany({
      where: { conversationId: talk.id, ...(before ? { seq: { lt: before } } : {}) }, orderBy: { seq: 'desc' }, take: messagesShown, include: withFiles,
    });
    const readSeq = talk.readers.find(({ personKind, personId }) => personKind === reader.kind && personId === reader.id)?.readSeq ?? 0;
    const last = rows[0]?.seq ?? 0;
    // Who is signed in reads what is shown; a link may be opened by a mail program, which reads nothing: there the page's script says so, or the answer does.
    if (access.linkId === null && !before) await markRead(deps.db, talk.id, { kind: reader.kind, id: reader.id, name: access.name }, last);
    const messages = rows.reverse().map((row) => messageView(row, access.root, me));
    const fresh = messages.find(({ seq, mine, event }) => seq > readSeq && !mine && !event);
    const name = nameOf(talk, reader.kind);
    return {
      title: name || undefined, name, talk, me, last, live: !before, messages: messages.map((one) => ({ ...one, first: one === fresh })),
      older: (rows[0]?.seq ?? 1) > 1 ? rows[0]?.seq : null, mayWrite: await authorOf(deps, access).then(() => true, () => false),
      listHref: access.linkId === null ? '/conversations' : null, projectHref: access.linkId === null ? access.root : null,
      people: [talk.project.company.name, ...talk.members.map(({ member }) => member.name)],
      present: talk.readers.filter(({ personKind, present }) => personKind === 'staff' && present).map(({ personName }) => personName),
    };
  },
  acts: {
    async say(deps, access, body, key) {
      const talk = await openTalk(deps, access);
      const author = await authorOf(deps, access);
      await postMessage(postingWith(deps), { author, text: text(body, 'text'), files: filesIn(body, 'files'), key }, () => Promise.resolve(talk.id));
      // Who answers has read what was shown to them.
      const seen = /^\d{1,9}$/.exec(text(body, 'seen'))?.[0];
      if (seen) await markRead(deps.db, talk.id, author, Number(seen));
      return { notice: 'said' };
    },
    /** The page's script says what is on the screen. */
    async read(deps, access, body) {
      const talk = await openTalk(deps, access);
      const { kind, id } = readerOf(access);
      await markRead(deps.db, talk.id, { kind, id, name: access.name }, Number(/^\d{1,9}$/.exec(text(body, 'seq'))?.[0] ?? 0));
      return { notice: 'read' };
    },
  },
};
