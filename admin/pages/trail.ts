import type { Prisma } from '@prisma/client';
import { DateTime } from 'luxon';
import { isTermKey } from '../../domain/terms-catalogue.ts';
import { termWords } from '../terms/term-words.ts';
import type { Speaker } from '../text.ts';
import { isId, trailNames } from '../trail-names.ts';
import type { Block, Cell, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

const pageSize = 50;
const paris = 'Europe/Paris';

/** S5: the trail, by object, person and period. */
export const trailPage: ConsolePage = {
  name: 'trail',
  icon: 'Archive',
  title: ({ say }) => say.say('trail.title'),
  blocks: async (asked) => {
    const { deps: { db }, say, query } = asked;
    const [staff, head, waiting, found] = await Promise.all([
      db.staff.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } }),
      db.auditSeal.findFirst({ orderBy: { sequence: 'desc' } }),
      db.auditUnsealed.count(),
      eventsFound(asked),
    ]);
    const names = await trailNames(db, found.rows);
    const person = query.person && !staff.some(({ id }) => id === query.person) ? [{ value: query.person, label: found.rows[0]?.actorName ?? query.person }] : [];
    const blocks: Block[] = [
      {
        kind: 'form', method: 'get', inline: true, button: say.say('trail.filter'),
        fields: [
          { name: 'object', kind: 'text', label: say.say('trail.object'), help: say.say('trail.objectHelp'), value: query.object },
          { name: 'person', kind: 'choice', label: say.say('trail.person'), value: query.person, options: [...person, ...staff.map(({ id, name }) => ({ value: id, label: name })), ...(['clock', 'client', 'member', 'visitor'] as const).map((kind) => ({ value: kind, label: say.say(`trail.kind.${kind}`) }))] },
          { name: 'from', kind: 'date', label: say.say('trail.from'), value: query.from },
          { name: 'until', kind: 'date', label: say.say('trail.until'), value: query.until },
        ],
      },
      {
        kind: 'table', head: ['at', 'who', 'what', 'object', 'details', 'seal'].map((name) => say.say(`trail.head.${name}`)),
        rows: found.rows.map((event) => row(event, asked, names)), empty: say.say(query.before ? 'trail.end' : 'trail.empty'),
      },
    ];
    const links = [
      ...(query.before ? [{ text: say.say('trail.newest'), href: address({ ...query, before: '' }) }] : []),
      ...(found.next ? [{ text: say.say('trail.older'), href: address({ ...query, before: found.next }) }] : []),
    ];
    if (links.length > 0) blocks.push({ kind: 'links', items: links });
    blocks.push({
      kind: 'details', summary: say.say('trail.chain'),
      blocks: [
        { kind: 'text', text: say.say('trail.chainWords') },
        { kind: 'text', text: head ? say.say('trail.chainHead', { sequence: head.sequence, at: head.sealedAt.toISOString(), waiting }) : say.say('trail.chainEmpty', { waiting }) },
        ...(head ? [{ kind: 'pre', text: `npm run audit:verify -- --head ${head.sequence}:${head.hash}` } as const] : []),
      ],
    });
    return blocks;
  },
};

type Event = Prisma.AuditEventGetPayload<{ include: { seal: true; project: { select: { title: true } } } }>;

/** Keyset paging on (at, id): the thousandth page costs what the first does. */
async function eventsFound({ deps, query }: Asked): Promise<{ rows: Event[]; next: string | null }> {
  const [beforeAt, beforeId] = (query.before ?? '').split('_');
  const cursor = beforeId && !Number.isNaN(Date.parse(String(beforeAt))) ? { at: new Date(String(beforeAt)), id: beforeId } : null;
  const from = day(query.from);
  const until = day(query.until)?.plus({ days: 1 });
  const rows = await deps.db.auditEvent.findMany({
    where: {
      ...(query.object?.trim() ? { subject: { startsWith: query.object.trim() } } : {}),
      ...(query.project ? { projectId: query.project } : {}),
      ...(!query.person ? {} : kinds.has(query.person) ? { actorKind: query.person } : { actorId: query.person }),
      at: { ...(from ? { gte: from.toJSDate() } : {}), ...(until ? { lt: until.toJSDate() } : {}), ...(cursor ? { lte: cursor.at } : {}) },
      ...(cursor ? { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lt: cursor.id } }] } : {}),
    },
    include: { seal: true, project: { select: { title: true } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > pageSize && last ? `${last.at.toISOString()}_${last.id}` : null };
}

