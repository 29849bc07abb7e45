import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { encryptIban } from '../../billing/iban-cipher.ts';
import { readXml } from '../../bank/read-xml.ts';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { ledgerMisfitInWords } from '../../database/verify-ledger/misfit.ts';
import { all, at, textAt } from '../../domain/bank/xml-node.ts';
import { targetDayFrom } from '../../domain/bank/target-days.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { apartFiles, dayOf, frenchIban, payTo, readBankFile } from '../support/bank.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { faultsBySchema } from '../support/official-schema.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db, secret } = deps;
await apartFiles(db);
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const flore = await signInAs(db, url, 'finance', 'Flore');
const boss = await signInAs(db, url, 'administrator', 'Nour');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const ours = frenchIban(1);
await fabien.act('bank', '', 'addAccount', { name: 'Compte courant', holder: 'OFF-WORKS SAS', iban: ours, bic: 'AGRIFRPP' });
const { id: accountId } = await db.bankAccount.findFirstOrThrow();
const executeOn = targetDayFrom(parisDay(Date.now()));
const laterOn = targetDayFrom(parisDay(Date.now() + 8 * 86_400_000));
const untranslated = /"(bank|transfers|queue|event|payouts)\.[\w.]+"/;
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells.map(textOf));
let next = 100;

/** A client that has paid: their member is owed a payout, on an account of their own. */
async function owed(cents: number) {
  const { refs: [ref = ''], story, memberId } = await issuedInvoices(deps, [cents]);
  const iban = frenchIban(next += 1);
  await payTo(db, secret, memberId, iban);
  const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref } });
  await story.pay(ref, invoice.totalCents);
  const payout = await db.payout.findFirstOrThrow({ where: { memberId } });
  return { ref, story, memberId, iban, id: payout.id, cents: payout.amountCents };
}
const prepare = (hand: typeof fabien, payoutIds: string[], more: object = {}, key = randomUUID()) => hand.act('transfers', '', 'prepare', { accountId, version: '09', executeOn, payoutIds, laterOn: '', laterIds: [], ...more }, key);
const refOf = (page: ShownPage): string => page.redirect?.split('file=')[1] ?? '';
const fileNamed = (ref: string) => db.sepaExport.findUniqueOrThrow({ where: { ref }, include: { lines: true } });
const payoutNamed = (id: string) => db.payout.findUniqueOrThrow({ where: { id } });
const download = async (hand: typeof fabien, ref: string) => { const answer = await fetch(`${url}/console/transfer-files/${ref}`, { headers: { cookie: hand.cookie }, redirect: 'manual' }); return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }; };
/** Made by one, approved by another, taken to the bank. */
async function taken(payoutIds: string[], more: object = {}): Promise<string> {
  const ref = refOf(await prepare(fabien, payoutIds, more));
  expect((await flore.act('transfers', `file=${ref}`, 'approve', { ref })).notice?.type).toBe('success');
  expect((await fabien.act('transfers', `file=${ref}`, 'take', { ref })).notice?.type).toBe('success');
  return ref;
}
const bankBalance = async (payoutId: string): Promise<number> => {
  const lines = await db.ledgerLine.findMany({ where: { account: 'bank', entry: { OR: [{ key: { startsWith: `payout/${payoutId}` } }, { key: { in: (await db.payoutReturn.findMany({ where: { payoutId } })).map(({ id }) => `payout-return/${id}`) } }] } } });
  return lines.reduce((sum, { debitCents, creditCents }) => sum + debitCents - creditCents, 0);
};

