import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { decryptIban } from '../../billing/iban-cipher.ts';
import { mandateText } from '../../billing/mandate.ts';
import { makeExport } from '../../database/bank/make-export.ts';
import { askAccount, confirmAccount } from '../../database/billing/account-change.ts';
import { targetDayFrom } from '../../domain/bank/target-days.ts';
import { ibanChangeWait } from '../../domain/bank/transfer-holds.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { frenchIban, payTo } from '../support/bank.ts';
import { allBlocks, signInAs } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie, type WebPerson } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url, mailbox } = house;
const { db, secret } = deps;
const admin = await addStaff(db);

const iban = frenchIban(41);
const entity = { legalName: 'Iris Lambert EI', legalForm: 'EI', siret: '732 829 320 00074', vatRegime: 'standard', vatRate: '2000', vatNumber: '', address: '3 rue des Ateliers', postcode: '44000', city: 'Nantes' };
const whole = { ...entity, iban: iban.replace(/(.{4})(?=.)/g, '$1 '), bic: 'AGRIFRPP' };
const billingOf = (memberId: string) => db.billingEntity.findUnique({ where: { memberId } });
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('M3 the billing entity with the first quote', () => {
  let web: WebPerson;
  let member: { kind: 'member'; id: string };
  let page: string;
  let roundId: string;
  const quote = { version: '1', paymentSchedule: 'end', 'lines[0][kind]': 'days', 'lines[0][label]': 'Maquettes', 'lines[0][quantity]': '2', 'lines[0][unit]': '600' };
  const send = (more: Record<string, string>) => web.post(`${page}/do/submitQuote`, { ...quote, ...more });

  beforeAll(async () => {
    member = (await addMember(db, 'Iris', { billing: false })) as typeof member;
    web = await signInToPages(house, member);
    const story = await beginStory(deps);
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    ({ id: roundId } = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } }));
    page = `/projects/${story.ref}/p/quote/${roundId}`;
  });

  it.each([
    ['siret', '732 829 320 00075', 'Ce SIRET n’est pas valable'], ['siret', '', 'Ce SIRET n’est pas valable'], ['vatNumber', 'FR45732829320', 'Ce numéro de TVA n’est pas valable'], ['vatNumber', 'DE12345', 'Ce numéro de TVA n’est pas valable'],
    ['vatNumber', 'FR40303265045', 'celui d’une autre entreprise'], ['iban', 'FR76 3000 6000 0112 3456 7890 188', 'Cet IBAN n’est pas valable'], ['iban', 'TR330006100519786457841326', 'hors de la zone SEPA'], ['bic', 'AGRI', 'Un BIC a 8 ou 11 signes'],
    ['bic', 'DEUTDEFF', 'ne sont pas du même pays'], ['legalName', '', 'À compléter.'], ['postcode', '!', 'Ce code postal n’est pas valable'], ['vatRate', '1900', ''],
  ])('M3: %s %j is refused in words beside the field, nothing typed is lost, nothing is kept', async (field, value, why) => {
    const { status, html } = await send({ ...whole, [field]: value });
    expect(status).toBe(422);
    for (const text of [why, 'Maquettes', '3 rue des Ateliers']) expect(html).toContain(text);
    expect([await billingOf(member.id), await db.memberQuote.count({ where: { roundId } }), await db.submission.count({ where: { step: 'submitQuote', actorId: member.id } })]).toEqual([null, 0, 0]);
  });

  it('M3: mistakes in the lines and in the entity are told together', async () => {
    const { html } = await send({ ...whole, siret: '1', 'lines[0][unit]': 'cher' });
    for (const text of ['Ce SIRET n’est pas valable', 'Un montant en chiffres']) expect(html).toContain(text);
  });

  it('M3: a draft keeps the entity and never the account', async () => {
    await send({ ...whole, do: 'draft' });
    const kept = JSON.stringify(await db.memberQuoteDraft.findFirstOrThrow({ where: { roundId } }));
    expect([kept.includes('Iris Lambert EI'), kept.includes('IBAN'), kept.includes(iban.slice(4, 12)), kept.includes(whole.iban), kept.includes('AGRIFRPP')]).toEqual([true, false, false, false, false]);
  });

  it('M3: it is made with the quote; the VAT number is worked out, the mandate kept with its text, date and hash, the IBAN encrypted', async () => {
    expect((await web.get(page)).html).toContain('donne mandat à OFF-WORKS');
    expect((await send({ ...whole, mandate: 'yes' })).to).toContain('done=quoteSent');
    const kept = await billingOf(member.id);
    const text = mandateText('Iris Lambert EI');
    expect(kept).toMatchObject({ siret: '73282932000074', vatNumber: 'FR44732829320', vatRegime: 'standard', vatRateBp: 2_000, ibanLast4: iban.slice(-4), bic: 'AGRIFRPP', ibanChangedAt: null, mandateText: text, mandateTextSha256: sha256(text) });
    expect(decryptIban(secret, kept?.ibanEncrypted ?? '')).toBe(iban);
    expect(await db.billingMandate.findMany({ where: { memberId: member.id } })).toMatchObject([{ text, sha256: sha256(text), acceptedAt: kept?.mandateAcceptedAt, endedAt: null }]);
    const written = JSON.stringify([await db.submission.findMany({ where: { actorId: member.id } }), await db.mail.findMany(), await db.auditEvent.findMany()]);
    expect(written).not.toContain(iban);
    expect(written).not.toContain(whole.iban);
    expect((await web.get(`${page}?edit=yes`)).html).not.toContain('name="iban"');
  });

  it('M3: what was accepted can be ended, and nothing else of it changed', async () => {
    const [{ id = '' } = {}] = await db.billingMandate.findMany({ where: { memberId: member.id } });
    await expect(db.billingMandate.update({ where: { id }, data: { text: 'Autre chose' } })).rejects.toThrow(/append-only/);
  });
});