const kinds = new Set(['clock', 'client', 'member', 'visitor', 'staff']);

function day(text: string | undefined): DateTime | null {
  const read = DateTime.fromISO(text ?? '', { zone: paris });
  return read.isValid ? read : null;
}

function address(query: Readonly<Record<string, string>>): string {
  return `/console/pages/trail?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()}`;
}

function row(event: Event, { say, query }: Asked, names: ReadonlyMap<string, string>): Row {
  const who: Cell = event.actorId
    ? { text: event.actorName, href: address({ ...query, before: '', person: event.actorId }), detail: say.say(`trail.kind.${event.actorKind}`) }
    : event.actorName || say.say('story.clock');
  return {
    cells: [
      say.moment(event.at), who, say.has(`event.${event.action}`) ? say.say(`event.${event.action}`) : event.action,
      { text: objectShown(event.subject, names, say), href: event.projectId ? `/console/resources/Project/records/${event.projectId}/show` : address({ ...query, before: '', object: event.subject }), ...(event.project ? { detail: event.project.title } : {}) },
      details(event, say, names),
      event.seal ? { text: String(event.seal.sequence), detail: event.seal.hash.slice(0, 12), tone: 'soft' } : { text: say.say('trail.unsealed'), tone: 'soft' },
    ],
  };
}

/** What an event keeps beside itself, in words: amounts and moments as people read them. */
function details({ data, subject }: Pick<Event, 'data' | 'subject'>, say: Speaker, names: ReadonlyMap<string, string>): string {
  if (!data || typeof data !== 'object' || Array.isArray(data)) return '';
  return Object.entries(data).map(([name, value]) => [name, named(value, names)] as const).filter(([, value]) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)).map(([name, value]) => {
    const label = say.has(`trail.data.${name}`) ? say.say(`trail.data.${name}`) : name;
    return `${label}${say.say('trail.colon')}${settingShown(subject, name, value, say) ?? shown(name, value, say)}`;
  }).join(' · ');
}

/** An object of the trail without its raw id: its name, or what kind of thing it was. */
function objectShown(subject: string, names: ReadonlyMap<string, string>, say: Speaker): string {
  const [kind = '', id = ''] = subject.split('/');
  if (!isId(id)) return subject;
  return [say.has(`trail.object.${kind}`) ? say.say(`trail.object.${kind}`) : '', names.get(id) ?? ''].filter(Boolean).join(' · ') || say.say('trail.object.gone');
}

/** Ids become names, and those of nobody any more are left out. */
function named(value: Prisma.JsonValue | undefined, names: ReadonlyMap<string, string>): Prisma.JsonValue | undefined {
  if (Array.isArray(value)) return value.map((one) => named(one, names)).filter((one): one is Prisma.JsonValue => one !== '' && one !== undefined);
  return typeof value === 'string' && isId(value) ? (names.get(value) ?? '') : value;
}

/** A setting's values in its own words (S4). */
function settingShown(subject: string, name: string, value: unknown, say: Speaker): string | null {
  const key = subject.replace(/^setting\//, '');
  return key !== subject && isTermKey(key) && (name === 'before' || name === 'after') ? termWords(key, value, say) : null;
}

function shown(name: string, value: Prisma.JsonValue | undefined, say: Speaker): string {
  if (typeof value === 'string' && say.has(`trail.value.${name}.${value}`)) return say.say(`trail.value.${name}.${value}`);
  if (typeof value === 'number' && name.endsWith('Cents')) return say.money(value);
  if (typeof value === 'number' && name.endsWith('Bp')) return say.say('terms.percent', { rate: value });
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return say.moment(new Date(value));
  if (typeof value === 'boolean') return say.say(value ? 'trail.yes' : 'trail.no');
  if (name === 'kind' && say.has(`kind.${String(value)}`)) return say.say(`kind.${String(value)}`);
  if (Array.isArray(value)) return value.map((one) => shown(name, one, say)).join(', ');
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value);
}
