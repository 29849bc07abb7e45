/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { keepFile } from '../../database/stored-files.ts';
import { portrait } from '../../prisma/demo/picture.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const browser = await launchBrowser();
const house = await openHouse();
const { db } = house.deps;
await addStaff(db);
const story = await beginStory(house.deps);
await story.approve();
const owner = await signInToPages(house, story.client);
const root = `/projects/${story.ref}`;
await owner.post(`${root}/do/startCasting`);
const { id } = await addMember(db, 'Ysaline');
const pictureId = await db.$transaction((tx) => keepFile(tx, { ownerKind: 'member', ownerId: id, name: 'portrait.png', bytes: portrait('Ysaline') }));
const ysaline = await db.member.update({ where: { id }, data: { headline: 'Vitrailliste', city: 'Chartres', skills: ['plomb'], pictureId } });
await db.memberReference.create({ data: { memberId: id, title: 'Rosace', pictureId } });

const openPage = async (width: number, javaScriptEnabled = true) => {
  const context = await browser.newContext({ viewport: { width, height: 850 }, locale: 'fr-FR', bypassCSP: true, javaScriptEnabled });
  const [name = '', value = ''] = owner.cookie.split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  return context.newPage();
};

describe('C4 the casting in a browser', () => {
  it.each([1_180, 390])('C4: at %i px every page can be used by everybody, and pictures are drawn', async (width) => {
    const page = await openPage(width);
    for (const path of ['/casting', '/casting?q=vitralliste&from=x', `/members/${ysaline.handle}`, '/shortlist']) {
      await page.goto(`${house.url}${root}${path}`);
      expect(await seriousProblems(page), path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true);
    }
    await page.goto(`${house.url}${root}/members/${ysaline.handle}`);
    expect(await page.locator('.profile-head img').evaluate((image) => (image as HTMLImageElement).decode().then(() => (image as HTMLImageElement).naturalWidth))).toBe(240);
    await page.context().close();
  });

  it.each([true, false])('C4: keeping somebody in mind and taking them out, with a script: %s', async (withScript) => {
    const page = await openPage(1_180, withScript);
    await page.goto(`${house.url}${root}/casting?q=vitrailliste`);
    await page.getByRole('button', { name: 'Garder Ysaline' }).click();
    await page.locator('.kept').waitFor();
    expect(await db.shortlistEntry.count({ where: { projectId: story.projectId } })).toBe(1);
    expect([page.url().includes('q=vitrailliste'), page.url().includes('done='), await page.locator('[data-listed]').innerText()]).toEqual([true, !withScript, '1']);
    await page.getByRole('button', { name: 'Retirer Ysaline' }).click();
    await page.getByRole('button', { name: 'Garder Ysaline' }).waitFor();
    expect(await db.shortlistEntry.count({ where: { projectId: story.projectId } })).toBe(0);
    await page.context().close();
  });

  it('C3: ticked, written to, invited', async () => {
    const page = await openPage(390);
    await page.goto(`${house.url}${root}/casting?q=vitrailliste`);
    await page.getByRole('checkbox', { name: 'Inviter Ysaline' }).check();
    await page.getByRole('link', { name: 'Écrire l’invitation' }).click();
    await page.getByLabel('Votre message').fill('Vos vitraux nous ont arrêtés.');
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await page.getByText('Les invitations sont parties.').waitFor();
    expect(await db.invitation.findFirst({ where: { memberId: id } })).toMatchObject({ message: 'Vos vitraux nous ont arrêtés.', state: 'sent' });
    await page.context().close();
  });
});
