import { expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { tellBank } from '../../prisma/demo/bank.ts';
import type { House } from '../../prisma/demo/house.ts';
import { apartFiles, frenchIban, payTo } from '../support/bank.ts';
import { signInAs } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db, secret } = deps;

it('I11: the demonstration has a statement with what is sure, what may be and what nobody knows, a payout that arrived, and a file for a second pair of eyes; told again, it adds nothing', async () => {
  await apartFiles(db);
  const helene = await signInAs(db, url, 'administrator', 'Hélène Garnier');
  const pierre = await signInAs(db, url, 'finance', 'Pierre Lemoine');
  const [declared, named, sent, waiting] = [await issuedInvoices(deps, [40_000], { company: 'Kermorvan' }), await issuedInvoices(deps, [300_000], { company: 'Vétalis' }), await issuedInvoices(deps, [50_000], { company: 'Alizé' }), await issuedInvoices(deps, [60_000], { company: 'Delcourt' })];
  await db.clientInvoice.update({ where: { ref: declared.refs[0] }, data: { declaredReference: 'VIR KERMORVAN' } });
  for (const [index, { story, refs: [ref = ''], memberId }] of [sent, waiting].entries()) {
    await payTo(db, secret, memberId, frenchIban(index + 20));
    await story.pay(ref, (await db.clientInvoice.findUniqueOrThrow({ where: { ref } })).totalCents);
  }
  await sent.story.sendPayouts(sent.refs[0] ?? '');
  const house = { deps, db, staff: { helene: { kind: 'staff', id: helene.id }, pierre: { kind: 'staff', id: pierre.id } } } as unknown as House;
  const at = Date.now();
  await tellBank(house, at);
  const lines = await db.bankLine.findMany({ include: { matches: true }, orderBy: { amountCents: 'asc' } });
  const said = Object.fromEntries(lines.map(({ counterpartyName, matches }) => [counterpartyName, matches.map(({ kind, confidence }) => `${kind} ${confidence}`)]));
  expect(said).toMatchObject({ KERMORVAN: ['payment sure'], 'M. OU MME DUPUIS': [], 'URSSAF ILE DE FRANCE': [], 'BANQUE FICTIVE': [], Maud: ['payout sure'] });
  expect(said.Vétalis).toHaveLength(1);
  expect(said.Vétalis).not.toEqual(['payment sure']);
  expect(await db.sepaExport.findMany({ include: { lines: true } })).toMatchObject([{ state: 'prepared', createdById: helene.id, lines: [{ live: true }] }]);
  expect(named.refs).toHaveLength(1);
  await tellBank(house, at);
  expect([await db.bankLine.count(), await db.sepaExport.count(), await db.bankAccount.count()]).toEqual([lines.length, 1, 1]);
  expect((await verifyLedger(db)).misfits).toEqual([]);
});