describe('M3 the page of the billing entity', () => {
  let web: WebPerson;
  let id: string;
  beforeAll(async () => {
    const member = await addMember(db, 'Odile', { billing: false });
    ({ id } = member);
    web = await signInToPages(house, member);
  });

  it('M3: it may be made before any quote, once, without a mandate', async () => {
    expect((await web.get('/billing')).html).toContain('Vous n’avez pas encore d’entité de facturation');
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) expect((await web.post('/billing/do/createBilling', { ...whole, vatRegime: 'franchise' }, key)).to).toBe('/billing?done=billingSaved');
    expect(await billingOf(id)).toMatchObject({ vatRegime: 'franchise', vatRateBp: 0, vatNumber: null, mandateAcceptedAt: null });
    const { html } = await web.get('/billing');
    expect(html).toContain(`•••• ${iban.slice(-4)}`);
    expect(html).not.toContain(iban);
    expect(html).not.toContain(whole.iban);
  });

  it('M3: the mandate is accepted and ended on the page; each one stays readable', async () => {
    expect((await web.post('/billing/do/acceptMandate', {})).status).toBe(422);
    await web.post('/billing/do/acceptMandate', { mandate: 'yes' });
    expect(await billingOf(id)).toMatchObject({ mandateTextSha256: sha256(mandateText('Iris Lambert EI')) });
    await web.post('/billing/do/endMandate', {});
    expect(await billingOf(id)).toMatchObject({ mandateAcceptedAt: null, mandateText: null });
    expect(await db.billingMandate.findMany({ where: { memberId: id } })).toMatchObject([{ endedAt: expect.any(Date) as Date }]);
    await web.post('/billing/do/acceptMandate', { mandate: 'yes' });
  });

  it('M3: another address keeps the mandate; another name ends it, unless it is accepted again in that name', async () => {
    const changed = { ...entity, vatRegime: 'franchise', address: '9 quai Neuf' };
    await web.post('/billing/do/saveBilling', changed);
    expect((await billingOf(id))?.mandateAcceptedAt).not.toBeNull();
    await web.post('/billing/do/saveBilling', { ...changed, legalName: 'Odile et Cie' });
    expect(await billingOf(id)).toMatchObject({ legalName: 'Odile et Cie', address: '9 quai Neuf', mandateAcceptedAt: null });
    await web.post('/billing/do/saveBilling', { ...changed, legalName: 'Odile SARL', mandate: 'yes' });
    expect(await billingOf(id)).toMatchObject({ mandateText: mandateText('Odile SARL') });
    expect(await db.auditEvent.findMany({ where: { actorId: id, action: 'billing.changed' }, orderBy: { at: 'asc' }, select: { data: true } })).toEqual([{ data: { fields: ['address'] } }, { data: { fields: ['legalName'] } }, { data: { fields: ['legalName'] } }]);
  });

  it('M3: a mandate left unticked leaves the identity as it is kept; the form’s own address, opened again, is its page', async () => {
    const noa = await signInToPages(house, await addMember(db, 'Noa', { mandate: false }));
    const { status, html } = await noa.post('/billing/do/acceptMandate');
    expect([status, html.includes('value="Noa EI"'), html.includes('value="73282932000074"')]).toEqual([422, true, true]);
    expect(await noa.get('/billing/do/acceptMandate')).toMatchObject({ status: 303, to: '/billing' });
    expect((await noa.get('//elsewhere.test/do/acceptMandate')).status).toBe(404);
  });

  it('M3: a mistake is told beside its field, and what was typed stays', async () => {
    const { status, html } = await web.post('/billing/do/saveBilling', { ...entity, siret: '123', city: 'Ville à garder' });
    expect(status).toBe(422);
    for (const text of ['Ce SIRET n’est pas valable', 'Ville à garder']) expect(html).toContain(text);
  });
});

