import { receivedPayments } from '../../../database/bank/propose.ts';
import { paidByMatch } from '../../../database/bank/decide-line.ts';
import { excessKeeper } from '../../../domain/bank/split-line.ts';
import { hasLeft } from '../../../domain/lifecycle/payout.ts';
import { typedAmount } from '../../../domain/money-text.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, PageField, Row } from '../blocks.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';
import { bankDay, leftOf, matchCell, matchWords, shownLine, type ShownLine } from './shown-line.ts';

/** How many payouts are offered to match a line with. */
const mostPayouts = 200;

/** One line of a statement: all the bank says of it, what it is thought to be, and every way to decide. */
export async function lineBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, staff, query } = asked;
  const line = await db.bankLine.findUnique({ where: { id: query.line ?? '' }, include: shownLine });
  if (!line) throw new Problem('not_found', `no line ${query.line}`);
  const left = leftOf(line);
  const keeper = keeperOf(line);
  const begun = line.matches.some(({ payment }) => payment !== null);
  const open = line.state === 'new' || line.state === 'matched';
  const facts: [string, string][] = [
    ['account', line.account.name], ['day', bankDay(line.bookedOn, say)], ['valuedOn', bankDay(line.valuedOn, say)], ['amount', say.money(line.amountCents)], ['who', [line.counterpartyName, line.counterpartyLast4 ? `•••• ${line.counterpartyLast4}` : ''].filter(Boolean).join(' ') || '—'],
    ['remittance', line.remittance || '—'], ['endToEndId', line.endToEndId || line.batchId || '—'], ['state', say.state('bankLine', line.state)], ...(line.reversal ? [['reversal', say.say('bank.reversal', { code: line.returnCode })] as [string, string]] : []),
    ...(line.decidedBy ? [['decidedBy', `${line.decidedBy}, ${say.moment(line.decidedAt)}`] as [string, string]] : []), ...(line.reason ? [['reason', line.reason] as [string, string]] : []),
  ];
  const cell = matchCell(line, say);
  return [
    financeNavigation(asked, 'bank'),
    { kind: 'links', items: [{ text: say.say('bank.back'), href: '/console/pages/bank' }] },
    { kind: 'table', head: [say.say('bank.head.fact'), say.say('bank.head.said')], rows: facts.map(([name, text]): Row => ({ cells: [say.say(`bank.fact.${name}`), text] })), empty: '' },
    ...(line.matches.length > 0 ? [{
      kind: 'table' as const, caption: typeof cell === 'string' ? cell : (cell.detail ?? ''), head: [say.say('bank.head.match'), say.say('bank.head.amount'), say.say('bank.head.recorded')], numeric: [1], empty: '',
      rows: line.matches.map((match): Row => ({ cells: [matchWords(match, say), say.money(match.cents), match.confirmedBy ?? say.say(match.payment ? 'bank.recorded' : 'bank.notRecorded')] })),
    }] : []),
    ...(begun && open ? [{ kind: 'callout' as const, text: say.say('bank.begun') }] : []),
    ...(line.state === 'matched' && mayDo(staff.role, 'confirmLine') ? [{
      kind: 'form' as const, method: 'post' as const, act: 'confirm', title: say.say('bank.confirmTitle'), button: say.say('bank.confirm'), consequence: [say.say('bank.confirmConsequence'), ...(keeper ? [say.say('bank.excessConsequence', keeper)] : [])].join('\n'),
      fields: [
        { name: 'lineIds', kind: 'hidden' as const, label: '', value: [line.id] },
        ...(keeper ? [excessField(say, keeper)] : []),
        ...(left > 0 ? [{ name: 'leftReason', kind: 'text' as const, required: keeper === null, label: say.say('bank.field.leftReason', { cents: left }), help: say.say(keeper ? 'bank.leftHelpOrKeep' : 'bank.leftHelp') }] : []),
      ],
    }] : []),
    ...(open && !begun && mayDo(staff.role, 'matchLine') ? [await splitForm(asked, line), ...(line.state === 'matched' ? [{ kind: 'form' as const, method: 'post' as const, act: 'unmatch', fields: [idField(line)], button: say.say('bank.unmatch') }] : []), ignoreForm(asked, line)] : []),
    ...(line.state === 'ignored' && mayDo(staff.role, 'matchLine') ? [{ kind: 'form' as const, method: 'post' as const, act: 'takeBack', fields: [idField(line)], button: say.say('bank.takeBack') }] : []),
  ];
}

