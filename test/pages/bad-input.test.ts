import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/open.ts';
import type { LinkPurpose } from '../../domain/links.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import type { Person } from '../../steps/step.ts';
import { depositBrief } from '../support/deposit-brief.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';

const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);

const linkFor = async (person: Person, purpose: LinkPurpose, projectId: string | null, subjectId: string | null, at = Date.now()): Promise<string> => {
  const id = await db.$transaction((tx) => createLink(tx, secret, { purpose, ownerKind: person.kind as 'client' | 'member', ownerId: person.id, projectId, subjectId, at }));
  return linkPath(linkToken(secret, id));
};
const get = (path: string, headers: Record<string, string> = {}, base = url) => fetch(`${base}${path}`, { redirect: 'manual', headers });
const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}, base = url) =>
  fetch(`${base}${path}`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ key: randomUUID(), ...body }) });
const signIn = async (person: Person): Promise<Record<string, string>> => {
  const response = await post(await linkFor(person, 'sign_in', null, null), {});
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
};

const member = await addMember(db, 'Agathe');
const stranger = await addMember(db, 'Bertrand');
const story = await beginStory(deps);
await story.untilSigned([member]);
const other = await beginStory(deps, { company: 'Autre Maison' });
const invoicing = await linkFor(member, 'member_invoicing', story.projectId, story.projectId);

