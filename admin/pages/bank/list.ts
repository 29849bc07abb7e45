import type { Prisma } from '@prisma/client';
import { largestStatements } from '../../../bank/read-statements.ts';
import { parseAmount } from '../../../domain/money-text.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, Row } from '../blocks.ts';
import { addressWith } from '../finance/addresses.ts';
import { placeIn, placeOf } from '../finance/keyset.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';
import { accountBlocks } from './accounts.ts';
import { bankDay, leftOf, lineHref, matchCell, shownLine, type ShownLine } from './shown-line.ts';

const pageSize = 50;
const views = { todo: ['new', 'matched'], confirmed: ['confirmed'], ignored: ['ignored'] } as const;
type View = keyof typeof views;

/** I11: what the bank shows and nobody has said anything about yet, with what each line most likely is. */
export async function bankBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query, staff } = asked;
  const view = (query.view && query.view in views ? query.view : 'todo') as View;
  const [accounts, counts, sure, lines] = await Promise.all([
    accountBlocks(asked), db.bankLine.groupBy({ by: ['state'], _count: true, _sum: { amountCents: true } }),
    db.bankLine.count({ where: { state: 'matched', matches: { some: { confidence: 'sure' } } } }), linesFound(asked, view),
  ]);
  const shown = lines.slice(0, pageSize);
  const last = lines.length > pageSize ? shown.at(-1) : undefined;
  const count = (states: readonly string[]): number => counts.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one._count, 0);
  const here = (change: Record<string, string>): string => addressWith('bank', query, { after: '', ...change });
  const links = [...(query.after ? [{ text: say.say('finance.firstPage'), href: here({}) }] : []), ...(last ? [{ text: say.say('finance.nextPage'), href: here({ after: placeOf(last.bookedOn, last.id) }) }] : [])];
  const ready = shown.filter((line) => line.state === 'matched' && leftOf(line) === 0);
  return [
    financeNavigation(asked, 'bank'),
    {
      kind: 'figures', items: (Object.keys(views) as View[]).map((name) => ({
        label: say.say(`bank.view.${name}`), value: String(count(views[name])), href: here({ view: name }), ...(name === 'todo' ? { tone: count(views.todo) > 0 ? 'bad' as const : 'good' as const, detail: say.say('bank.sureCount', { count: sure }) } : {}),
      })),
    },
    ...(mayDo(staff.role, 'importStatement') ? [importForm(asked)] : []),
    {
      kind: 'form', method: 'get', inline: true, button: say.say('finance.filter'),
      fields: [
        { name: 'view', kind: 'choice', label: say.say('bank.field.view'), required: true, value: view, options: (Object.keys(views) as View[]).map((name) => ({ value: name, label: say.say(`bank.view.${name}`) })) },
        { name: 'words', kind: 'text', label: say.say('bank.field.words'), value: query.words ?? '' },
      ],
    },
    ...(ready.length > 0 && mayDo(staff.role, 'confirmLine') ? [{
      kind: 'details' as const, summary: say.say('bank.confirmMany', { count: ready.length }), blocks: [{
        kind: 'form' as const, method: 'post' as const, act: 'confirm', button: say.say('bank.confirmChosen'), consequence: say.say('bank.confirmConsequence'),
        fields: [{
          name: 'lineIds', kind: 'choices' as const, required: true, label: say.say('bank.field.lines'), value: ready.filter(({ matches }) => matches.every(({ confidence }) => confidence === 'sure' || confidence === 'by_hand')).map(({ id }) => id),
          options: ready.map((line) => { const cell = matchCell(line, say); return { value: line.id, label: `${bankDay(line.bookedOn, say)} — ${say.money(line.amountCents)} — ${line.counterpartyName || line.remittance} → ${typeof cell === 'string' ? cell : `${cell.text} (${cell.detail ?? ''})`}` }; }),
        }],
      }],
    }] : []),
    { kind: 'table', caption: say.say('bank.lines'), head: ['day', 'amount', 'who', 'match'].map((name) => say.say(`bank.head.${name}`)), numeric: [1], rows: shown.map((line) => lineRow(asked, line)), empty: say.say(query.after ? 'finance.end' : `bank.none.${view}`) },
    ...(links.length > 0 ? [{ kind: 'links' as const, items: links }] : []),
    ...(view === 'todo' && shown.length > 0 && mayDo(staff.role, 'matchLine') ? [{ kind: 'form' as const, method: 'post' as const, act: 'rematch', fields: [], button: say.say('bank.rematch') }] : []),
    ...accounts,
  ];
}

function linesFound({ deps: { db }, query }: Asked, view: View): Promise<ShownLine[]> {
  const place = placeIn(query.after);
  const words = (query.words ?? '').trim();
  const cents = parseAmount(words.replace(/^[-−]/, ''));
  const contains = { contains: words, mode: 'insensitive' as const };
  const sought: Prisma.BankLineWhereInput[] = words === '' ? [] : [{ OR: [{ counterpartyName: contains }, { remittance: contains }, ...(cents === null ? [] : [{ amountCents: { in: [cents, -cents] } }])] }];
  // What waits longest first; what is decided, latest first.
  const [order, beyond] = view === 'todo' ? (['asc', 'gt'] as const) : (['desc', 'lt'] as const);
  return db.bankLine.findMany({
    where: { state: { in: [...views[view]] }, AND: [...sought, ...(place ? [{ OR: [{ bookedOn: { [beyond]: place.at } }, { bookedOn: place.at, id: { [beyond]: place.id } }] }] : [])] },
    include: shownLine, orderBy: [{ bookedOn: order }, { id: order }], take: pageSize + 1,
  });
}

function importForm({ say }: Asked): Block {
  return {
    kind: 'form', method: 'post', act: 'importFile', title: say.say('bank.importTitle'), button: say.say('bank.import'),
    fields: [{ name: 'file', kind: 'file', required: true, label: say.say('bank.field.file'), help: say.say('bank.fileHelp'), accept: '.xml,.camt,.053', maxBytes: largestStatements, tooBig: say.say('bank.tooBig', { size: largestStatements / 1_048_576 }) }],
  };
}

function lineRow({ say, staff }: Asked, line: ShownLine): Row {
  const who = [line.counterpartyLast4 ? `•••• ${line.counterpartyLast4}` : '', line.remittance, line.reversal ? say.say('bank.reversal', { code: line.returnCode }) : ''].filter((text) => text !== '').join(' · ');
  return {
    cells: [
      { text: bankDay(line.bookedOn, say), detail: line.account.name }, { text: say.money(line.amountCents), tone: line.amountCents < 0 ? 'soft' : 'strong' },
      { text: line.counterpartyName || say.say('bank.nobody'), detail: who.slice(0, 200), href: lineHref(line.id) }, matchCell(line, say),
    ],
    deeds: [
      ...(line.state === 'matched' && leftOf(line) === 0 && mayDo(staff.role, 'confirmLine') ? [{ act: 'confirm', label: say.say('bank.confirm'), values: { lineIds: [line.id] }, confirm: say.say('bank.confirmConsequence'), tone: 'good' as const }] : []),
      ...(line.state === 'matched' && mayDo(staff.role, 'matchLine') ? [{ act: 'unmatch', label: say.say('bank.unmatch'), values: { id: line.id } }] : []),
      ...(line.state === 'ignored' && mayDo(staff.role, 'matchLine') ? [{ act: 'takeBack', label: say.say('bank.takeBack'), values: { id: line.id } }] : []),
    ],
  };
}
