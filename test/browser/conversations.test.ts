/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import * as steps from '../../steps/project-steps.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { consoleHand } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { pdfFile, pngFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, type WebPerson } from '../support/web-person.ts';

const browser = await launchBrowser();
const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Maison Delmas' });
await story.approve();
await story.publish();
const [lea, hugo] = [await addMember(db, 'Léa Fontaine'), await addMember(db, 'Hugo Marchand')];
await story.apply(lea);
await story.apply(hugo);
const owner = await signInToPages(house, story.client);
const member = await signInToPages(house, lea);
const talk = await db.conversation.findUniqueOrThrow({ where: { projectId_memberId: { projectId: story.projectId, memberId: lea.id ?? '' } } });
const project = `/projects/${story.ref}`;
const at = `${project}/p/conversation/${talk.id}`;
await owner.send(`${at}/do/say`, [], { text: 'Bonjour Léa, merci pour votre message.\nPourriez-vous nous montrer un projet proche du nôtre ?' });
await member.send(`${at}/do/say`, [new File([Buffer.from(pdfFile('Références'))], 'references.pdf'), new File([Buffer.from(pngFile())], 'accueil.png')], { text: 'Avec plaisir : voici deux refontes récentes.' });
await story.ask(steps.postNotice, { body: 'Nous rencontrons tout le monde cette semaine et répondrons à chacun vendredi.' }, story.client);
const staff = await consoleHand(house, 'account_manager', 'Inès Carpentier');
await staff.act(`conversations?conversation=${talk.id}`, 'join', {});
await staff.act(`conversations?conversation=${talk.id}`, 'write', { text: 'Bonjour à tous les deux, je suis là si besoin.' });

/** A tab of somebody signed in. */
async function tab(who: WebPerson, width = 1_180, height = 900, javaScriptEnabled = true) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR', bypassCSP: true, javaScriptEnabled });
  const [name = '', value = ''] = who.cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  return { context, page: await context.newPage() };
}

const pages = [[owner, at], [member, at], [owner, '/conversations'], [owner, '/conversations?q=refontes'], [owner, `${project}/p/conversations/${story.projectId}`], [owner, `${project}/p/files/${story.projectId}`], [owner, project], [member, project]] as const;

describe.each([['desktop', 1_180, 900], ['phone', 390, 844]] as const)('C7 conversations on a %s', (device, width, height) => {
  it.each(pages.map(([who, path], index) => [index, who, path] as const))('page %i has nothing serious against it and does not overflow', async (index, who, path) => {
    const { context, page } = await tab(who, width, height);
    await page.goto(`${url}${path}`);
    if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${device}-${index}.png`, fullPage: true });
    expect(await seriousProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });
});

describe('C7 a conversation that is open', () => {
  it('shows what the other says without being loaded again, once and in order, and that it was read', async () => {
    const [client, talent] = [await tab(owner), await tab(member)];
    await client.page.goto(`${url}${at}`);
    await talent.page.goto(`${url}${at}`);
    let loads = 0;
    client.page.on('load', () => (loads += 1));
    for (const words of ['Premier mot', 'Deuxième mot']) {
      await talent.page.getByLabel('Message', { exact: true }).fill(words);
      await talent.page.getByRole('button', { name: 'Envoyer' }).click();
      await talent.page.getByText('Message envoyé.').waitFor();
    }
    await eventually(async () => expect((await client.page.locator('.log .words').allInnerTexts()).slice(-2)).toEqual(['Premier mot', 'Deuxième mot']));
    expect(loads).toBe(0);
    expect(await client.page.locator('.log .mine').count()).toBe(1);
    const { lastSeq } = await db.conversation.findUniqueOrThrow({ where: { id: talk.id } });
    await eventually(async () => expect((await db.conversationReader.findFirstOrThrow({ where: { conversationId: talk.id, personKind: 'client' } })).readSeq).toBe(lastSeq));
    await client.context.close();
    await talent.context.close();
  });

  it('works without a script: written, then shown when the page is loaded', async () => {
    const { context, page } = await tab(owner, 390, 844, false);
    await page.goto(`${url}${at}`);
    await page.getByLabel('Message', { exact: true }).fill('Sans script');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('Message envoyé.').waitFor();
    expect(await page.locator('.log .words').last().innerText()).toBe('Sans script');
    await context.close();
  });
});
