import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerQuoteQuestion } from '../../database/quote-questions.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { readPdf } from '../support/pdf-text.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';
import type { Person } from '../../steps/step.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
const staff = await addStaff(db);

const line = (label: string, unitCents: number, more: object = {}) => ({ section: 'Conception', kind: 'flat', label, quantityMilli: 1000, unitCents, optional: false, offered: false, ...more });
const firstLines = [line('Création du site', 83_000), line('Traduction anglaise', 16_600, { optional: true }), line('Formation', 8_300, { optional: true })];

async function quoted(options: Parameters<typeof beginStory>[1] = {}): Promise<{ story: Story; member: Person; path: string; client: Awaited<ReturnType<typeof signInToPages>>; roundId: string }> {
  const story = await beginStory(deps, options);
  const member = await addMember(db, 'Solène');
  await story.approve();
  await story.publish();
  await story.apply(member);
  await story.chooseAll();
  await story.quote(member, firstLines);
  await story.sendQuote();
  const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
  return { story, member, roundId: round.id, path: `/projects/${story.ref}/p/quote/${round.id}`, client: await signInToPages(house, story.client) };
}

async function colleague(projectId: string, role: string) {
  const { companyId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const { id } = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@clients.test`, name: `Ida ${role}`, role, confirmedAt: new Date() } });
  return signInToPages(house, { kind: 'client', id });
}

const quoteOf = (roundId: string) => db.clientQuote.findFirstOrThrow({ where: { roundId }, orderBy: { version: 'desc' } });
const optionIds = async (roundId: string) => (await db.quoteLine.findMany({ where: { optional: true, quote: { roundId, state: 'included' } }, orderBy: { position: 'asc' } })).map(({ id }) => id);
const total = (html: string, name: string): string => new RegExp(`data-total="${name}"[^>]*>([^<]*)<`).exec(html)?.[1] ?? '';

describe('C9 options, without a script', () => {
  it('C9: ticked in the address or by the button, the totals follow, nothing typed is lost and nothing is stored', async () => {
    const { client, path, roundId } = await quoted();
    const [translation = '', training = ''] = await optionIds(roundId);
    const plain = (await client.get(path)).html;
    expect([total(plain, 'members'), total(plain, 'fee'), total(plain, 'net'), total(plain, 'gross')]).toEqual(['830,00 €', '170,00 €', '1 000,00 €', '1 200,00 €']);
    const { html } = await client.get(`${path}?optionLineIds=${translation}&optionLineIds=${training}`);
    expect([total(html, 'members'), total(html, 'fee'), total(html, 'net'), total(html, 'gross')]).toEqual(['1 079,00 €', '221,00 €', '1 300,00 €', '1 560,00 €']);
    expect(html.match(/value="[^"]+"[^>]*checked/g)).toHaveLength(2);
    const posted = await client.post(`${path}/do/signQuote`, { do: 'recalculate', optionLineIds: [training], signerName: 'Claire Delmas', clientQuoteId: (await quoteOf(roundId)).id });
    expect([posted.status, total(posted.html, 'gross')]).toEqual([200, '1 320,00 €']);
    expect(posted.html).toContain('value="Claire Delmas"');
    expect(await quoteOf(roundId)).toMatchObject({ state: 'sent', tickedOptions: [], totalWithTaxCents: 120_000 });
    expect(await db.submission.count({ where: { subject: `quote-review/${(await db.quoteRound.findUniqueOrThrow({ where: { id: roundId } })).ref}`, step: 'signQuote' } })).toBe(0);
  });

  it('C9: who may only read tries options too, and may neither sign, ask, nor decline', async () => {
    const { story, path, roundId } = await quoted();
    const reader = await colleague(story.projectId, 'read_only');
    const [translation = ''] = await optionIds(roundId);
    const { html } = await reader.get(`${path}?optionLineIds=${translation}`);
    expect(total(html, 'gross')).toBe('1 440,00 €');
    expect(html).toMatch(/<form id="quote-form" method="get"/);
    expect(html).not.toContain('/do/');
    const clientQuoteId = (await quoteOf(roundId)).id;
    for (const act of ['askQuestion', 'signQuote', 'declineQuote', 'askQuoteChange']) expect((await reader.post(`${path}/do/${act}`, { clientQuoteId, text: 'Combien ?', reason: 'Non', signerName: 'Ida', consent: 'yes' })).status).toBe(403);
    expect(await db.quoteQuestion.count({ where: { clientQuoteId } })).toBe(0);
    const contributor = await colleague(story.projectId, 'contributor');
    expect((await contributor.get(path)).html).toContain('/do/askQuestion');
    expect((await contributor.post(`${path}/do/signQuote`, { clientQuoteId, signerName: 'Ida', consent: 'yes' })).status).toBe(403);
  });
});

describe('Q6 the fee apart, explained', () => {
  it('Q6: of the final amount: in words, on 100 €, and on this quote', async () => {
    const { client, path } = await quoted();
    const { html } = await client.get(path);
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('Leur taux est de 17 % du montant final hors taxes, c’est-à-dire du travail de l’équipe et des frais réunis.');
    expect(text).toContain('Sur 100 € hors taxes que vous payez, 83,00 € vont à l’équipe et 17,00 € sont nos frais.');
    expect(text).toContain('830,00 € + 170,00 € = 1 000,00 € ; 17 % × 1 000,00 € = 170,00 €');
  });

  it('Q6: of the team’s work, likewise', async () => {
    const { client, path } = await quoted({ terms: { feeBasis: 'of_members_total' } });
    const { html } = await client.get(path);
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('Leur taux est de 17 % du travail de l’équipe hors taxes.');
    expect(text).toContain('Pour 100 € de travail, nos frais sont de 17,00 € : vous payez 117,00 € hors taxes.');
    expect(text).toContain('830,00 € × 17 % = 141,10 €');
    expect(total(html, 'net')).toBe('971,10 €');
  });
});

describe('C9 questions', () => {
  it('C9: asked once on a line or on the whole, mailed to who follows the project, answered once, shown to every collaborator, mailed to the asker', async () => {
    const { client, story, path, roundId } = await quoted();
    const quote = await quoteOf(roundId);
    const { id: lineId } = await db.quoteLine.findFirstOrThrow({ where: { label: 'Création du site', quote: { roundId } } });
    const key = randomUUID();
    const ask = () => client.post(`${path}/do/askQuestion`, { clientQuoteId: quote.id, lineId, text: 'Combien de gabarits ?' }, key);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status, to }) => [status, to])).toEqual(Array.from({ length: 3 }, () => [303, `${path}?done=questionAsked`]));
    await client.post(`${path}/do/askQuestion`, { clientQuoteId: quote.id, text: 'Quand commence-t-on ?' }, key);
    const asked = await db.quoteQuestion.findMany({ where: { clientQuoteId: quote.id }, orderBy: { createdAt: 'asc' } });
    expect(asked).toMatchObject([{ lineId, lineLabel: 'Création du site', text: 'Combien de gabarits ?', authorName: 'Claire Delmas' }, { lineId: null, text: 'Quand commence-t-on ?' }]);
    const mails = () => db.mail.findMany({ where: { template: 'staff_quote_question', projectId: story.projectId }, orderBy: { createdAt: 'asc' } });
    await eventually(async () => expect(await mails()).toMatchObject([{ state: 'sent', toId: staff.id }, { state: 'sent' }]));
    expect((await mails())[0]?.text).toContain('Combien de gabarits ?');

    const reader = await colleague(story.projectId, 'read_only');
    expect((await reader.get(path)).html).toContain('Votre account manager va vous répondre.');
    const question = asked[0]?.id ?? '';
    const by = { kind: 'staff' as const, id: staff.id, name: 'Nadia Ferrand' };
    const answer = (form: string) => db.$transaction((tx) => answerQuoteQuestion(tx, { by, at: Date.now(), secret: deps.secret }, { id: question, key: form, answer: 'Six gabarits, sur mobile aussi.' }));
    const form = randomUUID();
    expect(await answer(form)).toHaveLength(1);
    expect(await answer(form)).toEqual([]);
    await expect(answer(randomUUID())).rejects.toMatchObject({ code: 'question_answered' });
    const page = (await reader.get(path)).html;
    expect(page.indexOf('Six gabarits')).toBeGreaterThan(page.indexOf('Création du site'));
    expect(page.indexOf('Six gabarits')).toBeLessThan(page.indexOf('Traduction anglaise'));
    const told = await db.mail.findMany({ where: { template: 'quote_question_answered', projectId: story.projectId } });
    expect(told).toMatchObject([{ toId: story.client.id }]);
    const { linkId } = told[0]?.data as { linkId: string };
    expect((await withCookie(url).get(linkPath(linkToken(deps.secret, linkId)))).html).toContain('Six gabarits');
    expect((await db.auditEvent.findMany({ where: { projectId: story.projectId, action: { startsWith: 'round.quote' } } })).map(({ action }) => action).sort()).toEqual(['round.quoteAnswer', 'round.quoteQuestion', 'round.quoteQuestion']);
  });

  it('C9: what is wrong is said beside what was typed; nothing is asked about a line of another quote, or of another project', async () => {
    const { client, path, roundId } = await quoted();
    const other = await quoted();
    const quote = await quoteOf(roundId);
    const { id: lineId } = await db.quoteLine.findFirstOrThrow({ where: { label: 'Création du site', quote: { roundId } } });
    const short = await client.post(`${path}/do/askQuestion`, { clientQuoteId: quote.id, lineId, text: 'x<' });
    expect(short.status).toBe(422);
    expect(short.html).toMatch(new RegExp(`id="ask-${lineId}"[^>]*>x&lt;</textarea>`));
    expect(short.html).toMatch(/<details class="ask" open/);
    const { id: strange } = await db.quoteLine.findFirstOrThrow({ where: { quote: { roundId: other.roundId } } });
    expect((await client.post(`${path}/do/askQuestion`, { clientQuoteId: quote.id, lineId: strange, text: 'Combien ?' })).status).toBe(422);
    expect((await client.post(`${path}/do/askQuestion`, { clientQuoteId: (await quoteOf(other.roundId)).id, text: 'Combien ?' })).status).toBe(422);
    expect(await db.quoteQuestion.count({ where: { clientQuote: { roundId: { in: [roundId, other.roundId] } } } })).toBe(0);
  });
});

describe('Q2 versions', () => {
  it('Q2, C9: what changed is told in words and amounts; the earlier version stays readable and cannot be signed', async () => {
    const { client, story, member, path, roundId } = await quoted();
    const first = await quoteOf(roundId);
    await client.post(`${path}/do/askQuestion`, { clientQuoteId: first.id, text: 'Peut-on réduire ?' });
    expect((await client.post(`${path}/do/askQuoteChange`, { clientQuoteId: first.id, reason: 'Deux journées de moins.' })).status).toBe(303);
    await story.quote(member, [line('Création du site', 66_400), line('Reprise des textes', 12_450), line('Formation', 8_300, { offered: true })], { discountCents: 8_300 });
    await story.sendQuote();
    const { html } = await client.get(path);
    const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('Ce qui a changé depuis la version 1');
    for (const said of [
      'Modifié : Création du site — le prix unitaire — 830,00 € devient 664,00 €', 'Ajouté : Reprise des textes, 124,50 €', 'Offert : Formation, qui valait 83,00 €', 'Retiré : Traduction anglaise, 166,00 €',
      'Remise : 0,00 € devient 83,00 €', 'Frais OFF-WORKS : 170,00 € deviennent 144,50 €', 'Total TTC : 1 200,00 € devient 1 020,00 €', 'Deux journées de moins.',
    ]) expect(text).toContain(said);
    expect(text).toContain('Peut-on réduire ?');
    const old = await client.get(`${path}?version=1`);
    expect(old.html).toContain('La version 2 l’a remplacée');
    expect(total(old.html, 'gross')).toBe('1 200,00 €');
    expect(old.html).toContain('Traduction anglaise');
    expect(old.html).not.toContain('/do/');
    expect((await client.get(`${path}?version=9`)).status).toBe(404);
    expect((await client.post(`${path}/do/signQuote`, { clientQuoteId: first.id, signerName: 'Claire Delmas', consent: 'yes' })).status).toBe(422);
    expect((await client.post(`${path}/do/askQuestion`, { clientQuoteId: first.id, text: 'Et la première ?' })).status).toBe(422);
  });
});

describe('Q7 signed, and its documents', () => {
  it('C9, Q7: the PDF has the same totals as the page; the certificate says who, when, from where, and the SHA-256 of what was signed', async () => {
    const { client, story, path, roundId } = await quoted();
    const [translation = ''] = await optionIds(roundId);
    const sent = await quoteOf(roundId);
    const pdfPath = `/projects/${story.ref}/document/${sent.documentId}.pdf`;
    expect((await client.get(path)).html).toContain(`href="${pdfPath}"`);
    const fetched = await fetch(`${url}${pdfPath}`, { headers: { cookie: client.cookie } });
    expect(fetched.headers.get('content-type')).toBe('application/pdf');
    expect(fetched.headers.get('content-disposition')).toMatch(/^attachment; filename="Devis-[\w-]+-version-1\.pdf"$/);
    const sentPdf = await readPdf(new Uint8Array(await fetched.arrayBuffer()));
    for (const amount of ['830,00 €', '170,00 €', '1 000,00 €', '200,00 €', '1 200,00 €']) expect(sentPdf.text).toContain(amount);

    expect((await client.post(`${path}/do/signQuote`, { clientQuoteId: sent.id, optionLineIds: [translation], signerName: 'Claire Delmas', signerTitle: 'Gérante', consent: 'yes' })).status).toBe(303);
    const signature = await db.signature.findUniqueOrThrow({ where: { clientQuoteId: sent.id } });
    const { html } = await client.get(path);
    expect(total(html, 'gross')).toBe('1 440,00 €');
    expect(html).toContain(signature.documentSha256);
    expect(html).toContain('Signé par Claire Delmas');
    expect(html).toContain(signature.ip);
    const read = async (id: string | null) => readPdf(new Uint8Array(await (await fetch(`${url}/projects/${story.ref}/document/${id}.pdf`, { headers: { cookie: client.cookie } })).arrayBuffer()));
    const signed = await read((await quoteOf(roundId)).documentId);
    expect(signed.text).toContain('1 440,00 €');
    expect(signed.info.Subject).toBe(`SHA-256 ${signature.documentSha256}`);
    const certificate = await read(signature.certificateId);
    for (const said of ['Claire Delmas', 'Gérante', signature.documentSha256, signature.ip, '1 440,00 €', 'heure de Paris']) expect(certificate.text).toContain(said);
  });

  it('C6, C9: a PDF is for those its document is for, behind a session or a personal link', async () => {
    const { story, roundId } = await quoted();
    const other = await quoted();
    const { documentId } = await quoteOf(roundId);
    expect((await other.client.get(`/projects/${story.ref}/document/${documentId}.pdf`)).status).toBe(404);
    expect((await other.client.get(`/projects/${other.story.ref}/document/${documentId}.pdf`)).status).toBe(404);
    expect((await withCookie(url).get(`/projects/${story.ref}/document/${documentId}.pdf`)).status).toBe(303);
    const mail = await db.mail.findFirstOrThrow({ where: { template: 'client_quote_sent', projectId: story.projectId } });
    const link = linkPath(linkToken(deps.secret, (mail.data as { linkId: string }).linkId));
    expect((await withCookie(url).get(`${link}/document/${documentId}.pdf`)).headers.get('content-type')).toBe('application/pdf');
    expect((await withCookie(url).get(`${link}/document/${(await quoteOf(other.roundId)).documentId}.pdf`)).status).toBe(404);
  });
});
