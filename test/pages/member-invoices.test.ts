import { describe, expect, it } from 'vitest';
import { linkPath, linkToken } from '../../links/token.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { createLink } from '../../links/create.ts';
import type { Person } from '../../steps/step.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory, oneFlatLine } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);

/** A signed project of one member whose previews wait for their approval, behind their personal link and signed in. */
async function invoicing(quote: object = {}, cents = 100_000) {
  const member = await addMember(db, 'Inès', { mandate: false });
  const story = await beginStory(deps);
  await story.approve();
  await story.publish();
  await story.apply(member);
  await story.chooseAll();
  await story.quote(member, oneFlatLine(cents), quote);
  await story.sendQuote();
  await story.sign();
  const linkId = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'member_invoicing', ownerKind: 'member', ownerId: member.id, projectId: story.projectId, subjectId: story.projectId, at: Date.now() }));
  const byLink = linkPath(linkToken(secret, linkId));
  const anyone = withCookie(url);
  return {
    story, member, byLink, see: async () => (await anyone.get(byLink)).html,
    enter: (body: Record<string, string>, key?: string) => anyone.post(`${byLink}/do/enterAmount`, body, key),
    last: () => db.memberInvoice.findFirstOrThrow({ where: { projectId: story.projectId }, orderBy: { createdAt: 'desc' } }),
  };
}
type Invoicing = Awaited<ReturnType<typeof invoicing>>;

async function issued({ story, member, last }: Pick<Invoicing, 'story' | 'member' | 'last'>): Promise<string> {
  const { ref } = await last();
  await story.ask(invoiceSteps.approvePreview, {}, member, `member-invoice/${ref}`);
  return eventuallyIssued(ref);
}
async function eventuallyIssued(ref: string): Promise<string> {
  let found = '';
  await eventually(async () => {
    const { clientInvoice } = await db.memberInvoice.findUniqueOrThrow({ where: { ref }, include: { clientInvoice: true } });
    expect(clientInvoice?.state).toBe('issued');
    found = clientInvoice?.ref ?? '';
  });
  return found;
}

describe('M10 the personal link', () => {
  it('M10: the deposit of the quote’s schedule is one click from its preview; then the balance, to the cent', async () => {
    const one = await invoicing({ paymentSchedule: 'deposit_balance', depositBp: 4_000 });
    const html = await one.see();
    expect(html).toContain('L’acompte : 400,00 €');
    const href = /href="([^"]*kind=deposit[^"]*)"/.exec(html.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))?.[1] ?? '';
    const filled = (await withCookie(url).get(href.split('#')[0] ?? '')).html;
    expect(filled).toContain('value="400,00"');
    expect(filled).toMatch(/value="deposit" selected/);
    expect(await db.memberInvoice.count({ where: { projectId: one.story.projectId } })).toBe(0); // a GET changes nothing
    const quoteId = /name="quoteId" value="([^"]+)"/.exec(filled)?.[1] ?? '';
    expect((await one.enter({ quoteId, amount: '400,00', how: 'amount', kind: 'deposit' })).status).toBe(303);
    expect(await one.last()).toMatchObject({ amountCents: 40_000, kind: 'deposit' });
    expect(await db.mail.count({ where: { toId: one.member.id, template: 'invoice_preview' } })).toBe(1);

    const after = await one.see();
    expect(after).toContain('Tout ce qui reste : 600,00 €');
    expect(after).not.toContain('L’acompte :');
    const key = crypto.randomUUID();
    for (const time of [1, 2]) expect([time, (await one.enter({ quoteId, amount: '', how: 'left', kind: 'progress' }, key)).status]).toEqual([time, 303]);
    expect(await one.last()).toMatchObject({ amountCents: 60_000, kind: 'balance' });
    expect(await db.memberInvoice.count({ where: { projectId: one.story.projectId } })).toBe(2);
  });

  it('M10: a percentage of the quote, and what cannot be: said beside the field, and kept', async () => {
    const one = await invoicing();
    expect((await one.enter({ amount: '30 %' })).status).toBe(303);
    expect((await one.last()).amountCents).toBe(30_000);
    expect((await one.enter({ amount: '12,5', how: 'percent' })).status).toBe(303);
    expect((await one.last()).amountCents).toBe(12_500);
    const above = await one.enter({ amount: '70 %' });
    expect([above.status, above.html.includes('value="70 %"'), /id="enterAmount-amount-why">Il reste 575,00 €/.test(above.html)]).toEqual([422, true, true]);
    expect((await one.enter({ amount: '140', how: 'percent' })).status).toBe(422);
  });
});

describe('I2 an anomaly on a line', () => {
  it('I2: names the line it is about, as staff read it; a line of another invoice is refused', async () => {
    const one = await invoicing();
    await one.enter({ amount: '500' });
    const { id } = await one.last();
    const at = `${one.byLink}/p/preview/${id}`;
    const { html } = await withCookie(url).get(at);
    const line = /name="about" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? '';
    expect(html).toContain('Création du site');
    const nothing = await withCookie(url).post(`${at}/do/reportAnomaly`, { about: line, reason: '' });
    expect([nothing.status, nothing.html.includes('Dites-nous en une phrase')]).toEqual([422, true]);
    expect((await withCookie(url).post(`${at}/do/reportAnomaly`, { about: crypto.randomUUID(), reason: 'Pas la mienne' })).status).toBe(422);
    expect((await withCookie(url).post(`${at}/do/reportAnomaly`, { about: line, reason: 'Deux pages manquent.' })).status).toBe(303);
    expect(await one.last()).toMatchObject({ state: 'anomaly', anomaly: '« Création du site » : Deux pages manquent.' });
    expect((await one.see())).toContain('attendent notre réponse à votre signalement');
  });
});