describe('M10 personal links', () => {
  it('unknown, expired, revoked and used links say what to do', async () => {
    expect((await get('/l/nobody-knows-this-link')).status).toBe(404);
    const expired = await linkFor(member, 'member_documents', null, null, Date.now() - 100 * 86_400_000);
    const answer = await get(expired);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('expiré');
    const revoked = await linkFor(member, 'alert_settings', null, null);
    expect((await get(revoked)).status).toBe(200);
    await db.personalLink.updateMany({ where: { purpose: 'alert_settings', ownerId: member.id }, data: { revokedAt: new Date() } });
    expect((await get(revoked)).status).toBe(410);
    const once = await linkFor(member, 'sign_in', null, null);
    expect((await get(once)).status).toBe(200); // a scanner that follows the link uses nothing
    expect((await post(once, {})).status).toBe(303);
    expect((await post(once, {})).status).toBe(410);
  });

  it('goes nowhere: no referrer, no foreign address, never cached', async () => {
    const response = await get(invoicing);
    const html = await response.text();
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(html).not.toMatch(/(src|href|action)="https?:/);
    expect(html).toContain('Agathe');
  });

  it('an address puts no words of its own on a page, is never read as a template, and names no act nor page but ours', async () => {
    for (const done of ['Payez sur un autre compte', '{{', '{{#each this}}{{@key}}{{/each}}', 'constructor']) {
      const answer = await get(`/?done=${encodeURIComponent(done)}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('role="status"');
    }
    expect(await (await get('/?done=signedOut')).text()).toContain('role="status"');
    const cookie = await signIn(story.client);
    for (const act of ['toString', 'constructor', 'valueOf']) expect((await post(`${invoicing}/do/${act}`, {})).status).toBe(404);
    expect((await get(`${invoicing}/p/constructor/${story.projectId}`)).status).toBe(404);
    expect((await get(`/projects/${story.ref}/p/toString/${story.projectId}`, cookie)).status).toBe(404);
  });

  it('a page that is not there says so to whoever is signed in without telling them to sign in', async () => {
    const cookie = await signIn(story.client);
    for (const path of ['/nowhere', `/projects/${other.ref}`, '/l/nobody-knows-this-link']) {
      const answer = await get(path, cookie);
      const html = await answer.text();
      expect([answer.status, html.includes('Claire Delmas'), html.includes('href="/sign-in"'), html.includes('Aller à mon espace')]).toEqual([404, true, false, true]);
    }
    expect(await (await get('/nowhere')).text()).toContain('href="/sign-in"');
  });

  it('signs nobody types are left out of what is posted, and name nothing in an address', async () => {
    const cookie = await signIn(story.client);
    for (const path of ['/projects/%00', `/projects/${story.ref}/p/quote/%00`, `/projects/${story.ref}/document/%00`, '/home?q=%00', '/pictures/%00']) expect([path, (await get(path, cookie)).status]).toEqual([path, 404]);
    expect((await post(`/projects/${story.ref}/do/setOrderNumber`, { orderNumber: 'BC\u0000-\u000712' }, cookie)).status).toBe(303);
    expect(await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).toMatchObject({ orderNumber: 'BC-12' });
    expect((await post('/sign-in', { email: 'a\u0000@nobody.test' })).status).toBe(303);
  });

  it('a sign-in asked for by pressing twice is one mail', async () => {
    const { email } = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });
    const key = randomUUID();
    const asked = () => post('/sign-in', { email, key });
    expect((await Promise.all([asked(), asked()])).map(({ status }) => status)).toEqual([303, 303]);
    expect([(await asked()).status, await db.mail.count({ where: { template: 'sign_in', toEmail: email } })]).toEqual([303, 1]);
  });

  it('opens its own page only: another subject, another member’s invoice or document stay closed', async () => {
    const invoice = await story.enterAmount(member, 1_000);
    const { id, documentId } = await db.memberInvoice.findUniqueOrThrow({ where: { ref: invoice.ref } });
    const strangers = await linkFor(stranger, 'member_invoicing', story.projectId, story.projectId);
    expect((await get(strangers)).status).toBeGreaterThanOrEqual(400);
    expect((await get(`${strangers}/p/preview/${id}`)).status).toBe(404);
    expect((await get(`${strangers}/document/${documentId ?? ''}`)).status).toBe(404);
    expect((await post(`${strangers}/p/preview/${id}/do/reportAnomaly`, { reason: 'Pas à moi' })).status).toBe(404);
    expect((await get(`${invoicing}/p/project/${story.projectId}`)).status).toBe(404);
    expect((await get(`${invoicing}/document/${documentId ?? ''}`)).status).toBe(200);
  });
});

describe('I1 amounts as people type them', () => {
  it.each([['-5'], ['0'], ['cent euros'], ['12,345'], ['1e3'], ['']])('« %s » is refused in words and stays in the field', async (typed) => {
    const response = await post(`${invoicing}/do/enterAmount`, { amount: typed });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('Saisissez un montant en chiffres');
    expect(html).toContain(`value="${typed}"`);
  });

  it('above what is left: the page says what is left', async () => {
    const response = await post(`${invoicing}/do/enterAmount`, { amount: '9 999,99' });
    expect(response.status).toBe(422);
    expect((await response.text()).replace(/[\u00a0\u202f]/g, ' ')).toMatch(/Il reste 8\d\d,00 € à facturer/);
  });

  it.each([['10,50', 1_050], ['1\u202f0,00 €'.replace('\u202f', ''), 1_000], ['20.00', 2_000]])('« %s » is %i cents, and posting it twice is one invoice (W4)', async (typed, cents) => {
    const key = randomUUID();
    const answers = await Promise.all([post(`${invoicing}/do/enterAmount`, { key, amount: typed }), post(`${invoicing}/do/enterAmount`, { key, amount: typed })]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await db.submission.findUniqueOrThrow({ where: { id: key } })).toMatchObject({ state: 'done', payload: { amountCents: cents } });
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'memberInvoice.entered', data: { path: ['amountCents'], equals: cents } } })).toBeGreaterThan(0);
  });
});

describe('Q1 a quote for a project in another stage', () => {
  it('is refused in words, and nothing typed is lost', async () => {
    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    const link = await linkFor(member, 'member_quote', story.projectId, round.id);
    const response = await post(`${link}/do/submitQuote`, { 'lines[0][label]': 'Une maquette', 'lines[0][kind]': 'days', 'lines[0][quantity]': '1', 'lines[0][unit]': '500', paymentSchedule: 'end' });
    expect(response.status).toBe(409);
    expect(await response.text()).toMatch(/agi entre-temps|terminé/);
    expect(await db.submission.count({ where: { step: 'submitQuote', subject: `quote-review/${story.ref}`, state: 'refused' } })).toBe(1);
  });
});

describe('C6 another company sees nothing', () => {
  it('every page of a project is closed to another company, and to nobody signed in', async () => {
    const foreign = await signIn(other.client);
    const [round, quote] = [await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } }), await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } })];
    const paths = [`/projects/${story.ref}`, `/projects/${story.ref}/p/quote/${round.id}`, `/projects/${story.ref}/document/${quote.documentId ?? ''}`, `/projects/${other.ref}/p/quote/${round.id}`, `/projects/${other.ref}/document/${quote.documentId ?? ''}`];
    for (const path of paths) expect([path, (await get(path, foreign)).status]).toEqual([path, 404]);
    for (const path of paths) expect([path, (await get(path)).status]).toEqual([path, 303]);
    expect((await post(`/projects/${story.ref}/do/withdraw`, { reason: 'Pas le mien' }, foreign)).status).toBe(404);
    const own = await signIn(story.client);
    expect((await get(`/projects/${story.ref}`, own)).status).toBe(200);
    expect((await get(`/projects/${story.ref}/document/${quote.documentId ?? ''}`, own)).status).toBe(200);
  });

  it('a form of another site is refused', async () => {
    const own = await signIn(story.client);
    expect((await post(`/projects/${story.ref}/do/withdraw`, { reason: 'Piège' }, { ...own, origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('C1 what is typed is shown as text', () => {
  it('a brief with markup is escaped', async () => {
    const response = await depositBrief(house.url, { title: '<script>alert(1)</script>', problem: 'x' });
    const { html } = response;
    expect(response.status).toBe(422);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('in English for those who read English', async () => {
    const html = await (await get('/brief', { 'accept-language': 'en' })).text();
    expect(html).toContain('lang="en"');
    expect(html).toContain('Hand in a brief');
  });
});

describe('W4 parts of ours away during a post', () => {
  it('Temporal away: a plain message, the submission kept, and the same form posted again goes through', async () => {
    const nowhere = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 300 }) });
    const lonely = await house.another({ temporal: nowhere });
    const fresh = await beginStory(deps, { company: 'Maison Patiente' });
    await fresh.approve();
    const link = await linkFor(fresh.client, 'client_project', fresh.projectId, null);
    const key = randomUUID();
    const away = await post(`${link}/do/withdraw`, { key, reason: 'Le budget est reporté.' }, {}, lonely);
    expect(away.status).toBe(503);
    const html = await away.text();
    expect(html).toMatch(/Ce que vous avez saisi est gardé|Votre demande est gardée/);
    expect(html).toContain('Le budget est reporté.');
    expect(await db.submission.findUniqueOrThrow({ where: { id: key } })).toMatchObject({ state: 'pending' });
    expect(await fresh.stage()).toBe('approved');
    expect((await post(`${link}/do/withdraw`, { key, reason: 'Le budget est reporté.' })).status).toBe(303);
    expect(await fresh.stage()).toBe('withdrawn');
  });

  it('PostgreSQL away: nothing is accepted, and the page offers the same post again', async () => {
    const lonely = await house.another({ db: openDatabase({ url: 'postgresql://nobody:x@127.0.0.1:1/none' }) });
    const response = await post(`${invoicing}/do/enterAmount`, { amount: '12,00' }, {}, lonely);
    expect(response.status).toBe(503);
    const html = await response.text();
    expect(html).toContain('Réessayer');
    expect(html).toContain('value="12,00"');
    expect(html).not.toMatch(/at .*\.ts:\d+/);
    // A page only read is offered to be read again; signing in would not help.
    const read = await get(invoicing, {}, lonely);
    const page = await read.text();
    expect([read.status, page.includes(`href="${invoicing}">Réessayer`), page.includes('Me connecter')]).toEqual([503, true, false]);
  });

  it('mail away: the step is done, and the mail leaves later', async () => {
    house.mailbox.misbehave('refuse_for_now');
    const fresh = await beginStory(deps, { company: 'Maison Muette' });
    await fresh.approve();
    expect(await fresh.stage()).toBe('approved');
    house.mailbox.misbehave(null);
    const owner = await db.clientUser.findUniqueOrThrow({ where: { id: fresh.client.id } });
    await house.mailbox.waitFor((mail) => mail.to.includes(owner.email) && /peut démarrer/.test(mail.subject), 20_000);
  });
});
