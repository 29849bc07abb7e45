/// <reference lib="dom" />
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { linkPath, linkToken } from '../../links/token.ts';
import { approvePreview } from '../../steps/invoice-steps.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory, storyOf, type Story } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const browser = await launchBrowser();
const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
await db.theme.create({ data: { slug: 'identite', nameFr: 'Identité', nameEn: 'Identity' } });
const mona = await addMember(db, 'Mona', { mandate: false });
const neil = await addMember(db, 'Neil');
await db.member.update({ where: { id: mona.id }, data: { headline: 'Graphiste, étiquettes et céramique', city: 'Nantes', dayRateCents: 45_000, skills: ['étiquettes', 'illustration'] } });
await db.member.update({ where: { id: neil.id }, data: { headline: 'Photographe' } });
const folder = await mkdtemp(join(tmpdir(), 'client-'));
await writeFile(join(folder, 'cahier.pdf'), '%PDF-1.7\nLe cahier\n%%EOF');

/** Every address that somebody of the company was shown. */
const visited = new Set<string>();

async function person(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1_180, height: 900 }, locale: 'fr-FR', bypassCSP: true });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('framenavigated', (frame) => {
    const { pathname } = new URL(frame.url());
    if (frame === page.mainFrame() && frame.url().startsWith(url) && !pathname.startsWith('/l/')) visited.add(pathname);
  });
  return { context, page };
}

