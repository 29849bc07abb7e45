import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { readPdf } from '../support/pdf-text.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
const staff = await addStaff(db);
const money = await db.staff.create({ data: { handle: 'fanny', email: 'fanny@off-works.test', name: 'Fanny Morel', role: 'finance', passwordHash: '-' } });

async function billed(amounts: readonly number[], company: string) {
  const { story, refs } = await issuedInvoices(deps, amounts, { company });
  const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref: refs[0] ?? '' } });
  return { story, invoice, path: `/projects/${story.ref}/p/invoice/${invoice.id}`, client: await signInToPages(house, story.client) };
}
const now = (id: string) => db.clientInvoice.findUniqueOrThrow({ where: { id } });

describe('C10 a dispute', () => {
  it('C10: said once however often it is posted, it pauses reminders and tells the account manager and finance; what is due stays; the answer is mailed, shown, and reminders go on', async () => {
    const { client, story, invoice, path } = await billed([40_000], 'Les Contestations');
    const key = randomUUID();
    const post = () => client.post(`${path}/do/dispute`, { reason: 'Deux journées de trop.' }, key);
    const answers = [await post(), ...(await Promise.all([post(), post()]))];
    expect(answers.map(({ status, to }) => [status, to])).toEqual(Array.from({ length: 3 }, () => [303, `${path}?done=invoiceDisputed`]));
    const disputed = await now(invoice.id);
    expect(disputed).toMatchObject({ state: 'issued', disputeReason: 'Deux journées de trop.', disputedById: story.client.id, disputeSettledAt: null, dunningPaused: true, dunningPauseReason: 'Deux journées de trop.', dueAt: invoice.dueAt, totalCents: invoice.totalCents });
    const mails = await db.mail.findMany({ where: { template: 'staff_invoice_disputed', projectId: story.projectId } });
    expect(mails.map(({ toId }) => toId).sort()).toEqual([money.id, staff.id].sort());
    const page = (await client.get(path)).html;
    expect(page).toContain('Vous contestez cette facture');
    expect(page).toContain('Claire Delmas');
    expect(page).not.toContain('/do/dispute');
    expect((await client.get('/invoices')).html).toContain('Contestée');

    const again = await client.post(`${path}/do/dispute`, { reason: 'Et autre chose.' });
    expect([again.status, again.html.includes('contestée')]).toEqual([422, true]);
    // Staff may not let reminders out before they have answered.
    await expect(story.ask(invoiceSteps.resumeDunning, {}, story.staff, `client-invoice/${invoice.ref}`)).rejects.toMatchObject({ code: 'dispute_open' });
    const form = randomUUID();
    await story.ask(invoiceSteps.settleDispute, { answer: 'Vous avez raison : un avoir suit.' }, story.staff, `client-invoice/${invoice.ref}`, form);
    await story.ask(invoiceSteps.settleDispute, { answer: 'Vous avez raison : un avoir suit.' }, story.staff, `client-invoice/${invoice.ref}`, form);
    await expect(story.ask(invoiceSteps.settleDispute, { answer: 'Encore.' }, story.staff, `client-invoice/${invoice.ref}`)).rejects.toMatchObject({ code: 'no_dispute' });
    expect(await now(invoice.id)).toMatchObject({ disputeAnswer: 'Vous avez raison : un avoir suit.', dunningPaused: false, dunningPauseReason: null, dueAt: invoice.dueAt, disputeReason: 'Deux journées de trop.' });
    await eventually(async () => expect(await db.mail.findMany({ where: { template: 'invoice_dispute_settled', projectId: story.projectId } })).toMatchObject([{ toId: story.client.id, state: 'sent' }]));
    const answered = (await client.get(path)).html;
    expect(answered).toContain('Vous avez raison : un avoir suit.');
    expect(answered).not.toContain('Vous contestez cette facture');
    expect(answered).toContain('/do/dispute');
    expect((await db.auditEvent.findMany({ where: { projectId: story.projectId, action: { in: ['clientInvoice.dispute', 'clientInvoice.settleDispute'] } }, orderBy: { at: 'asc' } })).map(({ action, actorKind }) => [action, actorKind])).toEqual([['clientInvoice.dispute', 'client'], ['clientInvoice.settleDispute', 'staff']]);
  });

  it('C10: what is left is told with the account to pay to, as the document says it, and the way back to the project; paid, the account goes', async () => {
    const { client, story, invoice, path } = await billed([20_000], 'Les Virements');
    const page = (await client.get(path)).html;
    for (const said of [`<h1>Facture ${invoice.number ?? ''}</h1>`, 'FR76', 'Référence à rappeler', `<a href="/projects/${story.ref}">${story.ref}`]) expect(page).toContain(said);
    const account = /FR76[\d\s]+/.exec(page)?.[0].trim() ?? 'none';
    expect((await db.document.findUniqueOrThrow({ where: { id: invoice.documentId ?? '' } })).html.replace(/[\u00a0\u202f]/g, ' ')).toContain(account);
    const link = linkPath(linkToken(deps.secret, await db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'client_invoice', ownerKind: 'client', ownerId: story.client.id, projectId: story.projectId, subjectId: invoice.id, at: Date.now() }))));
    const behind = (await withCookie(url).get(link)).html;
    expect([behind.includes(account), behind.includes(`<a href="/projects/${story.ref}">`)]).toEqual([true, false]);
    await story.pay(invoice.ref, invoice.totalCents);
    expect((await client.get(path)).html).not.toContain(account);
  });

  it('C10: a pause that staff had begun for a reason of their own goes on after the answer', async () => {
    const { story, client, invoice, path } = await billed([20_000], 'Les Pauses');
    await story.ask(invoiceSteps.pauseDunning, { reason: 'Accord de paiement en deux fois.' }, story.staff, `client-invoice/${invoice.ref}`);
    await client.post(`${path}/do/dispute`, { reason: 'Une ligne nous étonne.' });
    expect(await now(invoice.id)).toMatchObject({ dunningPaused: true, dunningPauseReason: 'Accord de paiement en deux fois.' });
    await story.ask(invoiceSteps.settleDispute, { answer: 'Voici le détail.' }, story.staff, `client-invoice/${invoice.ref}`);
    expect(await now(invoice.id)).toMatchObject({ dunningPaused: true, dunningPauseReason: 'Accord de paiement en deux fois.' });
  });

  it('C10: a dispute without a reason is asked for one; a long one comes back whole; a billing contact’s link reads and does not dispute', async () => {
    const { story, client, invoice, path } = await billed([20_000], 'Les Raisons');
    const none = await client.post(`${path}/do/dispute`, { reason: '  ' });
    expect(none.status).toBe(422);
    const long = `<b>${'mot '.repeat(3_000)}`;
    const refused = await client.post(`${path}/do/dispute`, { reason: long });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`&lt;b&gt;${'mot '.repeat(2_999)}mot`);
    expect((await now(invoice.id)).disputedAt).toBeNull();
    const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    const contact = await db.billingContact.create({ data: { companyId, name: 'Compta', email: `${randomUUID()}@compta.test` } });
    const id = await db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'client_invoice', ownerKind: 'billing', ownerId: contact.id, projectId: story.projectId, subjectId: invoice.id, at: Date.now() }));
    const link = linkPath(linkToken(deps.secret, id));
    const seen = await withCookie(url).get(link);
    expect(seen.html).toContain(`${link}/document/${invoice.documentId}.pdf`);
    expect(seen.html).not.toContain('/do/');
    expect((await withCookie(url).post(`${link}/do/dispute`, { reason: 'Deux journées de trop.' })).status).toBe(403);
    const file = await fetch(`${url}${link}/document/${invoice.documentId}.pdf`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    // I10: what they download is the Factur-X that is kept, and no other.
    const kept = await db.invoicePdf.findUniqueOrThrow({ where: { documentId: invoice.documentId ?? '' } });
    expect([file.headers.get('content-type'), file.headers.get('x-document-sha256'), Buffer.compare(bytes, kept.bytes)]).toEqual(['application/pdf', kept.sha256, 0]);
    expect(Buffer.from(bytes).includes('factur-x.xml')).toBe(true);
  });
});

