import type { Prisma } from '@prisma/client';
import { sum } from '../../../domain/money.ts';
import type { TransferHold } from '../../../domain/bank/transfer-holds.ts';
import { mayDo, maySee } from '../../../domain/roles.ts';
import { heldAccounts } from '../../../database/bank/destinations.ts';
import type { Db } from '../../../database/open.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { waterfallHref } from '../finance/addresses.ts';
import { accountWarning, heldInWords } from '../finance/held-words.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';
import { resultBlocks } from './results.ts';

/** How many payouts one page shows, those that wait longest. */
const mostShown = 200;
const mostSent = 50;

const whole = { member: { include: { billing: true } }, memberInvoice: true, payment: { include: { clientInvoice: { include: { project: true } } } } } satisfies Prisma.PayoutInclude;
type Shown = Prisma.PayoutGetPayload<{ include: typeof whole }>;

const waiting = (db: Db, state: 'to_send' | 'held'): Promise<Shown[]> => db.payout.findMany({ where: { state }, include: whole, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: mostShown });

/** I7: what is to send, to whom, until when by law; what is held back; what left lately. */
export async function payoutsBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, staff } = asked;
  const [toSend, held, sent, results] = await Promise.all([
    waiting(db, 'to_send'), waiting(db, 'held'),
    db.payout.findMany({ where: { sentAt: { not: null } }, include: whole, orderBy: [{ sentAt: 'desc' }, { id: 'desc' }], take: mostSent }),
    resultBlocks(asked),
  ]);
  const groups = byMember(toSend);
  const holds = await heldAccounts(db, groups.flatMap(([first]) => (first ? [first.memberId] : [])), Date.now());
  const ready = toSend.filter(({ memberId }) => !holds.has(memberId));
  const head = (...names: string[]): string[] => names.map((name) => say.say(`payouts.head.${name}`));
  return [
    financeNavigation(asked, 'payouts'),
    ...results,
    {
      kind: 'figures', items: [
        { label: say.say('payouts.toSend'), value: say.money(total(toSend)), detail: say.say('payouts.count', { count: toSend.length, members: groups.length }), tone: toSend.length > 0 ? 'bad' : 'good' },
        { label: say.say('payouts.held'), value: say.money(total(held)), detail: say.say('payouts.heldCount', { count: held.length }), tone: held.length > 0 ? 'bad' : 'good' },
      ],
    },
    { kind: 'table', caption: say.say('payouts.byMember'), head: head('member', 'amount', 'account', 'invoices', 'legal'), numeric: [1], rows: groups.map((group) => groupRow(asked, group, holds)), empty: say.say('payouts.nothingToSend') },
    ...(ready.length > 0 && mayDo(staff.role, 'sendPayout') ? [{
      kind: 'form' as const, method: 'post' as const, act: 'send', title: say.say('payouts.sendTitle'), button: say.say('payouts.send'), consequence: say.say('payouts.sendConsequence'),
      fields: [
        { name: 'payoutIds', kind: 'choices' as const, required: true, label: say.say('payouts.which'), value: ready.map(({ id }) => id), options: byMember(ready).flat().map((one) => ({ value: one.id, label: label(asked, one) })) },
        { name: 'confirmed', kind: 'check' as const, required: true, label: say.say('payouts.confirm') },
      ],
    }] : []),
    ...(toSend.length === mostShown ? [{ kind: 'text' as const, tone: 'soft' as const, text: say.say('payouts.onlyFirst', { count: mostShown }) }] : []),
    {
      kind: 'table', caption: say.say('payouts.heldTitle'), head: head('member', 'amount', 'invoice', 'reason', 'legal'), numeric: [1], empty: say.say('payouts.noneHeld'),
      rows: held.map((one): Row => ({
        cells: [
          { text: one.member.name, ...(maySee(staff.role, 'compliance') ? { href: `/console/pages/compliance?member=${one.memberId}` } : {}) }, say.money(one.amountCents), invoiceCell(one),
          { text: say.say('payouts.heldFor', { documents: heldInWords(one.heldFor, say) }), tone: 'bad' }, legalCell(asked, one.memberInvoice?.legalDueAt ?? null),
        ],
      })),
    },
    {
      kind: 'table', caption: say.say('payouts.sentTitle'), head: head('at', 'member', 'amount', 'invoice', 'by'), numeric: [2], empty: say.say('payouts.noneSent'),
      rows: sent.map((one): Row => ({ cells: [say.moment(one.sentAt), one.member.name, { text: say.money(one.amountCents), detail: say.say(`payouts.kind.${one.kind}`) }, invoiceCell(one), one.sentBy ?? '—'] })),
    },
  ];
}

const total = (payouts: readonly { amountCents: number }[]): number => sum(payouts.map(({ amountCents }) => amountCents));

/** What each member is owed together; whoever the law protects soonest comes first. */
function byMember(payouts: readonly Shown[]): Shown[][] {
  const groups = new Map<string, Shown[]>();
  for (const one of payouts) groups.set(one.memberId, [...(groups.get(one.memberId) ?? []), one]);
  return [...groups.values()].sort((a, b) => (soonest(a)?.getTime() ?? Infinity) - (soonest(b)?.getTime() ?? Infinity) || total(b) - total(a));
}

function soonest(payouts: readonly Shown[]): Date | null {
  return payouts.flatMap(({ memberInvoice }) => memberInvoice?.legalDueAt ?? []).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function groupRow(asked: Asked, group: readonly Shown[], holds: ReadonlyMap<string, TransferHold>): Row {
  const { say } = asked;
  const [first] = group;
  const billing = first?.member.billing ?? null;
  const hold = first && holds.get(first.memberId);
  const warning = hold ? say.say(`transfers.hold.${hold.why}`, { last4: billing?.ibanLast4 ?? '', code: hold.why === 'account_refused' ? hold.code : '' }) : accountWarning(billing, Date.now(), say);
  return {
    cells: [
      { text: first?.member.name ?? '', tone: 'strong' }, { text: say.money(total(group)), tone: 'strong' },
      { text: billing ? `•••• ${billing.ibanLast4}` : '—', ...(warning ? { tone: 'bad' as const, detail: warning } : {}), ...(hold?.why === 'iban_changed' ? { until: new Date(hold.until).toISOString() } : {}) },
      { text: group.map(({ payment: { clientInvoice } }) => clientInvoice.number ?? clientInvoice.ref).filter((one, index, all) => all.indexOf(one) === index).join(', '), detail: group.map(({ kind, amountCents }) => `${say.say(`payouts.kind.${kind}`)} ${say.money(amountCents)}`).join(' · ') },
      legalCell(asked, soonest(group)),
    ],
  };
}

const legalCell = ({ say }: Asked, at: Date | null): Cell => (at ? { text: `${say.day(at)} ·`, until: at.toISOString() } : '—');

const invoiceCell = ({ payment: { clientInvoice } }: Shown): Cell => ({ text: clientInvoice.number ?? clientInvoice.ref, href: waterfallHref(clientInvoice.ref), detail: clientInvoice.project.title });

function label({ say }: Asked, { member, amountCents, kind, payment: { clientInvoice } }: Shown): string {
  return `${member.name} — ${say.money(amountCents)} — ${say.say(`payouts.kind.${kind}`)}, ${clientInvoice.number ?? clientInvoice.ref}${member.billing ? ` — •••• ${member.billing.ibanLast4}` : ''}`;
}