describe('I11 a file of transfers', () => {
  it('I7: is made by one, approved by another, valid by the official schema, one group a day; taken, its payouts are sent; the same bytes every time', async () => {
    const [one, two] = [await owed(50_000), await owed(60_000)];
    const page = await fabien.open('transfers');
    expect(JSON.stringify(page)).not.toContain(one.iban);
    const key = randomUUID();
    const made = await prepare(fabien, [one.id], { laterOn, laterIds: [two.id] }, key);
    const ref = refOf(made);
    expect(refOf(await prepare(fabien, [one.id], { laterOn, laterIds: [two.id] }, key))).toBe(ref); // posted twice, made once
    expect((await prepare(flore, [one.id])).notice?.message).toContain(ref);
    await expect(db.sepaExportLine.create({ data: { exportId: (await fileNamed(ref)).id, payoutId: one.id, endToEndId: 'x', amountCents: 1, executeOn: new Date(executeOn), name: '', ibanEncrypted: '', ibanLast4: '', remittance: '' } })).rejects.toThrow();
    expect((await fabien.act('transfers', `file=${ref}`, 'take', { ref })).notice?.type).toBe('error'); // not approved
    expect((await fabien.act('transfers', `file=${ref}`, 'approve', { ref })).notice?.message).toContain('une autre personne');
    expect(allBlocks((await fabien.open('transfers', `file=${ref}`)).blocks).some(({ act }) => act === 'approve')).toBe(false);
    expect(allBlocks((await flore.open('transfers', `file=${ref}`)).blocks).some(({ act }) => act === 'approve')).toBe(true);
    await expect(db.sepaExport.update({ where: { ref }, data: { approvedById: fabien.id } })).rejects.toThrow();
    expect((await flore.act('transfers', `file=${ref}`, 'approve', { ref })).notice?.type).toBe('success');
    expect((await payoutNamed(one.id)).state).toBe('to_send');
    expect((await download(fabien, ref)).status).toBe(404); // nobody has taken it
    await expect(db.sepaExport.update({ where: { ref }, data: { sha256: 'x' } })).rejects.toThrow(/never changes/);
    await expect(one.story.sendPayouts(one.ref)).rejects.toMatchObject({ code: 'payout_in_export' }); // by hand it would be paid twice
    const takings = await Promise.all([fabien, boss].map((hand) => hand.act('transfers', `file=${ref}`, 'take', { ref })));
    expect(takings.filter(({ notice }) => notice?.type === 'success')).toHaveLength(1);
    const { status, type, text } = await download(fabien, ref);
    expect([status, type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(faultsBySchema('pain.001.001.09', text)).toEqual([]);
    const file = await fileNamed(ref);
    expect(createHash('sha256').update(text).digest('hex')).toBe(file.sha256);
    expect((await download(boss, ref)).text).toBe(text);
    expect(JSON.stringify(file)).not.toContain(one.iban);
    const message = at(readXml(Buffer.from(text)), 'CstmrCdtTrfInitn');
    expect(textAt(message, 'GrpHdr', 'MsgId')).toBe(ref);
    expect(all(message, 'PmtInf').map((group) => [textAt(group, 'ReqdExctnDt', 'Dt'), ...all(group, 'CdtTrfTxInf').map((transfer) => [textAt(transfer, 'PmtId', 'EndToEndId'), textAt(transfer, 'Amt', 'InstdAmt'), textAt(transfer, 'CdtrAcct', 'Id', 'IBAN')])])).toEqual([
      [executeOn, [one.id.replaceAll('-', ''), (one.cents / 100).toFixed(2), one.iban]], [laterOn, [two.id.replaceAll('-', ''), (two.cents / 100).toFixed(2), two.iban]],
    ]);
    expect([await payoutNamed(one.id), await payoutNamed(two.id)].map(({ state, sentBy }) => [state, sentBy])).toEqual([['sent', file.exportedBy], ['sent', file.exportedBy]]);
    expect(await db.mail.count({ where: { template: 'payout_sent', toId: one.memberId } })).toBe(1);
    expect(await bankBalance(one.id)).toBe(-one.cents);
    await eventually(async () => expect((await db.clientInvoice.findUniqueOrThrow({ where: { ref: one.ref } })).state).toBe('settled'));
    await eventually(async () => expect(await deps.temporal.workflow.getHandle(`client-invoice/${one.ref}`).describe()).toMatchObject({ status: { name: 'COMPLETED' } }));
    expect((await prepare(fabien, [one.id])).notice?.type).toBe('error');
    expect(await db.auditEvent.count({ where: { subject: ref, action: 'sepaExport.fileRead' } })).toBe(2);
    expect((await download(manager, ref)).status).toBe(404);
    expect((await fetch(`${url}/console/transfer-files/${ref}`, { redirect: 'manual' })).status).not.toBe(200);
    expect(JSON.stringify([page, made, await fabien.open('transfers', `file=${ref}`), await fabien.open('transfers', 'lang=en')])).not.toMatch(untranslated);
  });

  it('the statement shows each payout paid, however the bank books it; the file is over then', async () => {
    const [one, two, three] = [await owed(10_000), await owed(20_000), await owed(30_000)];
    const ref = await taken([one.id], { version: '03', laterOn, laterIds: [two.id, three.id] });
    expect(faultsBySchema('pain.001.001.03', (await download(fabien, ref)).text)).toEqual([]);
    await readBankFile(url, fabien, dayOf(ours, [
      { cents: -one.cents, bookedOn: '2026-11-03', transfers: [{ endToEndId: one.id.replaceAll('-', ''), name: 'MAUD EI', iban: one.iban }] },
      { cents: -(two.cents + three.cents), bookedOn: '2026-11-03', batch: { groupId: `${ref}-2` } },
    ]));
    const lines = await db.bankLine.findMany({ where: { state: 'matched', amountCents: { lt: 0 } }, include: { matches: true } });
    expect(lines.flatMap(({ matches }) => matches.map(({ reasons, confidence }) => `${reasons.join(' ')} ${confidence}`)).sort()).toEqual(['batch amount_sum sure', 'batch amount_sum sure', 'end_to_end amount sure']);
    expect((await fabien.act('bank', '', 'confirm', { lineIds: lines.map(({ id }) => id) })).notice?.type).toBe('success');
    expect((await db.payout.findMany({ where: { id: { in: [one.id, two.id, three.id] } } })).map(({ state, paidAt }) => [state, paidAt?.toISOString().slice(0, 10)])).toEqual(Array.from({ length: 3 }, () => ['paid', '2026-11-03']));
    expect((await fileNamed(ref)).state).toBe('completed');
    await eventually(async () => expect(await deps.temporal.workflow.getHandle(`sepa-export/${ref}`).describe()).toMatchObject({ status: { name: 'COMPLETED' } }));
    expect((await flore.act('transfers', `file=${ref}`, 'cancel', { ref, reason: 'Trop tard', confirmed: true })).notice?.type).toBe('error');
    expect(await bankBalance(one.id)).toBe(-one.cents);
  });

  it('one that comes back is reversed in the books, told to its member, and leaves again only for another account, under another identification', async () => {
    const one = await owed(70_000);
    const ref = await taken([one.id]);
    const [out, back] = [one.id.replaceAll('-', ''), one.cents];
    await readBankFile(url, fabien, dayOf(ours, [{ cents: -back, bookedOn: '2026-11-03', transfers: [{ endToEndId: out, name: 'Maud EI' }] }]));
    await readBankFile(url, fabien, dayOf(ours, [{ cents: back, bookedOn: '2026-11-05', family: 'RRTN', transfers: [{ endToEndId: out, name: 'Maud EI', returned: 'AC04' }] }], { version: '02', openingOn: '2026-11-05', closingOn: '2026-11-05' }));
    const lines = await db.bankLine.findMany({ where: { endToEndId: out }, include: { matches: true }, orderBy: { bookedOn: 'asc' } });
    expect(lines.map(({ matches }) => matches.map(({ kind, confidence }) => `${kind} ${confidence}`))).toEqual([['payout sure'], ['return sure']]);
    // In the order of the bank, whatever the order they were chosen in.
    expect((await fabien.act('bank', '', 'confirm', { lineIds: [lines[1]?.id, lines[0]?.id] })).notice?.type).toBe('success');
    expect(await payoutNamed(one.id)).toMatchObject({ state: 'to_send', sentAt: null, paidAt: null, exportId: null });
    expect(await db.payoutReturn.findMany({ where: { payoutId: one.id } })).toMatchObject([{ number: 1, reason: 'AC04', amountCents: one.cents, returnedOn: new Date('2026-11-05') }]);
    expect(await bankBalance(one.id)).toBe(0);
    expect(await db.mail.findMany({ where: { template: 'payout_returned', toId: one.memberId } })).toMatchObject([{ data: { amountCents: one.cents, ibanLast4: one.iban.slice(-4) } }]);
    expect((await verifyLedger(db)).misfits.map(ledgerMisfitInWords)).toEqual([]);
    const heldWhy = async () => table(await fabien.open('transfers'), 'Retenus').find(([, , invoice]) => invoice && one.ref && invoice === invoiceNumber)?.[3];
    const invoiceNumber = (await db.clientInvoice.findUniqueOrThrow({ where: { ref: one.ref } })).number ?? '';
    expect(await heldWhy()).toContain('La banque a refusé le compte');
    expect((await prepare(fabien, [one.id])).notice?.message).toContain('Maud');
    expect(table(await fabien.open('transfers', `file=${ref}`), 'Ce que paie').map((cells) => cells[5])).toEqual(['Revenu']);
    // Another account: it waits two days, then leaves.
    const iban = frenchIban(next += 1);
    await db.billingEntity.update({ where: { memberId: one.memberId }, data: { ibanEncrypted: encryptIban(secret, iban), ibanLast4: iban.slice(-4) } });
    expect(await heldWhy()).toContain('changé il y a moins de 48 h');
    expect((await prepare(fabien, [one.id])).notice?.type).toBe('error');
    // As if the two days were over, the return being earlier still.
    await db.billingEntity.update({ where: { memberId: one.memberId }, data: { ibanChangedAt: new Date(Date.now() - 49 * 3_600_000) } });
    await db.$transaction([db.$executeRawUnsafe("SET LOCAL session_replication_role = 'replica'"), db.payoutReturn.updateMany({ where: { payoutId: one.id }, data: { createdAt: new Date(Date.now() - 60 * 3_600_000) } })]);
    const again = await taken([one.id]);
    const message = at(readXml(Buffer.from((await download(fabien, again)).text)), 'CstmrCdtTrfInitn', 'PmtInf', 'CdtTrfTxInf');
    expect([textAt(message, 'PmtId', 'EndToEndId'), textAt(message, 'CdtrAcct', 'Id', 'IBAN')]).toEqual([`${out}-2`, iban]);
    expect(await bankBalance(one.id)).toBe(-one.cents);
    expect((await db.ledgerEntry.findMany({ where: { key: { startsWith: `payout/${one.id}` } }, orderBy: { key: 'asc' } })).map(({ key }) => key)).toEqual([`payout/${one.id}`, `payout/${one.id}/2`]);
    expect((await verifyLedger(db)).misfits.map(ledgerMisfitInWords)).toEqual([]);
  });

  it('an account changed after the file was made stops it; cancelled, its payouts are free', async () => {
    const [one, two] = [await owed(15_000), await owed(16_000)];
    const ref = refOf(await prepare(fabien, [one.id, two.id]));
    await flore.act('transfers', `file=${ref}`, 'approve', { ref });
    const iban = frenchIban(next += 1);
    await db.billingEntity.update({ where: { memberId: one.memberId }, data: { ibanEncrypted: encryptIban(secret, iban), ibanLast4: iban.slice(-4) } });
    expect((await fabien.act('transfers', `file=${ref}`, 'take', { ref })).notice?.message).toContain('a changé depuis');
    expect([await payoutNamed(one.id), await payoutNamed(two.id)].map(({ state }) => state)).toEqual(['to_send', 'to_send']);
    expect((await download(fabien, ref)).status).toBe(404);
    expect((await fabien.act('transfers', `file=${ref}`, 'cancel', { ref, reason: '' })).notice?.type).toBe('error');
    expect((await fabien.act('transfers', `file=${ref}`, 'cancel', { ref, reason: 'Compte changé' })).notice?.type).toBe('success');
    expect((await payoutNamed(two.id)).exportId).toBeNull();
    // By hand, an account just changed is not paid either.
    await expect(one.story.sendPayouts(one.ref)).rejects.toMatchObject({ code: 'payout_account_held' });
    await two.story.sendPayouts(two.ref);
    expect((await payoutNamed(two.id)).state).toBe('sent');
    await eventually(async () => expect(await deps.temporal.workflow.getHandle(`sepa-export/${ref}`).describe()).toMatchObject({ status: { name: 'COMPLETED' } }));
  });

  it('a file the bank refused is cancelled by whoever says so: what it had sent is owed again, and never twice in the books', async () => {
    const one = await owed(25_000);
    const ref = await taken([one.id]);
    expect((await flore.act('transfers', `file=${ref}`, 'cancel', { ref, reason: 'Rejeté par la banque' })).notice?.message).toContain('confirm');
    expect((await flore.act('transfers', `file=${ref}`, 'cancel', { ref, reason: 'Rejeté par la banque', confirmed: true })).notice?.type).toBe('success');
    expect(await payoutNamed(one.id)).toMatchObject({ state: 'to_send', sentAt: null, exportId: null });
    expect(await bankBalance(one.id)).toBe(0);
    expect((await download(fabien, ref)).status).toBe(404);
    const again = await taken([one.id]); // nothing holds the account: the bank did not refuse it
    expect(again).not.toBe(ref);
    expect(await bankBalance(one.id)).toBe(-one.cents);
    expect((await verifyLedger(db)).misfits.map(ledgerMisfitInWords)).toEqual([]);
  });

  it('holds back what has no account, or none that can be paid, with why; and no file asks for a day the banks are closed or that is over', async () => {
    const [one, two, three] = [await owed(5_000), await owed(6_000), await owed(7_000)];
    await payTo(db, secret, one.memberId, 'TN5910006035183598478831');
    await db.billingEntity.update({ where: { memberId: two.memberId }, data: { ibanEncrypted: 'kept elsewhere' } });
    await db.billingEntity.update({ where: { memberId: two.memberId }, data: { ibanChangedAt: null } });
    const why = table(await fabien.open('transfers'), 'Retenus').map((cells) => cells[3]);
    expect(why.some((text) => text?.includes('hors de la zone SEPA'))).toBe(true);
    expect(why.some((text) => text?.includes('n’est pas valable'))).toBe(true);
    for (const [day, said] of [['2026-12-25', 'ne règlent pas'], ['2020-01-02', 'est passé']] as const) expect((await prepare(fabien, [three.id], { executeOn: day })).notice?.message).toContain(said);
    expect((await prepare(fabien, [three.id], { laterIds: [three.id] })).notice?.type).toBe('error');
    expect((await prepare(fabien, [])).notice?.type).toBe('error');
    expect((await prepare(manager, [three.id])).notice).toBeUndefined();
    expect((await payoutNamed(three.id)).exportId).toBeNull();
  });
});