describe('I3, C10 the client’s order number', () => {
  it('C10: given on the project’s page, it stands on every invoice issued afterwards, and on none issued before', async () => {
    const member = await addMember(db, 'Maud', { mandate: false });
    const story = await beginStory(deps, { company: 'Les Commandes' });
    await story.untilSigned([member]);
    const client = await signInToPages(house, story.client);
    const issuedFor = async (cents: number) => {
      const { ref } = await story.enterAmount(member, cents);
      await story.ask(invoiceSteps.approvePreview, {}, member, `member-invoice/${ref}`);
      const where = { projectId: story.projectId, state: 'issued', memberInvoices: { some: { ref } } };
      await eventually(async () => expect(await db.clientInvoice.count({ where })).toBe(1));
      return db.clientInvoice.findFirstOrThrow({ where });
    };
    const invoice = await issuedFor(40_000);
    const path = `/projects/${story.ref}/p/invoice/${invoice.id}`;
    const project = `/projects/${story.ref}`;
    const key = randomUUID();
    const post = (orderNumber: string, form?: string) => client.post(`${project}/do/setOrderNumber`, { orderNumber }, form);
    expect((await post('  BC-2026/77 ', key)).to).toBe(`${project}?done=orderNumberSaved`);
    await post('BC-2026/77', key);
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'project.orderNumber' } })).toBe(1);
    expect((await client.get(project)).html).toContain('BC-2026/77');
    const tooLong = await post('x'.repeat(61));
    expect([tooLong.status, tooLong.html.includes('x'.repeat(61))]).toEqual([422, true]);
    expect((await post('deux\nlignes')).status).toBe(422);
    expect(await now(invoice.id)).toMatchObject({ orderNumber: null });
    expect((await client.get(path)).html).not.toContain('BC-2026/77');
    await expect(db.clientInvoice.update({ where: { id: invoice.id }, data: { orderNumber: 'BC-1' } })).rejects.toThrow(/keeps its order number/);

    const next = await issuedFor(43_000);
    expect(next.orderNumber).toBe('BC-2026/77');
    expect((await client.get(`${project}/p/invoice/${next.id}`)).html).toContain('BC-2026/77');
    const pdf = async (id: string | null) => (await readPdf(new Uint8Array(await (await fetch(`${url}${project}/document/${id}.pdf`, { headers: { cookie: client.cookie } })).arrayBuffer()))).text;
    expect(await pdf(next.documentId)).toContain('BC-2026/77');
    expect(await pdf(invoice.documentId)).not.toContain('BC-2026/77');
    await post('');
    expect((await now(next.id)).orderNumber).toBe('BC-2026/77');
  });
});
