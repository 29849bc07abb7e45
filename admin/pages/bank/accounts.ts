import { mayDo } from '../../../domain/roles.ts';
import type { Block, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { bankDay } from './shown-line.ts';

/** How many statements of each account are shown, latest first. */
const mostStatements = 12;

/** The accounts of ours, their statements, and where one is missing between two. */
export async function accountBlocks({ deps: { db }, say, staff }: Asked): Promise<Block[]> {
  const accounts = await db.bankAccount.findMany({ orderBy: { name: 'asc' }, include: { statements: { orderBy: [{ from: 'desc' }, { id: 'desc' }], take: mostStatements + 1, include: { _count: { select: { lines: true } } } } } });
  const rows = accounts.flatMap(({ name, ibanLast4, statements }) => statements.slice(0, mostStatements).map((one, index): Row => {
    const before = statements[index + 1];
    // What the account held when one ends is what it holds when the next begins, or a statement between the two is missing.
    const gap = before && before.to < one.from && before.closingCents !== one.openingCents;
    return {
      cells: [
        { text: name, detail: `•••• ${ibanLast4}` }, { text: one.statementId, detail: one.fileName }, `${bankDay(one.openingOn, say)} – ${bankDay(one.closingOn, say)}`,
        { text: say.money(Number(one.closingCents)), ...(gap ? { tone: 'bad' as const, detail: say.say('bank.gap') } : {}) }, { text: String(one._count.lines), ...(one.known > 0 ? { detail: say.say('bank.known', { count: one.known }) } : {}) },
        { text: one.importedBy, detail: say.moment(one.importedAt) },
      ],
    };
  }));
  return [
    { kind: 'table', caption: say.say('bank.statements'), head: ['account', 'statement', 'days', 'balance', 'lines', 'by'].map((head) => say.say(`bank.head.${head}`)), numeric: [3, 4], rows, empty: say.say('bank.noStatement') },
    ...(mayDo(staff.role, 'keepBankAccount') ? [{
      kind: 'details' as const, summary: say.say('bank.accounts', { count: accounts.length }), open: accounts.length === 0, blocks: [
        { kind: 'table' as const, head: ['account', 'holder', 'iban'].map((head) => say.say(`bank.head.${head}`)), rows: accounts.map(({ name, holder, ibanLast4 }): Row => ({ cells: [name, holder, `•••• ${ibanLast4}`] })), empty: say.say('bank.noAccount') },
        {
          kind: 'form' as const, method: 'post' as const, act: 'addAccount', title: say.say('bank.addAccount'), button: say.say('bank.add'), fields: [
            { name: 'name', kind: 'text' as const, required: true, label: say.say('bank.field.name'), help: say.say('bank.nameHelp') }, { name: 'holder', kind: 'text' as const, required: true, label: say.say('bank.field.holder') },
            { name: 'iban', kind: 'text' as const, required: true, label: say.say('bank.field.iban') }, { name: 'bic', kind: 'text' as const, label: say.say('bank.field.bic') },
          ],
        },
      ],
    }] : []),
  ];
}
