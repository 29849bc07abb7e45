import { exposureAhead, type Exposure } from '../../database/exposure.ts';
import type { ExposureDay } from '../../domain/exposure.ts';
import type { Block, Row } from './blocks.ts';
import { recordHref, waterfallHref } from './finance/addresses.ts';
import { financeNavigation } from './finance/navigation.ts';
import type { Asked, ConsolePage } from './page.ts';

const horizons = ['30', '60', '90'] as const;
/** Invoices told one by one. */
const mostShown = 100;
const dateOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** I5: what falls due to members and from clients each coming day, and what OFF-WORKS would have to advance. */
export const exposurePage: ConsolePage = { name: 'exposure', icon: 'Activity', title: ({ say }) => say.say('exposure.title'), blocks: exposureBlocks };

async function exposureBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query } = asked;
  const horizon = horizons.find((one) => one === query.days) ?? '60';
  const found = await exposureAhead(db, Date.now(), Number(horizon));
  const peak = found.days.reduce<ExposureDay | undefined>((most, one) => (one.exposureCents > (most?.exposureCents ?? 0) ? one : most), undefined);
  const total = (of: 'dueToMembersCents' | 'expectedCents' | 'toAdvanceCents'): string => say.money(found.days.reduce((sum, one) => sum + one[of], 0));
  const moving = found.days.filter((one) => one.dueToMembersCents + one.expectedCents + one.toAdvanceCents + one.comesBackCents > 0);
  return [
    financeNavigation(asked, 'exposure'),
    { kind: 'text', text: say.say('exposure.rule') },
    { kind: 'form', method: 'get', inline: true, button: say.say('finance.filter'), fields: [{ name: 'days', kind: 'choice', required: true, label: say.say('exposure.horizon'), value: horizon, options: horizons.map((days) => ({ value: days, label: say.say('exposure.days', { days }) })) }] },
    {
      kind: 'figures', items: [
        { label: say.say('exposure.figure.due'), value: total('dueToMembersCents') },
        { label: say.say('exposure.figure.expected'), value: total('expectedCents') },
        { label: say.say('exposure.figure.advance'), value: total('toAdvanceCents'), ...(peak ? { tone: 'bad' as const } : { tone: 'good' as const }) },
        { label: say.say('exposure.figure.peak'), value: say.money(peak?.exposureCents ?? 0), ...(peak ? { detail: say.say('exposure.peakOn', { on: dateOf(peak.on).toISOString() }), tone: 'bad' as const } : {}) },
        { label: say.say('exposure.figure.late'), value: say.money(found.lateCents), detail: say.say('exposure.lateDetail'), href: '/console/pages/invoicesByAge', ...(found.lateCents > 0 ? { tone: 'bad' as const } : {}) },
      ],
    },
    { kind: 'plot', title: say.say('exposure.plot'), shape: 'bars', empty: say.say('exposure.none'), points: found.days.every(({ exposureCents }) => exposureCents === 0) ? [] : found.days.map(({ on, exposureCents }) => ({ label: say.day(dateOf(on)), value: exposureCents, shown: say.money(exposureCents) })) },
    {
      kind: 'table', caption: say.say('exposure.byDay', { days: horizon }), head: ['day', 'due', 'expected', 'advance', 'back', 'exposure'].map((name) => say.say(`exposure.head.${name}`)), numeric: [1, 2, 3, 4, 5], empty: say.say('exposure.nothing'),
      rows: moving.map((one): Row => ({
        cells: [
          say.day(dateOf(one.on)), amount(asked, one.dueToMembersCents), amount(asked, one.expectedCents),
          one.toAdvanceCents === 0 ? '—' : { text: say.money(one.toAdvanceCents), tone: 'bad' }, amount(asked, one.comesBackCents), { text: say.money(one.exposureCents), tone: one.exposureCents === 0 ? 'soft' : 'strong' },
        ],
      })),
    },
    owedTable(asked, found),
  ];
}

const amount = ({ say }: Asked, cents: number): string => (cents === 0 ? '—' : say.money(cents));

/** Invoice by invoice: whose, until when by law, and when the client is to have paid. */
function owedTable({ say }: Asked, { owed }: Exposure): Block {
  const advanced = owed.filter(({ owedCents, inHandCents, clientDueOn, legalDueOn }) => owedCents > inHandCents && (clientDueOn === null || clientDueOn > legalDueOn));
  return {
    kind: 'table', caption: say.say(advanced.length > mostShown ? 'exposure.mostOwed' : 'exposure.owed', { count: advanced.length, most: mostShown }), head: ['member', 'client', 'owed', 'legal', 'clientDue'].map((name) => say.say(`exposure.head.${name}`)), numeric: [2], empty: say.say('exposure.none'),
    rows: advanced.slice(0, mostShown).map((one): Row => ({
      cells: [
        { text: one.memberName, href: recordHref('MemberInvoice', one.id), detail: one.number }, { text: one.clientName, ...(one.clientInvoiceRef ? { href: waterfallHref(one.clientInvoiceRef) } : {}) },
        say.money(one.owedCents - one.inHandCents), { text: `${say.day(dateOf(one.legalDueOn))} ·`, until: dateOf(one.legalDueOn).toISOString() }, one.clientDueOn ? say.day(dateOf(one.clientDueOn)) : { text: say.say('exposure.unknown'), tone: 'bad' },
      ],
    })),
  };
}