type Keeper = Readonly<Record<'number' | 'name', string> & Record<'kept', number>>;

/** I12: who what is left of a line could be kept for, and how much; null where nobody may. */
function keeperOf(line: ShownLine): Keeper | null {
  if (line.matches.some(({ payment }) => payment !== null)) return null;
  const keeper = excessKeeper(line.amountCents, line.matches.map(paidByMatch));
  const invoice = line.matches.find(({ id }) => id === keeper?.id)?.clientInvoice;
  return keeper && invoice ? { kept: keeper.keptCents, number: invoice.number ?? invoice.ref, name: invoice.project.company.name } : null;
}

const excessField = (say: Asked['say'], keeper: Keeper): PageField => ({
  name: 'excess', kind: 'choice', required: true, label: say.say('bank.field.excess', keeper), value: 'keep', options: ['keep', 'leave'].map((value) => ({ value, label: say.say(`bank.excess.${value}`, keeper) })),
});

const idField = ({ id }: ShownLine): PageField => ({ name: 'id', kind: 'hidden', label: '', value: id });

/** By hand: what comes in pays invoices, or is a payout that comes back; what goes out is payouts, or a payment that the bank takes back. */
async function splitForm({ deps: { db }, say }: Asked, line: ShownLine): Promise<Block> {
  const incoming = line.amountCents > 0;
  const payouts = await db.payout.findMany({ where: incoming ? { state: { in: ['sent', 'paid'] }, amountCents: { lte: line.amountCents } } : { state: 'sent' }, include: { member: { select: { name: true } } }, orderBy: [{ sentAt: 'desc' }, { id: 'asc' }], take: mostPayouts });
  const words = Object.fromEntries((['add', 'remove', 'up', 'down', 'row'] as const).map((one) => [one, say.say(`bank.row.${one}`)])) as NonNullable<PageField['words']>;
  const invoices: PageField = {
    name: 'invoices', kind: 'rows', label: say.say('bank.field.invoices'), words, empty: say.say('bank.noRow'),
    columns: [{ name: 'invoice', kind: 'text', required: true, label: say.say('bank.field.invoice') }, { name: 'amount', kind: 'text', required: true, label: say.say('bank.field.amount') }],
    value: line.matches.flatMap(({ clientInvoice, cents }) => (clientInvoice ? [{ invoice: clientInvoice.number ?? clientInvoice.ref, amount: typedAmount(cents) }] : [])),
  };
  const received = incoming ? [] : (await receivedPayments(db)).filter(({ cents }) => cents <= -line.amountCents).slice(-mostPayouts);
  return {
    kind: 'form', method: 'post', act: 'split', title: say.say('bank.splitTitle'), button: say.say('bank.split'), consequence: say.say('bank.splitConsequence', { cents: Math.abs(line.amountCents) }),
    fields: [
      idField(line), ...(incoming ? [invoices] : []),
      {
        name: 'payouts', kind: 'choices', label: say.say(incoming ? 'bank.field.returned' : 'bank.field.payouts'), empty: say.say('bank.noPayout'), value: line.matches.flatMap(({ payout }) => payout?.id ?? []),
        options: payouts.filter(({ state }) => hasLeft(state)).map(({ id, amountCents, sentAt, kind, member }) => ({ value: id, label: `${member.name} — ${say.money(amountCents)} — ${say.say(`payouts.kind.${kind}`)}, ${say.day(sentAt)}` })),
      },
      ...(incoming ? [] : [{
        name: 'received', kind: 'choices' as const, label: say.say('bank.field.takenBack'), empty: say.say('bank.noPayment'), value: line.matches.flatMap(({ takesBack }) => takesBack?.id ?? []),
        options: received.map(({ id, cents, names, references }) => ({ value: id, label: `${names[0] ?? ''} — ${say.money(cents)} — ${references[0] ?? ''}` })),
      }]),
    ],
  };
}

function ignoreForm({ say }: Asked, line: ShownLine): Block {
  return { kind: 'form', method: 'post', act: 'ignore', title: say.say('bank.ignoreTitle'), button: say.say('bank.ignore'), consequence: say.say('bank.ignoreConsequence'), fields: [idField(line), { name: 'reason', kind: 'text', required: true, label: say.say('bank.field.reason'), help: say.say('bank.reasonHelp') }] };
}
