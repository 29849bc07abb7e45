/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { acceptLead } from '../../database/leads/decide.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { resolveAnomaly } from '../../steps/invoice-steps.ts';
import { acceptCandidature, acceptDocument } from '../../steps/membership-steps.ts';
import type { Person } from '../../steps/step.ts';
import { pageTexts } from '../../web/locale.ts';
import { sendQueuedMail } from '../../web/send-queued-mail.ts';
import { frenchIban } from '../support/bank.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { pdfFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { MetOnTheWay } from '../support/met-on-the-way.ts';
import { rowsAbout } from '../support/rows-about.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const browser = await launchBrowser();
const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const [identity, motion] = await Promise.all([['identite', 'Identité'], ['motion', 'Motion design']].map(([slug = '', name = ''], position) => db.theme.create({ data: { slug, nameFr: name, nameEn: name, position } })));
await db.downloadFile.create({ data: { sha256: 'guide', bytes: new Uint8Array([1]) } });
await db.download.create({ data: { name: 'Bien répondre à un brief', kind: 'guide', locale: 'fr', version: '1.0', fileName: 'guide.pdf', mediaType: 'application/pdf', size: 240_000, sha256: 'guide', published: true, byName: 'Nadia', createdAt: new Date() } });
const [tomPerson, ninaPerson] = [await addMember(db, 'Tom Verdier', { billing: false }), await addMember(db, 'Nina Roche')];
await db.member.update({ where: { id: tomPerson.id }, data: { headline: 'Motion designer' } });
const tomEmail = (await db.member.findUniqueOrThrow({ where: { id: tomPerson.id } })).email;
const folder = await mkdtemp(join(tmpdir(), 'member-'));
const file = async (name: string, content: Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

interface Walker { readonly context: BrowserContext; readonly page: Page; readonly met: MetOnTheWay }
async function walker(javaScriptEnabled = true): Promise<Walker> {
  const context = await browser.newContext({ viewport: { width: 1_180, height: 900 }, locale: 'fr-FR', bypassCSP: true, javaScriptEnabled });
  context.setDefaultTimeout(10_000);
  return { context, page: await context.newPage(), met: new MetOnTheWay(url) };
}
async function signIn({ context }: Walker, person: Person): Promise<void> {
  const [name = '', value = ''] = (await signInToPages(house, person)).cookie.split('=');
  await context.addCookies([{ name, value, url }]);
}
const cookieOf = async ({ context }: Walker): Promise<string> => (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ');

/** What a page of the way must be: nothing serious against it on a desktop, nothing that overflows on a phone, no text without its sentence. */
async function look({ page, met }: Walker, name: string): Promise<void> {
  await met.note(page);
  const shot = (width: number): Promise<unknown> => (process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true }) : Promise.resolve());
  await shot(1_180);
  expect([name, await seriousProblems(page)]).toEqual([name, []]);
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(390);
  expect([name, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([name, true]);
  await page.setViewportSize({ width: 1_180, height: 900 });
  expect([name, (await page.locator('main').innerText()).split(/[\s ]+/).filter((word) => pageKey.test(word))]).toEqual([name, []]);
}
/** A text that has no sentence shows its key: `mi.title`. */
const pageKey = new RegExp(`^(${[...new Set(Object.keys(pageTexts.fr).map((key) => key.split('.')[0]))].join('|')}|[a-z]{1,2})\\.[a-z]\\w*(\\.\\w+)*$`);
const tokens = new Map<string, string>();
/** The link of the last e-mail of that kind to somebody, made again from its secret as the mail's own was. */
async function mailed(template: string, toEmail: string): Promise<string> {
  let token = '';
  await eventually(async () => {
    const mail = await db.mail.findFirstOrThrow({ where: { template, toEmail }, orderBy: { createdAt: 'desc' } });
    token = linkToken(deps.secret, (mail.data as { linkId: string }).linkId);
  });
  tokens.set(`${template} ${toEmail}`, token);
  return `${url}${linkPath(token)}`;
}
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click();
const open = (page: Page, summary: string): Promise<void> => page.locator('summary', { hasText: summary }).first().click();
const fill = async (page: Page, prefix: string, fields: Record<string, string>): Promise<void> => {
  for (const [name, text] of Object.entries(fields)) await page.locator(`${prefix}${name}`).fill(text);
};
const saying = (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor();

const lea = await walker();
const tom = await walker(false); // JavaScript is off all along his way
const nina = await walker(false);
await signIn(tom, tomPerson);
await signIn(nina, ninaPerson);
const leaEmail = 'lea@atelier-lea.test';
let leaPerson: Person;
let story: Story;
let root = '';
let otherRoot = ''; // what Nina answers
let roundId = '';
let applicationId = '';

describe.sequential('M1 to M14 played by two members of a team, one outside it', { timeout: 60_000 }, () => {
  it('M1: a candidature is written, confirmed from its e-mail and accepted; the e-mail that says so lets her in', async () => {
    const { page } = lea;
    await page.goto(`${url}/candidature`);
    await look(lea, 'candidature');
    await page.getByLabel('Indépendant', { exact: true }).check();
    for (const [label, text] of [['Votre nom', 'Léa Delorme'], ['Votre e-mail', leaEmail], ['Votre métier', 'Directrice artistique'], ['Votre parcours', 'Dix ans d’identités pour des lieux de culture.'], ['Référence 1', 'Festival Nova'], ['Lien 1', 'festival-nova.test']] as const) await page.getByLabel(label).fill(text);
    await press(page, 'Envoyer ma candidature');
    await saying(page, 'Votre candidature est gardée');
    await page.goto(await mailed('candidature_confirm', leaEmail));
    await press(page, 'Confirmer et envoyer');
    await saying(page, 'Votre candidature est bien reçue');
    const member = await db.member.findUniqueOrThrow({ where: { email: leaEmail } });
    leaPerson = { kind: 'member', id: member.id };
    story = await beginStory(deps, { company: 'Brasserie des Halles' });
    await db.project.update({ where: { id: story.projectId }, data: { title: 'Une identité pour la brasserie' } });
    root = `/projects/${story.ref}`;
    await story.ask(acceptCandidature, { message: 'Votre regard nous plaît.' }, story.staff, `membership/${member.handle}`);
    await page.goto(await mailed('candidature_accepted', leaEmail));
    await page.locator('main button').first().click();
    await page.waitForURL(`${url}/home*`);
    await look(lea, 'home-empty');
  });

  it('M2: her profile says who she is, shows a face and a reference, and follows a theme', async () => {
    const { page } = lea;
    await page.goto(`${url}/profile`);
    await page.locator('#saveProfile-presentation').fill('Je dessine des identités qui tiennent sur un bock comme sur une façade.');
    await page.locator('#saveProfile-skills').fill('identité, typographie, enseigne');
    await page.locator('#saveProfile-dayRate').fill('450');
    await page.locator('[name=availability][value=now]').check();
    await press(page, 'Enregistrer');
    await saying(page, 'Votre profil est à jour');
    await page.locator('#saveFace-picture').setInputFiles(await file('lea.jpg', await sharp({ create: { width: 600, height: 600, channels: 3, background: 'teal' } }).jpeg().toBuffer()));
    await press(page, 'Ajouter la photo');
    await saying(page, 'Votre photo est en place');
    await page.getByLabel('Identité : je la suis').check();
    await page.getByLabel('Identité : je la pratique').check();
    await press(page, 'Enregistrer mes thématiques');
    await page.goto(`${url}/profile/references/new`);
    await look(lea, 'reference-new');
    await page.locator('#saveReference-title').fill('Enseigne du théâtre des Deux Ponts');
    await page.locator('#saveReference-picture').setInputFiles(await file('enseigne.png', await sharp({ create: { width: 800, height: 600, channels: 3, background: 'orange' } }).png().toBuffer()));
    await press(page, 'Enregistrer la référence');
    await saying(page, 'La référence est enregistrée');
    await look(lea, 'profile');
    await page.getByRole('link', { name: /Modifier.*Enseigne/ }).click();
    await look(lea, 'reference');
    await page.goto(`${url}/profile/preview`);
    await saying(page, 'qui tiennent sur un bock');
    await look(lea, 'profile-preview');
    await page.goto(`${url}/alerts`);
    await look(lea, 'alerts');
  });

  it('M5, M7: a project published on her theme comes by e-mail, opens from its link, and heads her feed', async () => {
    await db.projectTheme.create({ data: { projectId: story.projectId, themeId: identity?.id ?? '' } });
    await story.approve();
    await story.publish();
    const other = await beginStory(deps, { company: 'Ailleurs SARL' });
    await db.projectTheme.create({ data: { projectId: other.projectId, themeId: motion?.id ?? '' } });
    otherRoot = `/projects/${other.ref}`;
    await other.approve();
    await other.publish();
    const { page } = lea;
    await page.goto(await mailed('project_alert', leaEmail));
    await page.getByRole('heading', { name: 'Une identité pour la brasserie' }).waitFor();
    await look(lea, 'alert-link');
    await page.goto(`${url}/home`);
    await look(lea, 'feed');
    expect(await page.locator('.feed-project h4').allInnerTexts()).toEqual(['Une identité pour la brasserie', 'Refonte du site']);
    // Nina answers the other one, without a script: too short is said beside the field, and what she wrote is still there.
    await nina.page.goto(`${url}${otherRoot}`);
    await nina.page.locator('#apply-message').fill('Je suis partante.');
    await press(nina.page, 'Envoyer ma candidature');
    expect(await nina.page.locator('#apply-message').inputValue()).toBe('Je suis partante.');
    await nina.page.locator('#apply-message').fill('J’ai refait le site de deux mairies voisines, et leurs agents savent le tenir seuls.');
    await press(nina.page, 'Envoyer ma candidature');
    await saying(nina.page, 'Votre candidature est partie');
  });

  it('M8, M12: the fee is worked out before applying, and the project is sent to somebody it would suit', async () => {
    const { page } = lea;
    await page.goto(`${url}${root}`);
    await page.getByLabel('Montant hors taxes').fill('830');
    await press(page, 'Calculer');
    await saying(page, 'frais 170,00 €');
    await look(lea, 'brief-calculated');
    await open(page, 'Envoyer ce projet à quelqu’un');
    await page.locator('#share-email').fill('copine@ailleurs.test');
    await page.locator('#share-note').fill('Tu aimerais ces gens.');
    await page.locator('form[action$="/do/share"] button').click();
    await saying(page, 'C’est envoyé');
    const visitor = await walker();
    await visitor.page.goto(await mailed('project_shared', 'copine@ailleurs.test'));
    await saying(visitor.page, 'Léa Delorme a pensé à vous');
    await look(visitor, 'shared-project');
    await visitor.context.close();
  });

  it('M6: she starts a conversation with Tom in her team; he accepts, without a script; the client writes to them and chooses them', async () => {
    const { page } = lea;
    await page.goto(`${url}${root}`);
    await page.locator('#apply-message').fill('Votre brasserie a l’âge de mon atelier : j’ai dessiné trois enseignes du quartier et je passe devant la vôtre chaque matin.');
    await page.locator('#apply-mates').fill('Tom Verdier');
    await look(lea, 'brief-apply');
    await press(page, 'Envoyer ma candidature');
    await saying(page, 'Votre candidature est partie');
    await look(lea, 'brief-applied');
    await tom.page.goto(`${url}/home`);
    await tom.page.getByRole('link', { name: 'Une identité pour la brasserie' }).first().click();
    await tom.page.locator('#answerTeamInvitation-message').fill('Avec plaisir, je m’occupe du mouvement.');
    await tom.met.note(tom.page);
    await press(tom.page, 'Rejoindre l’équipe');
    await saying(tom.page, 'Bienvenue dans l’équipe');
    applicationId = (await db.application.findFirstOrThrow({ where: { projectId: story.projectId } })).id;
    await page.reload();
    await saying(page, 'je m’occupe du mouvement');
    await page.getByRole('link', { name: /Ouvrir la conversation/ }).first().click();
    await page.locator('textarea[name=text]').fill('Peut-on visiter les cuves ?');
    await look(lea, 'conversation');
    await press(page, 'Envoyer');
    await page.locator('.log', { hasText: 'Peut-on visiter les cuves ?' }).waitFor();
    await page.goto(`${url}/conversations`);
    await look(lea, 'conversations');
    await story.chooseAll();
    await page.goto(await mailed('application_chosen', leaEmail));
    await page.getByRole('heading', { name: 'Mon devis' }).waitFor();
  });

  it('M9, M3: both write their quote and their billing entity: she as one types, he without a script', async () => {
    roundId = (await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } })).id;
    const entity = (page: Page, legalName: string, account: number) => fill(page, '#submitQuote-', { legalName, legalForm: 'EI', siret: '732 829 320 00074', address: '3 rue des Ateliers', postcode: '44000', city: 'Nantes', iban: frenchIban(account) });
    const line = (page: Page, index: number, label: string, quantity: string, unit: string) => fill(page, `#line-${index}-`, { label, quantity, unit });
    const { page } = lea;
    await page.goto(`${url}${root}/p/quote/${roundId}`);
    await line(page, 0, 'Dessin de l’enseigne', '2', '450');
    await line(page, 1, 'Charte de la carte', '1', '300');
    await page.locator('#submitQuote-conditions').fill('Deux allers-retours compris.');
    await page.locator('#files').setInputFiles(await file('planning-lea.pdf', pdfFile('Planning')));
    await press(page, 'Joindre');
    await page.getByRole('link', { name: 'planning-lea.pdf' }).waitFor();
    await entity(page, 'Atelier Delorme EI', 41);
    await look(lea, 'quote');
    await press(page, 'Envoyer mon devis');
    await page.getByRole('heading', { name: 'Votre devis est en vérification' }).waitFor();
    await look(lea, 'quote-sent');

    const his = tom.page;
    await his.goto(`${url}${root}/p/quote/${roundId}`);
    await line(his, 0, 'Animation du logo', '1', '415');
    await press(his, 'Des droits');
    await line(his, 2, 'Cession pour trois ans', '1', '100');
    await press(his, 'Recalculer');
    expect((await his.locator('.editor-totals [data-total=members]').innerText()).replace(/\s/g, ' ')).toBe('515,00 €');
    await his.locator('button[value=remove-1]').click();
    await entity(his, 'Verdier Images EI', 42);
    await his.locator('[name=mandate]').check();
    await tom.met.note(his);
    await press(his, 'Envoyer mon devis');
    await his.getByRole('heading', { name: 'Votre devis est en vérification' }).waitFor();
    await eventually(async () => expect(await db.memberQuote.findMany({ where: { roundId, state: 'submitted' }, select: { totalCents: true }, orderBy: { totalCents: 'desc' } })).toEqual([{ totalCents: 120_000 }, { totalCents: 51_500 }]));
    await mailed('quote_received', leaEmail);
    await story.sendQuote();
    await page.reload();
    await page.getByRole('heading', { name: 'Votre devis est chez le client' }).waitFor();
    await story.sign();
    await page.reload();
    await page.getByRole('heading', { name: 'Votre devis est accepté' }).waitFor();
  });

  it('M10, M11: an amount from the personal link, its preview, an anomaly on a line, and the invoice until it is paid out', async () => {
    const { page } = lea;
    const link = await mailed('quote_accepted', leaEmail);
    await page.goto(link);
    await look(lea, 'invoicing-link');
    await page.locator('#enterAmount-amount').fill('900');
    await press(page, 'Voir l’aperçu de ma facture');
    await saying(page, 'L’aperçu de votre facture vient de partir');
    await page.goto(await mailed('invoice_preview', leaEmail));
    await saying(page, '1 080,00 €');
    await open(page, 'Quelque chose ne va pas ?');
    await page.getByLabel('Charte de la carte').check();
    await look(lea, 'preview');
    await page.locator('#reportAnomaly-reason').fill('La carte n’est pas finie : enlevez-la.');
    await press(page, 'Signaler');
    await saying(page, 'le délai est suspendu');
    const { id, ref } = await db.memberInvoice.findFirstOrThrow({ where: { memberId: leaPerson.id } });
    expect(await db.memberInvoice.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'anomaly', anomaly: '« Charte de la carte » : La carte n’est pas finie : enlevez-la.' });
    await story.ask(resolveAnomaly, { amountCents: 60_000, resolution: 'La carte attendra.' }, story.staff, `member-invoice/${ref}`);
    await page.goto(`${url}${root}/p/preview/${id}`);
    await saying(page, 'La carte attendra.');
    await look(lea, 'preview-corrected');
    await press(page, 'Approuver l’aperçu');
    await saying(page, 'Merci, votre facture part');
    let clientRef = '';
    await eventually(async () => {
      const own = await db.memberInvoice.findUniqueOrThrow({ where: { id }, include: { clientInvoice: true } });
      expect(own.clientInvoice?.state).toBe('issued');
      clientRef = own.clientInvoice?.ref ?? '';
    });
    await page.goto(`${url}/my-invoices`);
    await look(lea, 'my-invoices');
    await story.pay(clientRef, (await db.clientInvoice.findUniqueOrThrow({ where: { ref: clientRef } })).totalCents);
    await story.sendPayouts(clientRef);
    await page.goto(`${url}${root}/p/invoicing/${story.projectId}`);
    await eventually(async () => {
      await page.reload();
      expect((await page.locator('.own-invoice').first().innerText()).replace(/\s/g, ' ')).toContain('720,00 € virés');
    });
    await look(lea, 'invoicing-paid');
    const pdf = await lea.context.request.get(`${url}${await page.locator('a[href$=".pdf"]').first().getAttribute('href') ?? ''}`);
    expect([pdf.status(), pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const year = await lea.context.request.get(`${url}/my-invoices/summary.csv`);
    expect(await year.text()).toContain('Une identité pour la brasserie');
    await page.goto(`${url}/billing`);
    await look(lea, 'billing');
  });

  it('M10: his own link, without a script: too much is refused beside the field, then the amount is taken', async () => {
    const { page } = tom;
    await page.goto(await mailed('quote_accepted', tomEmail));
    await page.locator('#enterAmount-amount').fill('515,01');
    await press(page, 'Voir l’aperçu de ma facture');
    expect(await page.locator('#enterAmount-amount').inputValue()).toBe('515,01');
    await page.locator('#enterAmount-amount').fill('515');
    await press(page, 'Voir l’aperçu de ma facture');
    await saying(page, 'L’aperçu de votre facture vient de partir');
    await page.goto(`${url}${root}/p/invoicing/${story.projectId}`);
    await tom.met.note(page);
    await page.locator('.own-invoice h3 a').first().click();
    await saying(page, 'pour signaler une anomalie');
    await tom.met.note(page);
  });

  it('M4: a document is sent, checked by staff, and in order', async () => {
    const { page } = lea;
    await page.goto(`${url}/my-documents`);
    await look(lea, 'documents');
    await page.locator('#kind').selectOption('urssaf');
    await page.locator('#file').setInputFiles(await file('attestation-lea.pdf', pdfFile()));
    await press(page, 'Transmettre');
    await saying(page, 'Nous le vérifions');
    const document = await db.memberDocument.findFirstOrThrow({ where: { memberId: leaPerson.id } });
    const { handle } = await db.member.findUniqueOrThrow({ where: { id: leaPerson.id } });
    await story.ask(acceptDocument, { documentId: document.id, expiresOn: '2099-01-31', verification: 'Code vérifié' }, story.staff, `membership/${handle}`);
    await page.reload();
    await saying(page, 'En ordre');
    await look(lea, 'documents-in-order');
  });

  it('M13, M14: resources in her name, and a lead told of and followed; then all her data to take away', async () => {
    const { page } = lea;
    await page.goto(`${url}/downloads`);
    await look(lea, 'downloads');
    const deck = await lea.context.request.get(`${url}/downloads/presentation-fr.pptx`);
    expect([deck.status(), (await deck.body()).subarray(0, 2).toString()]).toEqual([200, 'PK']);
    await page.goto(`${url}/leads`);
    await look(lea, 'leads-empty');
    await page.getByRole('link', { name: 'Nous parler d’une entreprise' }).click();
    await fill(page, '#declareLead-', { company: 'Conserverie du Port', contactName: 'Odile Ferrand', contactEmail: 'odile@conserverie-du-port.test', need: 'Des étiquettes avant l’été.' });
    await page.locator('[name=wishedLevel][value=introduction]').check();
    await page.locator('[name=agrees]').check();
    await look(lea, 'lead-new');
    await press(page, 'Envoyer');
    await saying(page, 'C’est noté, merci');
    await look(lea, 'lead');
    const lead = await db.lead.findFirstOrThrow({ where: { memberId: leaPerson.id } });
    const told = await acceptLead(db, { by: { kind: 'staff', id: story.staff.id, name: 'Nadia Ferrand' }, at: Date.now(), secret: deps.secret }, { leadId: lead.id, key: randomUUID(), level: 'introduction', message: 'Je l’appelle demain.' });
    for (const mailId of told) sendQueuedMail(deps, mailId);
    await page.goto(`${url}/leads/${lead.id}`);
    await saying(page, 'Je l’appelle demain.');
    await look(lea, 'lead-accepted');
    await page.goto(`${url}/leads`);
    await look(lea, 'leads');
    await page.goto(`${url}/sessions`);
    await look(lea, 'sessions');
    await page.goto(`${url}/my-data`);
    await saying(page, '720,00 € sont partis vers votre compte');
    await look(lea, 'my-data');
    const kept = await (await lea.context.request.get(`${url}/my-data/export.json`)).text();
    for (const hers of ['Conserverie du Port', 'Peut-on visiter les cuves', 'Atelier Delorme EI']) expect(kept).toContain(hers);
    for (const his of [tomEmail, 'Verdier Images EI']) expect(kept).not.toContain(his);
    await page.goto(`${url}/home`);
    await look(lea, 'home-full');
    await page.goto(`${url}${root}`);
    await page.getByRole('link', { name: 'Mon devis' }).waitFor();
    await look(lea, 'brief-in-the-team');
    await page.goto(`${url}/conversations`);
    await page.locator('main a[href*="/p/conversation/"]').first().click();
    await look(lea, 'conversation-team');
  });

  describe('every address and form that was shown, tried by the wrong person', () => {
    /** What is hers alone, in the words of the pages. */
    const hers = [leaEmail, 'Atelier Delorme EI', 'Enseigne du théâtre', 'planning-lea.pdf', 'attestation-lea.pdf', 'Conserverie du Port', 'copine@ailleurs.test', 'La carte n’est pas finie', 'La carte attendra', 'tiennent sur un bock'];
    /** Open to whoever is a member, or to anybody: nothing in them is of a person. */
    const common = (path: string): boolean => /^\/($|sign-in$|candidature$|brief$|language$|sign-out$|downloads\/[\w-]{36}$|pictures\/)/.test(path) || path === otherRoot;
    /** Addresses that name a thing of hers, rather than the place where everybody finds their own. */
    const named = (path: string): boolean => path.startsWith(root) || /[\w-]{36}/.test(path);
    /** For Tom, whose project it is too: only the things that are hers alone. */
    const hersByName = (path: string): boolean => /\/(preview|document|team|my-quote-files|references|picture|file|leads)\/[\w-]{36}/.test(path);
    const settled = (): Promise<void> => eventually(async () => expect(await db.mail.count({ where: { state: { notIn: ['sent', 'failed'] } } })).toBe(0));
    const everything = async (notOf: string[] = []): Promise<string[]> => rowsAbout(db, [leaPerson.id, applicationId, ...(notOf.length > 0 ? [] : [tomPerson.id, story.projectId, story.ref])], notOf);
    let his = '';
    const paths = (): string[] => [...lea.met.paths].filter((path) => !common(path)).sort();
    const forms = () => lea.met.forms.filter(({ path }) => !common(path));
    /** Her forms as she would have posted them, with her address where one asks for it, under their own key and under a fresh one. */
    async function tryForms(who: ReturnType<typeof withCookie>, check: (path: string, answer: { status: number; html: string; to: string }) => void): Promise<void> {
      for (const { path, body } of forms().filter(({ path: at }) => !(at.endsWith('/do/say') && who.cookie === his))) {
        const told = { ...body, ...(path.endsWith('/eraseMember') ? { email: [leaEmail] } : {}) };
        for (const key of [body.key?.[0] ?? randomUUID(), randomUUID()]) check(`${path} ${JSON.stringify(body)}`, await who.post(path, { ...told, key: [] }, key));
      }
    }

    it('M6, M10: the way has met them all', () => {
      const seen = paths().join('\n');
      for (const one of ['/home', '/profile', '/profile/references/', '/alerts', '/billing', '/my-quote-files/', '/my-invoices', '/my-documents/file/', '/leads/', '/my-data/export.json', '/downloads/presentation-fr.pptx', '/p/quote/', '/p/invoicing/', '/p/preview/', '/p/conversation/', '/document/']) expect(seen).toContain(one);
      const posted = forms().map(({ path }) => path.replace(/.*\/do\//, ''));
      for (const act of ['saveProfile', 'saveReference', 'saveAlerts', 'apply', 'share', 'inviteMates', 'dropMate', 'withdrawApplication', 'say', 'submitQuote', 'enterAmount', 'approvePreview', 'sendDocument', 'declareLead', 'withdrawLead', 'askAccount']) expect(posted).toContain(act);
      expect([paths().length > 30, forms().length > 40]).toEqual([true, true]);
    });

    it('M6, M11: nobody signed in finds only the way to sign in', async () => {
      await settled();
      const before = await everything();
      const nobody = withCookie(url);
      for (const path of paths()) expect([path, (await nobody.get(path)).to.startsWith('/sign-in')]).toEqual([path, true]);
      await tryForms(nobody, (path, { status, to }) => expect([path, to === '/sign-in' || status === 401]).toEqual([path, true]));
      expect(await everything()).toEqual(before);
    });

    it('M6, M11: Nina, a member outside the team, finds nothing of theirs and changes nothing', async () => {
      const before = await everything();
      const her = withCookie(url, await cookieOf(nina));
      for (const path of paths()) {
        const { status, html } = await her.get(path);
        expect([path, status]).toEqual([path, named(path) ? 404 : 200]);
        for (const secret of [...hers, 'Une identité pour la brasserie', 'Verdier Images EI', 'cuves']) expect(html, path).not.toContain(secret);
      }
      await tryForms(her, (path, { status, html }) => {
        if (path.startsWith(root)) expect([path, status]).toEqual([path, 404]);
        for (const secret of ['Une identité pour la brasserie', 'Verdier Images EI']) expect(html, path).not.toContain(secret);
      });
      await settled();
      expect(await everything()).toEqual(before);
    });

    it('M6, M11: Tom, of the same team, finds nothing that is hers alone and changes nothing of it; nor does he by her link, nor she by his', async () => {
      const before = await everything([tomPerson.id]);
      his = await cookieOf(tom);
      const him = withCookie(url, his);
      for (const path of paths()) {
        const { status, html } = await him.get(path);
        if (hersByName(path)) expect([path, status]).toEqual([path, 404]);
        for (const secret of hers) expect(html, path).not.toContain(secret);
      }
      await tryForms(him, (path, { html }) => { // he may say what he likes in their conversation
        for (const secret of hers) expect(html, path).not.toContain(secret);
      });
      await settled();
      expect(await everything([tomPerson.id])).toEqual(before);
      const [theirs, own] = await Promise.all([tomPerson, leaPerson].map(({ id }) => db.memberInvoice.findFirstOrThrow({ where: { memberId: id } })));
      const links = [['quote_accepted', tomEmail, own], ['quote_accepted', leaEmail, theirs], ['invoice_preview', leaEmail, theirs]] as const;
      for (const [template, email, other] of links) {
        const under = linkPath(tokens.get(`${template} ${email}`) ?? '');
        expect((await him.get(under)).status).toBe(200);
        for (const at of [`/p/preview/${other?.id}`, `/document/${other?.documentId}`, `/document/${other?.documentId}.pdf`]) expect([at, (await him.get(`${under}${at}`)).status]).toEqual([at, 404]);
        for (const act of ['approvePreview', 'reportAnomaly', 'cancelInvoice']) expect((await him.post(`${under}/p/preview/${other?.id}/do/${act}`, { reason: 'À moi', about: 'other' })).status).toBe(404);
      }
      expect((await db.memberInvoice.findFirstOrThrow({ where: { memberId: tomPerson.id } })).state).toBe('preview');
    });

    it('M6, M11: neither the client of the project nor another company reads or changes what is hers', async () => {
      const before = await everything();
      const [client, company] = [await signInToPages(house, story.client), await signInToPages(house, (await beginStory(deps, { company: 'La Concurrence' })).client)];
      for (const path of paths()) {
        const [own, other] = [await client.get(path), await company.get(path)];
        if (named(path)) expect([path, other.status]).toEqual([path, 404]);
        for (const secret of hers) expect(`${own.html}${other.html}`, path).not.toContain(secret);
        expect(other.html, path).not.toContain('Une identité pour la brasserie');
      }
      await tryForms(company, (path, { status }) => expect([path, [404, 303].includes(status)]).toEqual([path, true]));
      for (const { path, body } of forms().filter(({ path: at }) => !at.endsWith('/do/say'))) expect([path, (await client.post(path, { ...body, key: [] })).status]).toEqual([path, 404]);
      await settled();
      expect(await everything()).toEqual(before);
    });
  });
});
