import { addStaff, changeRole, renameStaff, setActive } from '../../database/staff-accounts.ts';
import { removeSecondFactor } from '../../database/second-factor.ts';
import { sendPasswordLink } from '../../database/staff-password-links.ts';
import { Problem } from '../../domain/problem.ts';
import { roles } from '../../domain/roles.ts';
import { sendQueuedMail } from '../../web/send-queued-mail.ts';
import { byStaff } from '../by-staff.ts';
import type { Block, PageField, Row } from './blocks.ts';
import type { Asked, ConsolePage, PageAct } from './page.ts';

const text = (held: unknown): string => (typeof held === 'string' ? held.trim() : '');
const home = '/console/pages/staff';

/** S5: the team: who has access, with what role; administrators alone. */
export const staffPage: ConsolePage = {
  name: 'staff',
  icon: 'UserCheck',
  title: async (asked) => (asked.query.person ? (await personOf(asked)).name : asked.say.say('staff.title')),
  blocks: async (asked) => (asked.query.person ? personBlocks(asked) : teamBlocks(asked)),
  acts: {
    add: async ({ deps, staff, values, key, say }) => {
      const given = { name: text(values.name), email: text(values.email), phone: text(values.phone), team: text(values.team), role: text(values.role) };
      sendQueuedMail(deps, await addStaff(deps.db, deps.secret, { ...given, form: key, by: byStaff(staff), at: Date.now() }));
      return { message: say.say('staff.added', given) };
    },
    rename: onPerson((asked, deed) => renameStaff(asked.deps.db, { ...deed, name: text(asked.values.name), phone: text(asked.values.phone), team: text(asked.values.team) }), 'staff.renamed'),
    role: onPerson((asked, deed) => changeRole(asked.deps.db, { ...deed, role: text(asked.values.role) }), 'staff.roleChanged'),
    deactivate: onPerson((asked, deed) => setActive(asked.deps.db, { ...deed, active: false, reason: reasonOf(asked.values) }), 'staff.deactivated'),
    activate: onPerson((asked, deed) => setActive(asked.deps.db, { ...deed, active: true, reason: '' }), 'staff.activated'),
    passwordLink: onPerson(async ({ deps }, { id, ...deed }) => sendQueuedMail(deps, await sendPasswordLink(deps.db, deps.secret, { ...deed, staffId: id })), 'staff.linkSent'),
    resetFactor: onPerson(async (asked, { by, at }) => removeSecondFactor(asked.deps.db, { staff: await personOf(asked), by, at, reason: reasonOf(asked.values) }), 'staff.factorReset'),
  },
};

/** An act on the person of the address. */
function onPerson(act: (asked: Parameters<PageAct>[0], deed: { id: string; form: string; by: ReturnType<typeof byStaff>; at: number }) => Promise<unknown>, message: string): PageAct {
  return async (asked) => {
    const { id, name } = await personOf(asked);
    await act(asked, { id, form: asked.key, by: byStaff(asked.staff), at: Date.now() });
    return { message: asked.say.say(message, { name }) };
  };
}

function reasonOf(values: Readonly<Record<string, unknown>>): string {
  const reason = text(values.reason);
  if (reason.length < 3) throw new Problem('reason_missing', 'no reason');
  return reason;
}

async function personOf({ deps, query }: Asked) {
  const person = await deps.db.staff.findUnique({ where: { id: query.person ?? '' }, omit: { passwordHash: true }, include: { secondFactor: { select: { confirmedAt: true } } } });
  if (!person) throw new Problem('not_found', 'nobody here by this id');
  return person;
}

