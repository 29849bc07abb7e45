import { markRead } from '../../database/conversations/readers.ts';
import { setPresence } from '../../database/conversations/presence.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { postMessage } from '../../steps/post-message.ts';
import { postingWith } from '../../web/conversations/posting.ts';
import type { Block, Row } from './blocks.ts';
import type { Asked, ConsolePage, PageAct } from './page.ts';

const listed = 100;
const shown = 200;
const href = (id: string): string => `/console/pages/conversations?conversation=${id}`;

/** C7: what a company and its members say to each other, for staff: read, joined in the sight of everybody, written in, left. */
export const conversationsPage: ConsolePage = {
  name: 'conversations',
  icon: 'MessageSquare',
  title: async (asked) => (asked.query.conversation ? asked.say.say('talk.titleOf', { who: calledIn(await openTalk(asked), asked) }) : asked.say.say('talk.title')),
  blocks: async (asked) => (asked.query.conversation ? one(asked, await openTalk(asked)) : all(asked)),
  acts: {
    join: acting(async ({ deps, staff, key, say }, { id }) => {
      await deps.db.$transaction((tx) => setPresence(tx, id, staff, true, { key, at: Date.now() }));
      return { message: say.say('talk.joined') };
    }),
    leave: acting(async ({ deps, staff, key, say }, { id }) => {
      await deps.db.$transaction((tx) => setPresence(tx, id, staff, false, { key, at: Date.now() }));
      return { message: say.say('talk.left') };
    }),
    write: acting(async ({ deps, staff, key, say, values }, { id, readers }) => {
      // Nobody of staff speaks without having been shown as present.
      if (!isPresent(readers, staff.id)) throw new Problem('not_allowed', `${staff.id} has not joined ${id}`);
      await postMessage(postingWith(deps), { author: { kind: 'staff', id: staff.id, name: staff.name }, text: typeof values.text === 'string' ? values.text.trim() : '', files: [], key }, () => Promise.resolve(id));
      return { message: say.say('talk.written') };
    }),
  },
};

type Talk = Awaited<ReturnType<typeof openTalk>>;

async function openTalk({ deps, query }: Asked) {
  const talk = await deps.db.conversation.findUnique({
    where: { id: query.conversation ?? '' },
    include: { project: { include: { company: true } }, members: { include: { member: true }, orderBy: { joinedAt: 'asc' } }, readers: true },
  });
  if (!talk) throw new Problem('not_found', `no conversation ${query.conversation}`);
  return talk;
}

function acting(run: (asked: Parameters<PageAct>[0], talk: Talk) => ReturnType<PageAct>): PageAct {
  return async (asked) => {
    if (!mayDo(asked.staff.role, 'joinConversations')) throw new Problem('not_allowed', `${asked.staff.role} may not join conversations`);
    return run(asked, await openTalk(asked));
  };
}

function isPresent(readers: Talk['readers'], staffId: string): boolean {
  return readers.some(({ personKind, personId, present }) => personKind === 'staff' && personId === staffId && present);
}

function calledIn(talk: { kind: string; title: string; members: { member: { name: string } }[]; project: { company: { name: string } } }, { say }: Asked): string {
  const members = talk.members.map(({ member }) => member.name).join(', ');
  if (talk.kind === 'direct') return `${talk.project.company.name} · ${members}`;
  return talk.title || say.say('talk.team');
}

async function all(asked: Asked): Promise<readonly Block[]> {
  const { deps, query, say } = asked;
  const talks = await deps.db.conversation.findMany({
    where: query.project ? { projectId: query.project } : {}, orderBy: [{ lastAt: 'desc' }, { id: 'desc' }], take: listed,
    include: { project: { include: { company: true } }, members: { include: { member: true } }, readers: { where: { personKind: 'staff', present: true } } },
  });
  const rows = talks.map((talk): Row => ({
    cells: [{ text: calledIn(talk, asked), href: href(talk.id), detail: talk.kind === 'group' ? talk.members.map(({ member }) => member.name).join(', ') : undefined }, `${talk.project.ref} · ${talk.project.title}`, String(talk.lastSeq), say.moment(talk.lastAt), talk.readers.map(({ personName }) => personName).join(', ')],
  }));
  return [
    ...(query.project ? [back(query.project, asked)] : []),
    { kind: 'table', head: ['who', 'project', 'count', 'last', 'present'].map((name) => say.say(`talk.head.${name}`)), numeric: [2], rows, empty: say.say('talk.none') },
  ];
}

function back(projectId: string, { say }: Asked): Block {
  return { kind: 'links', items: [{ text: say.say('talk.project'), href: `/console/resources/Project/records/${projectId}/show` }] };
}

async function one(asked: Asked, talk: Talk): Promise<readonly Block[]> {
  const { deps, staff, say } = asked;
  const messages = await deps.db.message.findMany({ where: { conversationId: talk.id }, orderBy: { seq: 'desc' }, take: shown, include: { files: { include: { file: { select: { id: true, name: true } } } } } });
  const present = isPresent(talk.readers, staff.id);
  if (present) await markRead(deps.db, talk.id, { kind: 'staff', id: staff.id, name: staff.name }, messages[0]?.seq ?? 0);
  const here = talk.readers.filter((reader) => reader.personKind === 'staff' && reader.present).map(({ personName }) => personName);
  const rows = messages.reverse().flatMap(({ kind, authorKind, authorName, text, createdAt, files }): Row[] => [
    { cells: [say.moment(createdAt), { text: authorName, detail: say.say(`talk.author.${authorKind}`) }, kind === 'event' ? { text: say.say(`talk.event.${text}`), tone: 'soft' } : { text, ...(kind === 'notice' ? { tone: 'strong' } as const : {}) }] },
    ...files.map(({ file }): Row => ({ cells: ['', '', { text: file.name, href: `/console/conversation-files/${file.id}` }] })),
  ]);
  const button = (act: string): Block => ({ kind: 'form', method: 'post', act, fields: [], button: say.say(`talk.${act}`), inline: true });
  return [
    { kind: 'links', items: [{ text: say.say('talk.ofProject'), href: `/console/pages/conversations?project=${talk.projectId}` }, { text: say.say('talk.project'), href: `/console/resources/Project/records/${talk.projectId}/show` }] },
    { kind: 'text', text: say.say('talk.between', { names: [talk.project.company.name, ...talk.members.map(({ member }) => member.name)].join(', ') }) },
    ...(here.length > 0 ? [{ kind: 'text', text: say.say('talk.present', { names: here.join(', ') }), tone: 'good' } as const] : []),
    { kind: 'table', head: ['at', 'author', 'text'].map((name) => say.say(`talk.head.${name}`)), rows, empty: say.say('talk.silent') },
    ...(present
      ? [{ kind: 'form', method: 'post', act: 'write', fields: [{ name: 'text', kind: 'long', required: true, label: say.say('talk.text') }], button: say.say('talk.write') } as const, button('leave')]
      : mayDo(staff.role, 'joinConversations') ? [{ kind: 'text', text: say.say('talk.joinHelp') } as const, button('join')] : []),
  ];
}
