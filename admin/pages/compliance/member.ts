import type { Prisma } from '@prisma/client';
import { contractsOf, heldContracts, knownDocuments } from '../../../database/vigilance.ts';
import { parisDay } from '../../../domain/membership-schedule.ts';
import { sum } from '../../../domain/money.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { needsVigilance, obligatoryKinds, standingOf } from '../../../domain/vigilance.ts';
import type { Block, Cell, PageField, Tone } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { documentHref, fileHref } from './addresses.ts';

const whole = {
  documents: { orderBy: { createdAt: 'desc' } }, overrides: { orderBy: { createdAt: 'desc' } },
  payouts: { where: { state: 'held' }, include: { payment: { include: { clientInvoice: { include: { project: true } } } } }, orderBy: { createdAt: 'asc' } },
} satisfies Prisma.MemberInclude;
type Shown = Prisma.MemberGetPayload<{ include: typeof whole }>;
const tones: Readonly<Record<string, Tone>> = { valid: 'good', overridden: 'strong', to_check: 'soft', expired: 'bad', missing: 'bad' };

/** @throws Problem `not_found` */
export async function memberOf({ deps: { db }, query }: Asked): Promise<Shown> {
  const member = await db.member.findUnique({ where: { id: query.member ?? '' }, include: whole });
  if (!member) throw new Problem('not_found', `no member ${query.member}`);
  return member;
}

/** Everything about one member's documents: where each kind stands, what it holds back, what was let through and by whom. */
export async function memberBlocks(asked: Asked, member: Shown): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const known = (await knownDocuments(db, [member.id])).get(member.id) ?? { documents: [], overrides: [] };
  const today = parisDay(Date.now());
  const contracts = await contractsOf(db, [member.id]);
  const held = await heldContracts(db, [member.id], Date.now());
  const head = (...names: string[]): string[] => names.map((name) => say.say(`compliance.head.${name}`));
  const standings = ([...obligatoryKinds, 'insurance'] as const).map((kind) => ({ kind, standing: standingOf(kind, known.documents, known.overrides, today) }));
  return [
    { kind: 'links', items: [{ text: say.say('compliance.back'), href: '/console/pages/compliance' }, { text: say.say('compliance.record'), href: `/console/resources/Member/records/${member.id}/show` }] },
    {
      kind: 'figures', items: [
        { label: say.say('compliance.head.state'), value: say.state('membership', member.state), tone: member.state === 'blocked' ? 'bad' : undefined },
        ...standings.map(({ kind, standing }) => ({ label: say.say(`kind.${kind}`), value: say.say(`compliance.standing.${standing}`), tone: (obligatoryKinds as readonly string[]).includes(kind) || standing === 'valid' ? tones[standing] : 'soft' })),
        { label: say.say('compliance.heldSum'), value: say.money(sum(member.payouts.map(({ amountCents }) => amountCents))), tone: member.payouts.length > 0 ? 'bad' : 'good' },
      ],
    },
    {
      kind: 'columns', columns: [
        [
          {
            kind: 'table', caption: say.say('compliance.documents'), head: head('document', 'state', 'expiresOn', 'sent'), empty: say.say('compliance.noDocument'),
            rows: member.documents.map((one) => ({
              cells: [
                { text: say.say(`kind.${one.kind}`), href: one.state === 'to_check' ? documentHref(one.id) : one.fileId ? fileHref(one.fileId) : undefined, detail: one.fileName },
                { text: say.state('memberDocument', one.state), tone: tones[one.state], detail: one.reason ?? undefined }, say.day(one.expiresOn) || '—', say.day(one.createdAt),
              ],
            })),
          },
          {
            kind: 'table', caption: say.say('compliance.contracts'), head: head('project', 'amount', 'lacks'), numeric: [1], empty: say.say('compliance.noContract'),
            rows: contracts.map(({ projectId, ref, title, cents }) => ({
              cells: [{ text: ref, href: `/console/resources/Project/records/${projectId}/show`, detail: title }, { text: say.money(cents), detail: needsVigilance(cents) ? say.say('compliance.above') : say.say('compliance.below') }, lacking(asked, held.find((one) => one.projectId === projectId)?.holds ?? [])],
            })),
          },
          {
            kind: 'table', caption: say.say('compliance.payouts'), head: head('invoice', 'amount', 'lacks'), numeric: [1], empty: say.say('compliance.nothingHeld'),
            rows: member.payouts.map(({ amountCents, heldFor, payment: { clientInvoice } }) => ({
              cells: [{ text: clientInvoice.number ?? clientInvoice.ref, href: `/console/resources/ClientInvoice/records/${clientInvoice.id}/show`, detail: clientInvoice.project.title }, say.money(amountCents), heldFor.map((kind) => say.say(`kind.${kind}`)).join(', ')],
            })),
          },
        ],
        [...forms(asked, member), ...(await history(asked, member))],
      ],
    },
  ];
}

function lacking({ say }: Asked, holds: readonly { kind: string; why: string }[]): Cell {
  if (holds.length === 0) return '—';
  return { text: holds.map(({ kind, why }) => `${say.say(`kind.${kind}`)} (${say.say(`compliance.why.${why}`)})`).join(', '), tone: 'bad' };
}

function forms({ say, staff }: Asked, member: Shown): Block[] {
  const reason: PageField = { name: 'reason', kind: 'long', required: true, label: say.say('field.reason') };
  const form = (act: string, step: string, fields: PageField[]): Block[] => (mayDo(staff.role, step)
    ? [{ kind: 'details', summary: say.say(`action.${step}`), blocks: [{ kind: 'form', method: 'post', act, fields, button: say.say(`action.${step}`), consequence: say.say(`consequence.${step}`) }] }]
    : []);
  if (member.state !== 'active' && member.state !== 'blocked') return [];
  return [
    ...form('override', 'overrideDocument', [
      { name: 'kind', kind: 'choice', required: true, label: say.say('field.kind'), value: obligatoryKinds[0], options: obligatoryKinds.map((kind) => ({ value: kind, label: say.say(`kind.${kind}`) })) },
      reason, { name: 'until', kind: 'date', required: true, label: say.say('field.until') },
    ]),
    ...(member.state === 'active' ? form('block', 'blockMember', [reason]) : form('unblock', 'unblockMember', [reason])),
  ];
}

async function history({ deps: { db }, say }: Asked, member: Shown): Promise<Block[]> {
  const events = await db.auditEvent.findMany({
    where: { subject: member.handle, action: { in: ['acceptDocument', 'refuseDocument', 'sendDocument', 'overrideDocument', 'overrideEnded', 'documentExpired', 'blockMember', 'unblockMember'].map((name) => `membership.${name}`).concat('payout.held', 'payout.released') } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 30,
  });
  return [{
    kind: 'table', caption: say.say('compliance.history'), head: [say.say('compliance.head.at'), say.say('compliance.head.by'), say.say('compliance.head.what')], empty: say.say('compliance.noHistory'),
    rows: events.map(({ at, actorName, action, data }) => {
      const { kind, reason, until, verification, amountCents } = data as { kind?: string; reason?: string; until?: string; verification?: string; amountCents?: number };
      const detail = [kind ? say.say(`kind.${kind}`) : '', reason, until ? say.say('compliance.untilDay', { until }) : '', verification, amountCents ? say.money(amountCents) : ''].filter(Boolean).join(' · ');
      return { cells: [say.moment(at), actorName || say.say('trail.kind.clock'), { text: say.say(`event.${action}`), detail }] };
    }),
  }];
}
