import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { checkFec } from '../../domain/fec-check.ts';
import { allBlocks, signInAs, textOf } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { recordPayment } from '../../steps/invoice-steps.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addMember } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const referrer = await addMember(db, 'Rémi');
const { story, refs: [paid = '', open = ''] } = await issuedInvoices(deps, [40_000, 43_000], { referral: { memberId: referrer.id, level: 'introduction' } });
const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref: paid } });
const year = new Date().getUTCFullYear();
const payOn = (ref: string, amountCents: number, receivedOn: string) => story.ask(recordPayment, { amountCents, receivedOn, reference: 'VIR CLIENT' }, { kind: 'staff', id: fabien.id }, `client-invoice/${ref}`);
await payOn(paid, invoice.totalCents, `${year}-01-15`);
await story.sendPayouts(paid);

const download = async (who: typeof fabien, name: string, asked: number | string = year) => {
  const response = await fetch(`${url}/console/exports/${name}?year=${asked}`, { headers: { cookie: who.cookie } });
  return { status: response.status, name: response.headers.get('content-disposition') ?? '', text: await response.text() };
};
const cells = (line: string, separator: string) => line.replace('\r', '').split(separator);

describe('I10 exports for the accountant', () => {
  it('I10: the file of entries holds each movement once, balances, and passes its check', async () => {
    const { status, name, text } = await download(fabien, 'fec');
    expect(status).toBe(200);
    expect(name).toContain(`FEC${year}1231.txt`);
    const { faults, movements, debitCents, creditCents } = checkFec(text, year);
    expect(faults).toEqual([]);
    expect(movements).toBe(await db.ledgerEntry.count());
    const sum = await db.ledgerLine.aggregate({ _sum: { debitCents: true } });
    expect([debitCents, creditCents]).toEqual([sum._sum.debitCents, sum._sum.debitCents]);
    const lines = text.split('\n').slice(1).filter(Boolean).map((line) => cells(line, '\t'));
    const clients = lines.filter(([, , , , account]) => account === '411000');
    // The paid invoice and its transfer are paired; the other waits.
    expect(clients.map((line) => line[13])).toEqual(['AA', '', 'AA']);
    expect(clients.every((line) => line[6] !== '')).toBe(true);
    // Members' work is bought on one side and sold on the other.
    const moved = (account: string, column: number) => lines.filter((line) => line[4] === account).reduce((total, line) => total + Math.round(Number(line[column]?.replace(',', '.')) * 100), 0);
    expect([moved('611000', 11), moved('706000', 12)]).toEqual([83_000, 83_000]);
    expect((await download(fabien, 'fec', year - 1)).text.split('\n')).toHaveLength(2);
  });

  it('I10: a transfer of December recorded in January stands in December’s year, after what was posted before it', async () => {
    const late = await db.clientInvoice.findUniqueOrThrow({ where: { ref: open } });
    await payOn(open, 10_000, `${year - 1}-12-31`);
    expect((await download(fabien, 'fec', year - 1)).text).toContain(`${year - 1}1231`);
    expect(checkFec((await download(fabien, 'fec', year - 1)).text, year - 1)).toMatchObject({ faults: [], movements: 1 });
    expect(checkFec((await download(fabien, 'fec')).text, year).faults).toEqual([]);
    expect(late.number).toBeTruthy();
  });

  it('I10: the sales journal has every invoice in the order of its numbers, the DAC7 summary every member paid, by quarter', async () => {
    const sales = (await download(fabien, 'sales')).text.trimEnd().split('\n').map((line) => cells(line, ';'));
    expect(sales.slice(1).map(([number]) => number)).toEqual((await db.clientInvoice.findMany({ where: { number: { not: null } }, orderBy: { number: 'asc' } })).map(({ number }) => number));
    const dac7 = (await download(fabien, 'dac7')).text.trimEnd().split('\n').map((line) => cells(line, ';'));
    const quarter = Math.floor(new Date().getUTCMonth() / 3);
    expect(dac7).toHaveLength(2);
    const sent = await db.payout.aggregate({ where: { kind: 'services', sentAt: { not: null } }, _sum: { amountCents: true } });
    expect(Math.round(Number(dac7[1]?.[6 + quarter * 2]?.replace(',', '.')) * 100)).toBe(sent._sum.amountCents);
    expect(dac7[1]?.[7 + quarter * 2]).toBe('1');
    expect(dac7[1]?.[5]).toMatch(/^…\w{4}$/);
  });

  it('S5: only who may open the page downloads, and the trail keeps it', async () => {
    expect((await download(manager, 'fec')).status).toBe(404);
    expect((await fetch(`${url}/console/exports/fec?year=${year}`, { redirect: 'manual' })).headers.get('location')).toContain('/console/login');
    expect((await download(fabien, 'secrets')).status).toBe(404);
    expect((await download(fabien, 'fec', 'soon')).status).toBe(404);
    expect(await db.auditEvent.count({ where: { action: 'export.made', subject: 'export/fec' } })).toBeGreaterThan(0);
    const page = await fabien.open('exports', `year=${year}&check=fec`);
    const blocks = allBlocks(page.blocks);
    expect(blocks.filter(({ kind }) => kind === 'table').flatMap(({ rows }) => rows ?? []).map(({ cells: [cell] }) => textOf(cell ?? ''))).toEqual(['Fichier des écritures comptables (FEC)', 'Journal des ventes', 'Synthèse DAC7']);
    expect(JSON.stringify(page)).not.toMatch(/"exports\.[\w.]+"/);
  });
});