async function teamBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const people = await db.staff.findMany({
    orderBy: [{ active: 'desc' }, { name: 'asc' }], take: 500, omit: { passwordHash: true },
    include: { secondFactor: { select: { confirmedAt: true } }, sessions: { where: { expire: { gt: new Date() } }, orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } },
  });
  const rows = people.map((one): Row => ({ cells: [
    { text: one.name, href: `${home}?person=${one.id}`, detail: one.email }, say.say(`role.${one.role}`),
    one.active ? { text: say.say('staff.active'), tone: 'good' } : { text: say.say('staff.inactive'), tone: 'soft' },
    one.secondFactor?.confirmedAt ? say.say('staff.factorYes') : { text: say.say('staff.factorNo'), tone: 'soft' },
    one.sessions[0]?.lastSeenAt ? say.moment(one.sessions[0].lastSeenAt) : '—',
  ] }));
  return [
    { kind: 'text', text: say.say('staff.intro') },
    { kind: 'table', caption: say.say('staff.team'), head: ['name', 'role', 'state', 'factor', 'seen'].map((one) => say.say(`staff.head.${one}`)), rows, empty: say.say('staff.none') },
    {
      kind: 'form', method: 'post', act: 'add', title: say.say('staff.add'), button: say.say('staff.addButton'), consequence: say.say('staff.addConsequence'),
      fields: [...coordinates(asked, {}), { name: 'email', kind: 'text', required: true, label: say.say('staff.field.email') }, roleField(asked, 'read_only')],
    },
    { kind: 'details', summary: say.say('staff.rights'), blocks: [{ kind: 'table', head: [say.say('staff.head.role'), say.say('staff.what')], rows: roles.map((role) => ({ cells: [say.say(`role.${role}`), say.say(`role.${role}.what`)] })), empty: '' }] },
  ];
}

async function personBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const person = await personOf(asked);
  const events = await db.auditEvent.findMany({ where: { subject: `staff/${person.handle}` }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 30 });
  const factor = person.secondFactor?.confirmedAt;
  const reason: PageField = { name: 'reason', kind: 'text', required: true, label: say.say('security.reason') };
  const form = (act: string, fields: readonly PageField[]): Block => ({
    kind: 'form', method: 'post', act, title: say.say(`staff.${act}`), button: say.say(`staff.${act}Button`), fields, ...(say.has(`staff.${act}Consequence`) ? { consequence: say.say(`staff.${act}Consequence`, { name: person.name }) } : {}),
  });
  const access: Block[] = person.active
    ? [form('passwordLink', []), ...(factor ? [form('resetFactor', [reason])] : []), form('deactivate', [reason])]
    : [form('activate', [])];
  return [
    { kind: 'links', items: [{ text: say.say('staff.back'), href: home }] },
    { kind: 'figures', items: [
      { label: say.say('staff.head.role'), value: say.say(`role.${person.role}`), detail: person.email },
      { label: say.say('staff.head.state'), value: say.say(person.active ? 'staff.active' : 'staff.inactive') },
      { label: say.say('staff.head.factor'), value: say.say(factor ? 'staff.factorYes' : 'staff.factorNo'), ...(factor ? { detail: say.day(factor) } : {}) },
    ] },
    { kind: 'columns', columns: [[form('rename', coordinates(asked, person)), form('role', [roleField(asked, person.role)])], access] },
    {
      kind: 'table', caption: say.say('staff.history'), head: ['at', 'who', 'what', 'details'].map((one) => say.say(`trail.head.${one}`)), empty: say.say('staff.noHistory'),
      rows: events.map((event) => ({ cells: [say.moment(event.at), event.actorName || '—', say.say(`event.${event.action}`), detailOf(event.data, asked)] })),
    },
  ];
}

function detailOf(data: unknown, { say }: Asked): string {
  const { before, after, reason } = (data ?? {}) as { before?: string; after?: string; reason?: string };
  const word = (one: string): string => (say.has(`role.${one}`) ? say.say(`role.${one}`) : one);
  return before && after ? `${word(before)} → ${word(after)}` : (reason ?? '');
}

const coordinates = ({ say }: Asked, person: { name?: string; phone?: string | null; team?: string }): PageField[] => [
  { name: 'name', kind: 'text', required: true, label: say.say('staff.field.name'), value: person.name ?? '' },
  { name: 'phone', kind: 'text', label: say.say('staff.field.phone'), value: person.phone ?? '' },
  { name: 'team', kind: 'text', label: say.say('staff.field.team'), help: say.say('staff.help.team'), value: person.team ?? '' },
];

const roleField = ({ say }: Asked, value: string): PageField => ({ name: 'role', kind: 'choice', required: true, label: say.say('staff.head.role'), value, options: roles.map((role) => ({ value: role, label: say.say(`role.${role}`) })) });