async function mailedLink(template: string, toEmail: string): Promise<string> {
  let link = '';
  await eventually(async () => {
    const mail = await db.mail.findFirstOrThrow({ where: { template, toEmail }, orderBy: { createdAt: 'desc' } });
    link = `${url}${linkPath(linkToken(deps.secret, (mail.data as { linkId: string }).linkId))}`;
  });
  return link;
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click();
const owner = await person();
const reader = await person();
let story: Story;
let root = '';

describe.sequential('C1 to C11 played by two collaborators of different rights', () => {
  it('C1: a visitor writes a brief by steps, saved as they type, and is in once their address is confirmed', async () => {
    const { page } = owner;
    await page.goto(`${url}/brief`);
    await page.getByLabel('Titre du projet').fill('Des étiquettes pour la cave');
    await page.getByLabel('Quel problème').fill('Nos étiquettes datent de 1987.');
    await press(page, 'Continuer');
    await page.getByLabel('Contexte').fill('Trois générations de vignerons.');
    await page.getByText('Enregistré à').waitFor();
    await page.reload();
    expect(await page.getByLabel('Contexte').inputValue()).toBe('Trois générations de vignerons.');
    await press(page, 'Continuer');
    await page.getByLabel('Budget').fill('beaucoup');
    await page.getByLabel('Identité').check();
    await press(page, 'Continuer');
    await page.getByText('Saisissez un montant').waitFor();
    expect(await page.getByLabel('Identité').isChecked()).toBe(true);
    await page.getByLabel('Budget').fill('12 000');
    await press(page, 'Continuer');
    await page.locator('#files').setInputFiles(join(folder, 'cahier.pdf'));
    await press(page, 'Joindre');
    await page.getByRole('link', { name: 'cahier.pdf' }).waitFor();
    await press(page, 'Continuer');
    await page.getByLabel('Votre nom').fill('Anne Vasseur');
    await page.getByLabel('Votre e-mail').fill('anne@cave.test');
    await page.getByLabel('Votre entreprise').fill('Cave Vasseur');
    await press(page, 'Continuer');
    expect(await seriousProblems(page)).toEqual([]);
    await press(page, 'Envoyer mon brief');
    await page.goto(await mailedLink('brief_confirm', 'anne@cave.test'));
    await press(page, 'Confirmer et envoyer');
    await page.getByText('Votre brief est entre nos mains').waitFor();
    root = new URL(page.url()).pathname;
    const project = await db.project.findFirstOrThrow({ where: { title: 'Des étiquettes pour la cave' }, include: { themes: true, files: true } });
    expect([root, project.budgetCents, project.themes.length, project.files.length]).toEqual([`/projects/${project.ref}`, 1_200_000, 1, 1]);
    story = await storyOf(deps, { ref: project.ref, projectId: project.id });
  });

  it('C6: a colleague is invited to read, comes in by the e-mail, and is offered nothing to change', async () => {
    await owner.page.goto(`${url}/collaborators`);
    const form = owner.page.locator('form[action$="/do/inviteCollaborator"]');
    await form.getByLabel('Son nom').fill('Paul Vasseur');
    await form.getByLabel('Son e-mail').fill('paul@cave.test');
    await form.locator('[name=role][value=read_only]').check();
    await form.getByRole('button').click();
    await reader.page.goto(await mailedLink('client_invitation', 'paul@cave.test'));
    await reader.page.locator('main button').first().click();
    await reader.page.waitForURL(`${url}/home*`);
    await reader.page.goto(`${url}${root}`);
    await reader.page.getByText('Des étiquettes pour la cave').first().waitFor();
    expect(await reader.page.locator('main form').count()).toBe(0);
  });

  it('C2: staff’s remarks stand beside the text, and are answered there', async () => {
    await story.ask(projectSteps.askBriefChanges, { remarks: 'Presque prêt.', points: [{ field: 'problem', text: 'Combien d’étiquettes ?' }] }, story.staff);
    const { page } = owner;
    await page.goto(`${url}${root}`);
    await page.getByLabel('Votre réponse').fill('Sept, une par cuvée.');
    await press(page, 'Envoyer mon brief');
    await page.getByText('Votre brief est entre nos mains').waitFor();
    await reader.page.goto(`${url}${root}`);
    await reader.page.getByText('Sept, une par cuvée.').waitFor();
    await story.approve();
  });

  it('C3, C4: a private casting: a mistyped word finds, a profile is kept in mind and noted, and the member answers an invitation', async () => {
    const { page } = owner;
    await page.goto(`${url}${root}`);
    await page.locator('form[action$="/do/startCasting"] button').click();
    await page.goto(`${url}${root}/casting?q=etiquetes+ceramique`);
    await page.getByRole('link', { name: 'Mona' }).first().click();
    await page.locator('form[action$="/do/addToShortlist"] button').click();
    await page.locator('.kept').first().waitFor();
    await page.reload();
    await page.locator('textarea[name=text]').fill('Elle a fait la cave d’à côté.');
    await page.locator('form[action$="/do/addNote"] button').click();
    await page.getByText('Elle a fait la cave d’à côté.').waitFor();
    await page.locator('#inviteMember-message').fill('Vos étiquettes nous plaisent.');
    await page.locator('form[action$="/do/inviteMember"] button').click();
    await story.ask(projectSteps.answerInvitation, { interested: true, message: 'Avec plaisir : j’ai grandi dans les vignes.', mateIds: [] }, mona);
    await reader.page.goto(`${url}${root}/shortlist`);
    await reader.page.getByText('Elle a fait la cave d’à côté.').waitFor();
    await reader.page.getByText('j’ai grandi dans les vignes').first().waitFor();
    expect(await reader.page.locator('main form[method=post]').count()).toBe(0);
  });

  it('C3, C5: then published: another applies, and both stand side by side', async () => {
    const { page } = owner;
    await page.goto(`${url}${root}`);
    await page.locator('form[action$="/do/publish"] button').click();
    await story.apply(neil);
    await page.goto(`${url}${root}`);
    await page.getByRole('link', { name: 'Comparer et choisir' }).click();
    await page.getByRole('button', { name: 'Oui – Mona' }).click();
    await page.getByText('Votre avis est noté').waitFor();
    expect(await page.locator('.candidate').count()).toBe(2);
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('C7, C8: a message written by one shows on the other’s page without reloading, a notice in every conversation', async () => {
    const { page } = owner;
    const talk = await db.conversation.findFirstOrThrow({ where: { projectId: story.projectId, memberId: mona.id } });
    const path = `${root}/p/conversation/${talk.id}`;
    await reader.page.goto(`${url}${path}`);
    await page.goto(`${url}${path}`);
    await page.locator('textarea[name=text]').fill('Pouvez-vous venir jeudi ?');
    await press(page, 'Envoyer');
    await reader.page.getByText('Pouvez-vous venir jeudi ?').waitFor();
    expect(await reader.page.locator('form.say').count()).toBe(0);
    await page.goto(`${url}${root}/p/candidates/${story.projectId}`);
    await page.locator('#postNotice-body').fill('Nous répondrons vendredi.');
    await press(page, 'Envoyer à tous');
    await reader.page.getByText('Nous répondrons vendredi.').waitFor();
    const neils = await db.conversation.findFirstOrThrow({ where: { projectId: story.projectId, memberId: neil.id } });
    await page.goto(`${url}${root}/p/conversation/${neils.id}`);
    await page.getByText('Nous répondrons vendredi.').waitFor();
  });

  it('C8: the team is chosen, and the other is answered in a word of their own', async () => {
    const { page } = owner;
    await page.goto(`${url}${root}/p/candidates/${story.projectId}`);
    await page.getByLabel(/Dans l’équipe.*Mona/).check();
    await page.locator('.candidate', { hasText: 'Neil' }).locator('summary', { hasText: 'Un mot personnel' }).click();
    await page.locator('.candidate', { hasText: 'Neil' }).locator('textarea[name^=answers]').fill('Neil, pour les photos nous vous rappellerons.');
    await page.getByLabel(/Votre réponse aux autres/).fill('Merci à tous.');
    await press(page, 'Confirmer mon choix');
    await page.waitForURL(`${url}${root}?done=teamChosen`);
    expect(await db.application.findFirstOrThrow({ where: { projectId: story.projectId, leadId: neil.id } })).toMatchObject({ state: 'not_chosen', answer: 'Neil, pour les photos nous vous rappellerons.' });
  });

  it('C9: the quote is read by both, questioned and signed by the one who may, with the option that was ticked', async () => {
    const { page } = owner;
    await story.quote(mona, [
      { section: 'Étiquettes', kind: 'days', label: 'Dessin des étiquettes', quantityMilli: 2_000, unitCents: 41_500, optional: false, offered: false },
      { section: 'Étiquettes', kind: 'flat', label: 'Dorure', quantityMilli: 1_000, unitCents: 8_300, optional: true, offered: false },
    ]);
    await story.sendQuote();
    const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
    await reader.page.goto(`${url}${root}/p/quote/${round.id}`);
    await reader.page.getByText('Dessin des étiquettes').first().waitFor();
    expect(await reader.page.locator('main form[method=post]').count()).toBe(0);
    await page.goto(`${url}${root}/p/quote/${round.id}`);
    await page.locator('details.ask summary').first().click();
    await page.locator('details.ask textarea').first().fill('Combien de pistes ?');
    await page.locator('form[action$="/do/askQuestion"] button').first().click();
    await reader.page.reload();
    await reader.page.getByText('Combien de pistes ?').first().waitFor();
    await page.locator('[name=optionLineIds]').check();
    expect((await page.locator('[data-total=gross]').first().innerText()).replace(/\s/g, ' ')).toBe('1 320,00 €');
    await page.getByLabel('Votre nom complet').fill('Anne Vasseur');
    await page.locator('[name=consent]').check();
    await press(page, 'Signer le devis');
    await page.getByText('Merci, c’est signé.').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    const pdf = await page.locator('a[href$=".pdf"]').first().getAttribute('href');
    const [name = '', value = ''] = await owner.context.cookies(url).then((all) => [all.find((one) => one.name === 'off_works')?.name, all.find((one) => one.name === 'off_works')?.value]);
    const file = await fetch(`${url}${pdf ?? ''}`, { headers: { cookie: `${name}=${value}` } });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    visited.add(pdf ?? '');
  });

  it('C10: the invoice says what is due and when; its transfer is declared, and the statement adds up', async () => {
    const { page } = owner;
    const { ref } = await story.enterAmount(mona, 91_300);
    await story.ask(approvePreview, {}, mona, `member-invoice/${ref}`);
    let invoiceId = '';
    await eventually(async () => {
      const own = await db.memberInvoice.findUniqueOrThrow({ where: { ref }, include: { clientInvoice: true } });
      expect(own.clientInvoice?.state).toBe('issued');
      invoiceId = own.clientInvoice?.id ?? '';
    });
    await page.goto(`${url}/invoices`);
    await page.getByText('1 320,00 €').first().waitFor();
    await page.goto(`${url}${root}/p/invoice/${invoiceId}`);
    await page.locator('form[action$="/do/declareTransfer"] button').first().click();
    await eventually(async () => expect((await db.clientInvoice.findUniqueOrThrow({ where: { id: invoiceId } })).declaredAt).not.toBeNull());
    await page.getByText('Contester').first().click();
    await page.locator('#dispute-reason').fill('Une journée de trop.');
    await page.locator('form[action$="/do/dispute"] button').click();
    await eventually(async () => expect(await db.clientInvoice.findUniqueOrThrow({ where: { id: invoiceId } })).toMatchObject({ disputeReason: 'Une journée de trop.', dunningPaused: true }));
    await reader.page.goto(`${url}${root}/p/invoice/${invoiceId}`);
    await reader.page.getByText('Une journée de trop.').first().waitFor();
    expect(await reader.page.locator('main form[method=post]').count()).toBe(0);
  });

  it('C6: another company, a member outside and nobody see none of it: every address that was shown is tried', async () => {
    const other = await signInToPages(house, (await beginStory(deps, { company: 'La Concurrence' })).client);
    const outside = await signInToPages(house, await addMember(db, 'Oscar'));
    const nobody = withCookie(url);
    // Whatever the pages lead to, and whatever their forms post to, besides what was visited.
    const mine = withCookie(url, (await owner.context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; '));
    const posts = new Set<string>();
    for (const path of [...visited]) {
      const { html } = await mine.get(path);
      for (const [, way = '', found = ''] of html.matchAll(/(href|src|action)="(\/projects\/[^"#]+)"/g)) (way === 'action' && found.includes('/do/') ? posts : visited).add(found.replaceAll('&amp;', '&'));
    }
    const theirs = [...visited].filter((path) => path.startsWith('/projects/'));
    expect([theirs.length > 20, posts.size > 5]).toEqual([true, true]);
    for (const path of theirs) {
      expect([path, (await other.get(path)).status]).toEqual([path, 404]);
      expect([path, (await outside.get(path)).status]).toEqual([path, 404]);
      expect([path, (await nobody.get(path)).to.startsWith('/sign-in')]).toEqual([path, true]);
    }
    for (const path of posts) {
      expect([path, (await other.post(path)).status]).toEqual([path, 404]);
      expect([path, (await outside.post(path)).status]).toEqual([path, 404]);
      expect([path, (await nobody.post(path)).status === 303]).toEqual([path, true]);
    }
    for (const path of [...visited].filter((one) => !one.startsWith('/projects/') && !one.startsWith('/brief'))) {
      const { html } = await other.get(path);
      for (const ours of ['Cave Vasseur', 'Des étiquettes pour la cave', story.ref]) expect(html, path).not.toContain(ours);
    }
    for (const path of [...visited].filter((one) => one.startsWith('/brief/') && !one.includes('/do/'))) expect((await other.get(path)).status, path).toBe(404);
  });
});