describe('M3, I11 another account: confirmed by a mail, held back 48 h', () => {
  const other = frenchIban(77);
  const last4 = other.slice(-4);
  let web: WebPerson;
  let memberId: string;
  let payoutId: string;
  let story: Awaited<ReturnType<typeof issuedInvoices>>['story'];
  let ref: string;
  let email: string;
  const mails = (subject: RegExp, to = email) => mailbox.mails.filter((mail) => mail.to.includes(to) && subject.test(mail.subject));
  const path = (link = '') => new URL(link).pathname;

  beforeAll(async () => {
    const issued = await issuedInvoices(deps, [50_000]);
    ({ story, memberId, refs: [ref = ''] } = issued);
    await payTo(db, secret, memberId, iban);
    ({ email } = await db.member.findUniqueOrThrow({ where: { id: memberId } }));
    web = await signInToPages(house, { kind: 'member', id: memberId });
    const { totalCents } = await db.clientInvoice.findUniqueOrThrow({ where: { ref } });
    await story.pay(ref, totalCents);
    ({ id: payoutId } = await db.payout.findFirstOrThrow({ where: { memberId } }));
  });

  it('M3: asked for, nothing changes; the mail brings the way to confirm, and a GET confirms nothing', async () => {
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) expect((await web.post('/billing/do/askAccount', { iban: other, bic: '' }, key)).to).toBe('/billing?done=accountAsked');
    expect(await billingOf(memberId)).toMatchObject({ ibanLast4: iban.slice(-4), ibanChangedAt: null });
    expect(await db.accountChange.count({ where: { memberId } })).toBe(1);
    await eventually(() => expect(mails(/Confirmez votre nouveau compte/)).toHaveLength(1));
    const [mail] = mails(/Confirmez votre nouveau compte/);
    expect(`${mail?.html}${mail?.text}`).not.toContain(other);
    const visitor = withCookie(url);
    const { html } = await visitor.get(path(mail?.links.find((link) => link.includes('/l/'))));
    for (const text of [`se termine par ${last4}`, 'Confirmer ce compte']) expect(html).toContain(text);
    expect(await billingOf(memberId)).toMatchObject({ ibanLast4: iban.slice(-4) });
    expect((await web.get('/billing')).html).toContain(`Le compte •••• ${last4} attend votre confirmation`);
  });

  it('M3: the same account, or no account, is refused in words; another request takes the place of the first', async () => {
    expect((await web.post('/billing/do/askAccount', { iban })).html).toContain('Vous êtes déjà payé sur ce compte');
    expect((await web.post('/billing/do/askAccount', { iban: 'FR7612' })).html).toContain('Cet IBAN n’est pas valable');
    await web.post('/billing/do/askAccount', { iban: other });
    expect((await db.accountChange.findMany({ where: { memberId }, orderBy: { createdAt: 'asc' } })).map(({ state }) => state)).toEqual(['replaced', 'asked']);
    await eventually(() => expect(mails(/Confirmez votre nouveau compte/)).toHaveLength(2));
    const [first] = mails(/Confirmez votre nouveau compte/);
    const refused = await withCookie(url).post(`${path(first?.links.find((link) => link.includes('/l/')))}/do/confirmAccount`);
    expect([refused.status, refused.html.includes('n’est plus à faire')]).toEqual([422, true]);
  });

  it('M3, I7, I11: confirmed, once however often, the member and finance are told, and no payout leaves for it: neither by hand, nor in a file, nor is it offered', async () => {
    const link = path(mails(/Confirmez votre nouveau compte/).at(-1)?.links.find((one) => one.includes('/l/')));
    for (let times = 0; times < 2; times += 1) expect((await withCookie(url).post(`${link}/do/confirmAccount`)).to).toBe(`${link}?done=accountConfirmed`);
    const now = await billingOf(memberId);
    expect([now?.ibanLast4, decryptIban(secret, now?.ibanEncrypted ?? '')]).toEqual([last4, other]);
    await eventually(() => expect([mails(/Votre compte bancaire a changé/).length, mails(/a changé de compte bancaire/, 'nadia@off-works.test').length]).toEqual([1, 1]));
    await expect(story.sendPayouts(ref)).rejects.toMatchObject({ code: 'payout_account_held' });
    const finance = await signInAs(db, url, 'finance', 'Flore');
    await finance.act('bank', '', 'addAccount', { name: 'Compte courant', holder: 'OFF-WORKS SAS', iban: frenchIban(1), bic: 'AGRIFRPP' });
    const { id: accountId } = await db.bankAccount.findFirstOrThrow();
    const asked = { accountId, version: '09' as const, transfers: [{ payoutId, executeOn: targetDayFrom(parisDay(Date.now())) }] };
    await expect(makeExport(db, secret, asked, { key: randomUUID(), by: { ...admin, kind: 'staff', name: 'Nadia' }, at: Date.now() })).rejects.toMatchObject({ code: 'payout_account_held' });
    const shown = await finance.open('payouts');
    const cells = allBlocks(shown.blocks).flatMap(({ rows }) => rows ?? []).flatMap((row) => row.cells);
    expect(cells).toContainEqual(expect.objectContaining({ detail: expect.stringContaining('changé il y a moins de 48 h') as string, until: new Date((now?.ibanChangedAt?.getTime() ?? 0) + ibanChangeWait).toISOString() }));
    expect(JSON.stringify(allBlocks(shown.blocks).flatMap(({ fields }) => fields ?? []))).not.toContain(payoutId);
    expect(JSON.stringify(shown)).not.toContain(other);
    expect(await db.payout.findUniqueOrThrow({ where: { id: payoutId } })).toMatchObject({ state: 'to_send', exportId: null });
  });

  it('M3: “not me” puts the former account back, which waits its 48 h too; finance is told', async () => {
    const link = path(mails(/Votre compte bancaire a changé/)[0]?.links.find((one) => one.includes('/l/')));
    expect((await withCookie(url).get(link)).html).toContain('Ce n’est pas vous ?');
    const stranger = await signInToPages(house, await addMember(db, 'Étrangère'));
    const [change] = await db.accountChange.findMany({ where: { memberId, state: 'confirmed' } });
    expect((await stranger.post('/billing/do/stopAccount', { changeId: change?.id ?? '' })).status).toBe(404);
    for (let times = 0; times < 2; times += 1) expect((await withCookie(url).post(`${link}/do/stopAccount`)).status).toBe(303);
    const now = await billingOf(memberId);
    expect([now?.ibanLast4, decryptIban(secret, now?.ibanEncrypted ?? '')]).toEqual([iban.slice(-4), iban]);
    await eventually(() => expect(mails(/Changement de compte annulé par/, 'nadia@off-works.test').length + mails(/ancien compte bancaire est rétabli/).length).toBeGreaterThanOrEqual(1));
    await expect(story.sendPayouts(ref)).rejects.toMatchObject({ code: 'payout_account_held' });
  });

  it('M3: the 48 h over, the payout leaves; the change can no longer be stopped', async () => {
    await web.post('/billing/do/askAccount', { iban: other });
    const [change] = await db.accountChange.findMany({ where: { memberId, state: 'asked' } });
    await eventually(() => expect(mails(/Confirmez votre nouveau compte/)).toHaveLength(3));
    const link = path(mails(/Confirmez votre nouveau compte/).at(-1)?.links.find((one) => one.includes('/l/')));
    // Their address has changed since: the former one is told too.
    await db.member.update({ where: { id: memberId }, data: { email: 'nouvelle@membres.test' } });
    await withCookie(url).post(`${link}/do/confirmAccount`);
    await eventually(() => expect([mails(/Votre compte bancaire a changé/).length, mails(/Votre compte bancaire a changé/, 'nouvelle@membres.test').length]).toEqual([2, 1]));
    await db.billingEntity.update({ where: { memberId }, data: { ibanChangedAt: new Date(Date.now() - ibanChangeWait) } });
    expect((await web.post('/billing/do/stopAccount', { changeId: change?.id ?? '' })).status).toBe(422);
    await story.sendPayouts(ref);
    expect(await db.payout.findUniqueOrThrow({ where: { id: payoutId } })).toMatchObject({ state: 'sent' });
  });

  it('M3: a link three days old confirms nothing; nor does one given up', async () => {
    const by = { kind: 'member' as const, id: memberId, name: 'Maud' };
    await askAccount(db, secret, { memberId, by, at: Date.now() - 4 * 86_400_000 }, { iban, ibanLast4: iban.slice(-4), bic: null }, randomUUID());
    const [old] = await db.accountChange.findMany({ where: { memberId, state: 'asked' } });
    await expect(confirmAccount(db, secret, { memberId, by, at: Date.now() }, old?.id ?? '')).rejects.toMatchObject({ code: 'account_change_over' });
    expect((await web.get('/billing')).html).toContain('jamais confirmé');
    await web.post('/billing/do/askAccount', { iban });
    const [fresh] = await db.accountChange.findMany({ where: { memberId, state: 'asked' } });
    expect((await web.post('/billing/do/giveUpAccount', { changeId: fresh?.id ?? '' })).to).toBe('/billing?done=accountGivenUp');
    expect(await billingOf(memberId)).toMatchObject({ ibanLast4: last4 });
  });
});
