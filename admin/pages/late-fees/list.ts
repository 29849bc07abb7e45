import type { Prisma } from '@prisma/client';
import { lateFeeCents, lateFeeLeft } from '../../../domain/late-fees.ts';
import { allows } from '../../../domain/lifecycle/lifecycle.ts';
import { lateFeeLifecycle } from '../../../domain/lifecycle/late-fee.ts';
import { typedAmount } from '../../../domain/money-text.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, Row } from '../blocks.ts';
import { recordHref } from '../finance/addresses.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';

const most = 200;
const whole = { receipts: { orderBy: [{ receivedOn: 'asc' }, { createdAt: 'asc' }] }, clientInvoice: { include: { project: { include: { company: true } } } } } satisfies Prisma.LateFeeInclude;
type Fee = Prisma.LateFeeGetPayload<{ include: typeof whole }>;
const feeHref = ({ clientInvoice: { ref } }: Fee): string => `/console/pages/lateFees?invoice=${encodeURIComponent(ref)}`;

export async function lateFeesBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query } = asked;
  if (query.invoice) return oneBlocks(asked);
  const open = await db.lateFee.findMany({ where: { state: { in: ['owed', 'claimed'] } }, include: whole, orderBy: { createdAt: 'asc' }, take: most });
  const over = await db.lateFee.findMany({ where: { state: { in: ['waived', 'received'] } }, include: whole, orderBy: { createdAt: 'desc' }, take: 50 });
  const total = (state: string): number => open.filter((fee) => fee.state === state).reduce((sum, fee) => sum + lateFeeLeft(fee), 0);
  const table = (caption: string, fees: readonly Fee[], empty: string): Block => ({
    kind: 'table', caption, empty, head: ['invoice', 'client', 'days', 'interest', 'indemnity', 'total', 'state'].map((name) => say.say(`lateFees.head.${name}`)), numeric: [2, 3, 4, 5], rows: fees.map((fee) => row(asked, fee)),
  });
  return [
    financeNavigation(asked, 'lateFees'),
    { kind: 'text', text: say.say('lateFees.rule') },
    { kind: 'figures', items: [{ label: say.state('lateFee', 'owed'), value: say.money(total('owed')) }, { label: say.state('lateFee', 'claimed'), value: say.money(total('claimed')) }] },
    table(say.say('lateFees.open'), open, say.say('lateFees.none')),
    table(say.say('lateFees.over'), over, say.say('lateFees.noneOver')),
  ];
}

function row({ say }: Asked, fee: Fee): Row {
  const { clientInvoice, daysLate, interestCents, indemnityCents, state } = fee;
  return {
    cells: [
      { text: clientInvoice.number ?? clientInvoice.ref, href: feeHref(fee), detail: clientInvoice.project.title }, clientInvoice.project.company.name, String(daysLate), say.money(interestCents), say.money(indemnityCents),
      { text: say.money(lateFeeCents(fee)), tone: 'strong', ...(state === 'claimed' && fee.receivedCents > 0 ? { detail: say.say('lateFees.left', { cents: lateFeeLeft(fee) }) } : {}) }, { text: say.state('lateFee', state), detail: detailOf(say, fee), ...(state === 'owed' ? { tone: 'bad' as const } : {}) },
    ],
  };
}

function detailOf(say: Asked['say'], { state, claimedAt, waivedAt, waivedBy, reason, receipts }: Fee): string {
  const last = receipts.at(-1);
  if (state === 'received' && last) return say.say('lateFees.receivedOn', { on: last.receivedOn.toISOString(), reference: last.reference });
  if (waivedAt) return say.say('lateFees.waivedBy', { name: waivedBy ?? '', reason });
  return claimedAt ? say.say('lateFees.claimedOn', { on: claimedAt.toISOString() }) : '';
}

/** One of them, with what may be decided. @throws Problem `not_found` */
async function oneBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, staff, query } = asked;
  const fee = await db.lateFee.findFirst({ where: { clientInvoice: { ref: query.invoice ?? '' } }, include: whole });
  if (!fee) throw new Problem('not_found', `no late fees of ${query.invoice}`);
  const may = (action: 'claimLateFee' | 'waiveLateFee' | 'receiveLateFee'): boolean => allows(lateFeeLifecycle, fee.state, action) && mayDo(staff.role, action);
  const id = { name: 'id', kind: 'hidden' as const, label: '', value: fee.id };
  const { clientInvoice } = fee;
  return [
    financeNavigation(asked, 'lateFees'),
    { kind: 'heading', text: `${clientInvoice.number ?? clientInvoice.ref} · ${clientInvoice.project.company.name}`, detail: say.say('lateFees.paidLate', { days: fee.daysLate }) },
    {
      kind: 'figures', items: [
        { label: say.say('lateFees.head.interest'), value: say.money(fee.interestCents) }, { label: say.say('lateFees.head.indemnity'), value: say.money(fee.indemnityCents) },
        { label: say.say('lateFees.head.total'), value: say.money(lateFeeCents(fee)) },
        ...(fee.receipts.length > 0 && fee.state === 'claimed' ? [{ label: say.say('lateFees.head.left'), value: say.money(lateFeeLeft(fee)), tone: 'bad' as const }] : []),
        { label: say.say('lateFees.head.state'), value: say.state('lateFee', fee.state), detail: detailOf(say, fee) },
      ],
    },
    { kind: 'links', items: [{ text: say.say('lateFees.seeInvoice'), href: recordHref('ClientInvoice', clientInvoice.id) }, { text: say.say('lateFees.all'), href: '/console/pages/lateFees' }] },
    ...(fee.receipts.length > 0 ? [{
      kind: 'table' as const, caption: say.say('lateFees.receipts'), empty: '', head: ['on', 'reference', 'by', 'amount'].map((name) => say.say(`lateFees.head.${name}`)), numeric: [3],
      rows: fee.receipts.map(({ receivedOn, reference, recordedBy, amountCents }) => ({ cells: [say.day(receivedOn), reference, recordedBy, say.money(amountCents)] })),
    }] : []),
    ...(may('claimLateFee') ? [{ kind: 'form' as const, method: 'post' as const, act: 'claim', title: say.say('lateFees.claimTitle'), consequence: say.say('lateFees.claimConsequence'), fields: [id], button: say.say('lateFees.claim') }] : []),
    ...(may('receiveLateFee') ? [{
      kind: 'form' as const, method: 'post' as const, act: 'receive', title: say.say('lateFees.receiveTitle'), consequence: say.say('lateFees.receiveConsequence'), button: say.say('lateFees.receive'),
      fields: [
        id, { name: 'amount', kind: 'amount' as const, required: true, label: say.say('field.amount'), help: say.say('lateFees.amountHelp', { cents: lateFeeLeft(fee) }), value: typedAmount(lateFeeLeft(fee)) },
        { name: 'receivedOn', kind: 'date' as const, required: true, label: say.say('field.receivedOn'), value: new Date().toISOString().slice(0, 10) }, { name: 'reference', kind: 'text' as const, required: true, label: say.say('field.reference') },
      ],
    }] : []),
    ...(may('waiveLateFee') ? [{
      kind: 'form' as const, method: 'post' as const, act: 'waive', title: say.say('lateFees.waiveTitle'), consequence: say.say(fee.state === 'claimed' ? 'lateFees.waiveTold' : 'lateFees.waiveSilent', { cents: lateFeeLeft(fee) }), button: say.say('lateFees.waive'),
      fields: [id, { name: 'reason', kind: 'long' as const, required: true, label: say.say('field.reason'), help: say.say('lateFees.reasonHelp') }],
    }] : []),
  ];
}
