import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { formatAmount } from '../../domain/money-text.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { takeBackPayment } from '../../steps/correction-steps.ts';
import { correct } from '../support/correct.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells.map(textOf));
const figures = (page: ShownPage) => Object.fromEntries((allBlocks(page.blocks).find(({ kind }) => kind === 'figures')?.items ?? []).map(({ label, value }) => [label, value]));
const forms = (page: ShownPage) => allBlocks(page.blocks).filter(({ kind }) => kind === 'form').map(({ act }) => act);
const money = (cents: number) => formatAmount(cents, 'fr');
const untranslated = /"(lateFees|exposure|queue|finance|field|event|states?)\.[\w.]+"/;
const day = 86_400_000;

/** Its due date is put back before the day the story’s transfer is received. */
async function paidLate(company: string) {
  const { story, refs: [ref = ''] } = await issuedInvoices(deps, [100_000], { company });
  await db.clientInvoice.update({ where: { ref }, data: { dueAt: new Date('2026-11-10T22:59:59Z') } });
  const { id, totalCents } = await db.clientInvoice.findUniqueOrThrow({ where: { ref } });
  await story.pay(ref, totalCents);
  return { story, ref, fee: await db.lateFee.findUniqueOrThrow({ where: { clientInvoiceId: id } }), path: `/projects/${story.ref}/p/invoice/${id}`, client: await signInToPages(house, story.client) };
}

describe('I6 interest and 40 € once the principal is paid', () => {
  it('I6: wait in the queue and on the client’s page; claimed once however often it is posted; received; in words of both languages', async () => {
    const { ref, fee, path, client } = await paidLate('Les Retards');
    expect(table(await fabien.open('lateFees'), 'Dues').map(([, who, days, , indemnity]) => [who, days, indemnity])).toEqual([['Les Retards', String(fee.daysLate), money(4_000)]]);
    expect((await client.get(path)).html).toContain('restent dus');
    const one = await fabien.open('lateFees', `invoice=${ref}`);
    expect(forms(one)).toEqual(['claim', 'waive']);
    expect(forms(await manager.open('lateFees', `invoice=${ref}`))).toEqual([]);
    expect((await manager.act('lateFees', `invoice=${ref}`, 'claim', { id: fee.id })).notice?.type).toBe('error');
    const key = randomUUID();
    const posts = await Promise.all([1, 2].map(() => fabien.act('lateFees', `invoice=${ref}`, 'claim', { id: fee.id }, key)));
    expect(posts.map(({ notice }) => notice?.message)).toEqual(Array.from({ length: 2 }, () => 'Les pénalités sont réclamées.'));
    expect(await db.ledgerEntry.count({ where: { key: { startsWith: 'late-fee/' } } })).toBe(1);
    expect((await client.get(path)).html).toContain('Merci de régler les intérêts');
    expect((await fabien.act('lateFees', `invoice=${ref}`, 'receive', { id: fee.id, receivedOn: 'hier', reference: '' })).notice?.type).toBe('error');
    const receive = (amount: string) => fabien.act('lateFees', `invoice=${ref}`, 'receive', { id: fee.id, amount, receivedOn: '2027-01-04', reference: 'VIR 77' });
    expect((await receive('quarante')).notice?.type).toBe('error');
    expect((await receive('999999')).notice?.message).toContain('Il ne reste que');
    expect((await receive('40')).notice?.message).toContain('40,00\u00a0€ sont reçus');
    const left = await fabien.open('lateFees', `invoice=${ref}`);
    expect(figures(left)['Reste à recevoir']).toBe(money(fee.interestCents));
    expect(table(left, 'Ce qui est reçu').map(([, reference, , amount]) => [reference, amount])).toEqual([['VIR 77', money(4_000)]]);
    expect((await client.get(path)).html).toContain('Reste dû');
    await receive(String(fee.interestCents / 100).replace('.', ','));
    expect((await client.get(path)).html).toContain('ces sommes sont réglées');
    expect(table(await fabien.open('lateFees'), 'Terminées').map(([, who]) => who)).toEqual(['Les Retards']);
    expect(JSON.stringify([one, await fabien.open('lateFees'), await fabien.open('lateFees', 'lang=en'), await fabien.open('lateFees', `invoice=${ref}&lang=en`)])).not.toMatch(untranslated);
    expect((await fabien.open('lateFees', 'invoice=nothing')).title).toBe('Introuvable');
  });

  it('I6, I12: due again after its payment was taken back, the delay runs on the client’s page, less what was received of the first', async () => {
    const { ref, fee, path, client } = await paidLate('Les Repris');
    expect((await client.get(path)).html).toContain('Cette facture a été soldée');
    await fabien.act('lateFees', `invoice=${ref}`, 'claim', { id: fee.id });
    await fabien.act('lateFees', `invoice=${ref}`, 'receive', { id: fee.id, amount: '40', receivedOn: '2026-11-22', reference: 'VIR 40' });
    const payment = await db.payment.findFirstOrThrow({ where: { clientInvoiceId: fee.clientInvoiceId, kind: 'transfer' } });
    await correct(deps, ref, takeBackPayment, { paymentId: payment.id, takenBackOn: payment.receivedOn.toISOString().slice(0, 10), reason: 'Virement rappelé par la banque.' });
    const { html } = await client.get(path);
    expect(html).not.toContain('Cette facture a été soldée');
    expect(html).toMatch(/Cette facture a \d+ jours de retard/);
    expect(html).toContain('Déjà réglé');
    expect(html).toMatch(/−\s*40,00/);
  });

  it('I6: waived for a reason only; whoever was not asked is not written to', async () => {
    const { ref, fee, story, path, client } = await paidLate('Les Gestes');
    expect((await fabien.act('lateFees', `invoice=${ref}`, 'waive', { id: fee.id, reason: '' })).notice?.type).toBe('error');
    await fabien.act('lateFees', `invoice=${ref}`, 'waive', { id: fee.id, reason: 'Retard de notre banque.' });
    expect(await db.lateFee.findUniqueOrThrow({ where: { id: fee.id } })).toMatchObject({ state: 'waived', reason: 'Retard de notre banque.', claimedAt: null });
    expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'late_fees' } } })).toBe(0);
    expect((await client.get(path)).html).toContain('Nous avons renoncé');
  });
});