describe('M11 each invoice until it is paid out', () => {
  it('M11: says at every stop why the money has not come, then that it has; every document opens, as a page and as a PDF', async () => {
    const one = await invoicing({}, 600_000); // from 5 000 € on, documents of vigilance are asked for
    const signedIn = await signInToPages(house, one.member);
    await one.enter({ how: 'left' });
    expect(await one.see()).toContain('attendent que vous approuviez');
    const clientRef = await issued(one);
    const own = await one.last();
    await eventually(async () => expect(await one.see()).toMatch(/7 200,00 €<\/strong> <span>attendent le virement du client, dû le/));
    await db.clientInvoice.update({ where: { ref: clientRef }, data: { dueAt: new Date(Date.now() - 86_400_000) } });
    expect(await one.see()).toContain('nous le relançons');
    const { totalCents } = await db.clientInvoice.findUniqueOrThrow({ where: { ref: clientRef } });
    await one.story.pay(clientRef, Math.round(totalCents / 2));
    const half = await one.see();
    expect(half).toContain('sont payés par le client, et attendent : immatriculation et attestation de vigilance URSSAF');
    expect(half).toMatch(/3 600,00 €<\/strong> <span>étaient dus/);
    // M4: the documents' page says the same, project by project.
    const documents = (await signedIn.get('/my-documents')).html;
    expect(documents).toMatch(/3 600,00 € payés par le client attendent ce document/);
    await db.memberDocument.createMany({ data: ['registration', 'urssaf'].map((kind) => ({ memberId: one.member.id, kind, state: 'valid', fileName: `${kind}.pdf`, expiresOn: new Date(Date.now() + 10 * 86_400_000) })) });
    await db.payout.updateMany({ where: { memberId: one.member.id }, data: { state: 'to_send', heldFor: [] } });
    expect(await one.see()).toContain('votre virement part dans le prochain envoi');
    await one.story.sendPayouts(clientRef);
    expect(await one.see()).toMatch(/3 600,00 € virés le/);
    await one.story.pay(clientRef, totalCents - Math.round(totalCents / 2));
    await one.story.sendPayouts(clientRef);
    expect(await one.see()).not.toContain('class="waits"');

    const papers = await db.document.findMany({ where: { key: { startsWith: `member-invoice/${own.id}/` } } });
    expect(papers.map(({ kind }) => kind).sort()).toEqual(['member_invoice', 'preview']);
    const stranger = await signInToPages(house, await addMember(db, 'Ailleurs'));
    for (const { id } of papers) {
      for (const root of [one.byLink, `/projects/${one.story.ref}`]) {
        expect((await signedIn.get(`${root}/document/${id}`)).status).toBe(200);
        expect((await signedIn.get(`${root}/document/${id}.pdf`)).headers.get('content-type')).toBe('application/pdf');
      }
      expect((await stranger.get(`/projects/${one.story.ref}/document/${id}`)).status).toBe(404);
    }
  });

  it('M11: the year: invoiced, VAT, paid out, still due, the same on the page and in the file', async () => {
    const one = await invoicing();
    await one.enter({ amount: '250' });
    await issued(one);
    await one.enter({ amount: '100' });
    await db.memberInvoice.updateMany({ where: { memberId: one.member.id, state: 'final' }, data: { finalAt: new Date('2024-03-05T10:00:00Z') } });
    const web = await signInToPages(house, one.member);
    const { html } = await web.get('/my-invoices');
    expect(html).toMatch(/2024<\/a><\/th><td class="amount"[^>]*>1<\/td><td class="amount"[^>]*>250,00 €<\/td><td class="amount"[^>]*>50,00 €<\/td><td class="amount"[^>]*>300,00 €<\/td><td class="amount"[^>]*>0,00 €<\/td><td class="amount"[^>]*>300,00 €/);
    expect(html).toContain('Tout ce qui reste : 650,00 €');
    expect(html).toMatch(/420,00 €/); // 300 issued and 120 in preview, still to come
    const csv = (await web.get('/my-invoices/summary.csv?year=2024')).html.split('\r\n');
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain(`;${one.story.ref};`);
    expect(csv[1]).toContain(';250,00;50,00;300,00;0,00;300,00;');
    expect(csv[2]).toContain('Total;;;;250,00;50,00;300,00;0,00;300,00;');
    expect((await web.get('/my-invoices?year=2024')).html).toContain('Mes factures de 2024');
    expect((await web.get('/my-invoices/summary.csv?year=2023')).html.split('\r\n')).toHaveLength(3);
  });

  it('M11: somebody else reads nothing of it', async () => {
    const one = await invoicing();
    await one.enter({ amount: '250' });
    const other: Person = await addMember(db, 'Curieux');
    const web = await signInToPages(house, other);
    for (const path of ['/my-invoices', '/my-invoices/summary.csv']) expect((await web.get(path)).html).not.toContain(one.story.ref);
    expect((await withCookie(url).get('/my-invoices/summary.csv')).to).toMatch(/^\/sign-in/);
  });
});
