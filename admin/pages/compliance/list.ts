import { DateTime } from 'luxon';
import { heldContracts, membersToWatch } from '../../../database/vigilance.ts';
import { parisZone } from '../../../domain/calendar.ts';
import { sum } from '../../../domain/money.ts';
import { vigilanceThresholdCents } from '../../../domain/vigilance.ts';
import type { Block, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { documentHref, memberHref } from './addresses.ts';

const take = 50;
const soonDays = 30;

/** What waits for staff, what is missing and holds something back, what is about to end. */
export async function complianceBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query } = asked;
  const now = Date.now();
  const today = DateTime.fromMillis(now, { zone: parisZone }).toFormat('yyyy-MM-dd');
  const soon = DateTime.fromMillis(now, { zone: parisZone }).plus({ days: soonDays }).toFormat('yyyy-MM-dd');
  const [toCheck, toCheckCount, held, ending, overrides, watched] = await Promise.all([
    db.memberDocument.findMany({ where: { state: 'to_check' }, include: { member: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take }),
    db.memberDocument.count({ where: { state: 'to_check' } }),
    db.payout.findMany({ where: { state: 'held' }, select: { memberId: true, amountCents: true, heldFor: true }, take: 1_000 }),
    db.memberDocument.findMany({ where: { state: 'valid', expiresOn: { gte: new Date(today), lte: new Date(soon) } }, include: { member: true }, orderBy: { expiresOn: 'asc' }, take }),
    db.documentOverride.findMany({ where: { endedAt: null, until: { gte: new Date(today) } }, include: { member: true }, orderBy: { until: 'asc' }, take }),
    membersToWatch(db, today, 200),
  ]);
  const contracts = (await heldContracts(db, [...new Set([...watched, ...held.map(({ memberId }) => memberId)])], now)).filter(({ stage }) => stage === 'running' || stage === 'settling');
  const memberIds = [...new Set([...contracts, ...held].map(({ memberId }) => memberId))];
  const members = await db.member.findMany({ where: { id: { in: memberIds } }, select: { id: true, name: true } });
  const missing = members.map(({ id, name }): { cents: number; row: Row } => {
    const theirs = contracts.filter(({ memberId }) => memberId === id);
    const waiting = held.filter(({ memberId }) => memberId === id);
    const cents = sum(waiting.map(({ amountCents }) => amountCents));
    // A referral that is held has no contract of its own to be told by.
    const lacks = theirs[0] ? theirs[0].holds.map(({ kind, why }) => `${say.say(`kind.${kind}`)} (${say.say(`compliance.why.${why}`)})`) : [...new Set(waiting.flatMap(({ heldFor }) => heldFor))].map((kind) => say.say(`kind.${kind}`));
    return {
      cents,
      row: {
        cells: [
          { text: name, href: memberHref(id), tone: 'strong' }, lacks.join(', '),
          theirs.length > 0 ? { text: theirs.map(({ ref }) => ref).join(', '), detail: say.money(sum(theirs.map((one) => one.cents))) } : '—',
          cents > 0 ? { text: say.money(cents), tone: 'bad' } : '—',
        ],
      },
    };
  });
  missing.sort((a, b) => b.cents - a.cents);
  const head = (...names: string[]): string[] => names.map((name) => say.say(`compliance.head.${name}`));
  return [
    { kind: 'text', text: say.say('compliance.rule', { threshold: vigilanceThresholdCents }) },
    {
      kind: 'figures', items: [
        { label: say.say('compliance.toCheckCount'), value: String(toCheckCount) },
        { label: say.say('compliance.missingCount'), value: String(missing.length), tone: missing.length > 0 ? 'bad' : 'good' },
        { label: say.say('compliance.heldSum'), value: say.money(sum(held.map(({ amountCents }) => amountCents))), tone: held.length > 0 ? 'bad' : 'good' },
      ],
    },
    {
      kind: 'table', caption: say.say('compliance.toCheck'), head: head('member', 'document', 'expiresOn', 'sent'), empty: say.say('compliance.nothingToCheck'),
      rows: toCheck.map((one) => ({ cells: [{ text: one.member.name, href: memberHref(one.memberId) }, { text: say.say(`kind.${one.kind}`), href: documentHref(one.id), tone: 'strong', detail: one.fileName }, say.day(one.expiresOn) || '—', say.moment(one.createdAt)] })),
    },
    { kind: 'table', caption: say.say('compliance.missing'), head: head('member', 'lacks', 'projects', 'held'), numeric: [3], rows: missing.map(({ row }) => row), empty: say.say('compliance.nothingMissing') },
    {
      kind: 'columns', columns: [
        [{ kind: 'table', caption: say.say('compliance.ending', { days: soonDays }), head: head('member', 'document', 'expiresOn'), empty: say.say('compliance.nothingEnding'), rows: ending.map((one) => ({ cells: [{ text: one.member.name, href: memberHref(one.memberId) }, say.say(`kind.${one.kind}`), say.day(one.expiresOn)] })) }],
        [{ kind: 'table', caption: say.say('compliance.overrides'), head: head('member', 'document', 'until', 'by'), empty: say.say('compliance.noOverride'), rows: overrides.map((one) => ({ cells: [{ text: one.member.name, href: memberHref(one.memberId) }, say.say(`kind.${one.kind}`), say.day(one.until), { text: one.createdBy, detail: one.reason }] })) }],
      ],
    },
    ...(await find(asked, query.name ?? '')),
  ];
}

/** Any member by their name, whatever is missing. */
async function find({ deps: { db }, say }: Asked, name: string): Promise<Block[]> {
  const members = name.trim().length < 2 ? [] : await db.member.findMany({ where: { name: { contains: name.trim(), mode: 'insensitive' }, state: { in: ['active', 'blocked'] } }, orderBy: { name: 'asc' }, take: 20 });
  return [
    { kind: 'form', method: 'get', inline: true, button: say.say('compliance.find'), fields: [{ name: 'name', kind: 'text', label: say.say('compliance.findMember'), value: name }] },
    ...(name === '' ? [] : [{ kind: 'table', head: [say.say('compliance.head.member'), say.say('compliance.head.state')], rows: members.map((one) => ({ cells: [{ text: one.name, href: memberHref(one.id) }, say.state('membership', one.state)] })), empty: say.say('compliance.nobody') } as const]),
  ];
}