describe('I5 the exposure page', () => {
  it('I5: a member’s legal day before their client’s is to advance, for finance only; once the client has paid, the money is in hand', async () => {
    const before = figures(await fabien.open('exposure'));
    const { story, refs: [ref = ''] } = await issuedInvoices(deps, [50_000], { company: 'Les Lents' });
    const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref }, include: { memberInvoices: true } });
    const [own] = invoice.memberInvoices;
    await db.clientInvoice.update({ where: { ref }, data: { dueAt: new Date(Date.now() + 25 * day) } });
    await db.memberInvoice.update({ where: { id: own?.id }, data: { legalDueAt: new Date(Date.now() + 10 * day) } });
    const page = await fabien.open('exposure');
    const owedNow = table(page, 'Ce qu’il faudrait avancer').filter(([, client]) => client === 'Les Lents');
    expect(owedNow.map(([, , cents]) => cents)).toEqual([money(own?.totalCents ?? 0)]);
    expect(figures(page)['À avancer']).not.toBe(before['À avancer']);
    expect(table(page, 'Les 60 jours').length).toBeGreaterThanOrEqual(2);
    expect((await manager.open('exposure')).title).toBe('Page réservée');
    await story.pay(ref, invoice.totalCents);
    expect(table(await fabien.open('exposure', 'days=30'), 'Ce qu’il faudrait avancer').filter(([, client]) => client === 'Les Lents')).toEqual([]);
    expect(JSON.stringify([page, await fabien.open('exposure', 'lang=en&days=90')])).not.toMatch(untranslated);
  });
});

describe('I7 what a member was paid', () => {
  it('I7: each transfer with its advice, to open and to download; another member finds nothing', async () => {
    const { story, refs: [ref = ''], memberId } = await issuedInvoices(deps, [30_000], { company: 'Les Payeurs' });
    const member = await signInToPages(house, { kind: 'member', id: memberId });
    const none = (await member.get('/payouts')).html;
    expect(none.slice(none.indexOf('<main'))).toContain('Rien encore');
    await story.pay(ref, 20_000);
    expect((await member.get('/payouts')).html).toContain('votre virement part');
    await story.sendPayouts(ref);
    const advice = await db.payoutAdvice.findFirstOrThrow({ where: { memberId } });
    const { html } = await member.get('/payouts');
    expect(html).toContain(advice.reference);
    expect((await member.get(`/payouts/document/${advice.documentId}`)).html).toContain('Avis de virement');
    const pdf = await fetch(`${url}/payouts/document/${advice.documentId}.pdf`, { headers: { cookie: member.cookie } });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });
});
