import type { Prisma } from '@prisma/client';
import { destinationsOf, type MemberDestination } from '../../../database/bank/destinations.ts';
import { transferVersions } from '../../../domain/bank/pain001.ts';
import { targetDayFrom } from '../../../domain/bank/target-days.ts';
import { parisDay } from '../../../domain/membership-schedule.ts';
import { sum } from '../../../domain/money.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { bankDay } from '../bank/shown-line.ts';
import { waterfallHref } from '../finance/addresses.ts';
import { heldInWords } from '../finance/held-words.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';
import { fileHref } from './acts.ts';

/** How many payouts one file takes, those that wait longest, and how many files are shown. */
const mostShown = 200;
const mostFiles = 50;

const whole = { member: { select: { name: true } }, memberInvoice: { select: { legalDueAt: true } }, returns: { orderBy: { number: 'desc' }, take: 1 }, payment: { select: { clientInvoice: { select: { ref: true, number: true } } } } } satisfies Prisma.PayoutInclude;
type Waiting = Prisma.PayoutGetPayload<{ include: typeof whole }>;

/** I11: what may leave, what is held back and why, and the files that were made. */
export async function transfersBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db, secret }, say, staff } = asked;
  const [waiting, files, accounts] = await Promise.all([
    db.payout.findMany({ where: { state: { in: ['to_send', 'held'] }, exportId: null }, include: whole, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 2 * mostShown }),
    db.sepaExport.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: mostFiles, include: { account: { select: { name: true } }, lines: { select: { executeOn: true } } } }),
    db.bankAccount.findMany({ orderBy: { name: 'asc' } }),
  ]);
  const destinations = await destinationsOf(db, secret, [...new Set(waiting.map(({ memberId }) => memberId))], Date.now());
  const ready = waiting.filter(({ state, memberId }) => state === 'to_send' && !destinations.get(memberId)?.hold).slice(0, mostShown);
  const held = waiting.filter(({ state, memberId }) => state === 'held' || destinations.get(memberId)?.hold);
  const total = (some: readonly Waiting[]): string => say.money(sum(some.map(({ amountCents }) => amountCents)));
  const head = (...names: string[]): string[] => names.map((name) => say.say(`transfers.head.${name}`));
  return [
    financeNavigation(asked, 'transfers'),
    {
      kind: 'figures', items: [
        { label: say.say('transfers.ready'), value: total(ready), detail: say.say('transfers.count', { count: ready.length }), tone: ready.length > 0 ? 'bad' : 'good' },
        { label: say.say('transfers.held'), value: total(held), detail: say.say('transfers.count', { count: held.length }), tone: held.length > 0 ? 'bad' : 'good' },
      ],
    },
    {
      kind: 'table', caption: say.say('transfers.files'), head: head('ref', 'total', 'days', 'state', 'made', 'approved'), numeric: [1], empty: say.say('transfers.noFile'),
      rows: files.map((file): Row => ({
        cells: [
          { text: file.ref, href: fileHref(file.ref), detail: file.account.name }, { text: say.money(file.totalCents), detail: say.say('transfers.count', { count: file.lines.length }) },
          [...new Set(file.lines.map(({ executeOn }) => bankDay(executeOn, say)))].join(', '), { text: say.state('sepaExport', file.state), tone: file.state === 'completed' ? 'good' : file.state === 'cancelled' ? 'soft' : 'strong' },
          { text: file.createdBy, detail: say.moment(file.createdAt) }, file.approvedBy ? { text: file.approvedBy, detail: say.moment(file.approvedAt) } : '—',
        ],
      })),
    },
    ...(mayDo(staff.role, 'prepareExport') && ready.length > 0 ? [accounts.length === 0 ? { kind: 'callout' as const, text: say.say('transfers.noAccount') } : prepareForm(asked, ready, destinations, accounts)] : []),
    ...(ready.length === 0 ? [{ kind: 'text' as const, text: say.say('transfers.nothingReady') }] : []),
    {
      kind: 'table', caption: say.say('transfers.heldTitle'), head: head('member', 'amount', 'invoice', 'why'), numeric: [1], empty: say.say('transfers.noneHeld'),
      rows: held.map((one): Row => ({ cells: [one.member.name, say.money(one.amountCents), { text: one.payment.clientInvoice.number ?? one.payment.clientInvoice.ref, href: waterfallHref(one.payment.clientInvoice.ref) }, whyHeld(asked, one, destinations.get(one.memberId))] })),
    },
  ];
}

function whyHeld({ say }: Asked, { state, heldFor }: Waiting, destination: MemberDestination | undefined): Cell {
  if (state === 'held') return { text: say.say('payouts.heldFor', { documents: heldInWords(heldFor, say) }), tone: 'bad' };
  const hold = destination?.hold;
  if (!hold) return '—';
  const text = say.say(`transfers.hold.${hold.why}`, { last4: destination.ibanLast4, code: hold.why === 'account_refused' ? hold.code : '' });
  return hold.why === 'iban_changed' ? { text, tone: 'bad', until: new Date(hold.until).toISOString() } : { text, tone: 'bad' };
}

function prepareForm({ say }: Asked, ready: readonly Waiting[], destinations: ReadonlyMap<string, MemberDestination>, accounts: readonly { id: string; name: string; ibanLast4: string }[]): Block {
  const options = ready.map((one) => ({ value: one.id, label: payoutLabel(say, one, destinations.get(one.memberId)) }));
  return {
    kind: 'form', method: 'post', act: 'prepare', title: say.say('transfers.prepareTitle'), button: say.say('transfers.prepare'), consequence: say.say('transfers.prepareConsequence'),
    fields: [
      { name: 'accountId', kind: 'choice', required: true, label: say.say('transfers.field.account'), value: accounts[0]?.id ?? '', options: accounts.map(({ id, name, ibanLast4 }) => ({ value: id, label: `${name} •••• ${ibanLast4}` })) },
      { name: 'version', kind: 'choice', required: true, label: say.say('transfers.field.version'), help: say.say('transfers.versionHelp'), value: '09', options: transferVersions.map((value) => ({ value, label: `pain.001.001.${value}` })) },
      { name: 'executeOn', kind: 'date', required: true, label: say.say('transfers.field.executeOn'), help: say.say('transfers.dayHelp'), value: targetDayFrom(parisDay(Date.now())) },
      { name: 'payoutIds', kind: 'choices', required: true, label: say.say('transfers.field.payouts'), value: ready.map(({ id }) => id), options },
      { name: 'laterOn', kind: 'date', label: say.say('transfers.field.laterOn'), help: say.say('transfers.laterHelp') },
      { name: 'laterIds', kind: 'choices', label: say.say('transfers.field.later'), value: [], options },
    ],
  };
}

function payoutLabel(say: Asked['say'], { member, amountCents, kind, memberInvoice, returns, payment: { clientInvoice } }: Waiting, destination: MemberDestination | undefined): string {
  const [back] = returns;
  return [
    member.name, say.money(amountCents), `${say.say(`payouts.kind.${kind}`)}, ${clientInvoice.number ?? clientInvoice.ref}`, `•••• ${destination?.ibanLast4 ?? ''}`,
    ...(memberInvoice?.legalDueAt ? [say.say('transfers.legalDue', { at: memberInvoice.legalDueAt.toISOString() })] : []), ...(back ? [say.say('transfers.cameBack', { at: bankDay(back.returnedOn, say), code: back.reason })] : []),
  ].join(' — ');
}
