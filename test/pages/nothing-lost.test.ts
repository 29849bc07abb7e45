import { describe, expect, it } from 'vitest';
import { largestDocument, largestFile, largestPicture } from '../../domain/file-content.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const member = await addMember(db, 'Fantine');
const web = await signInToPages(house, member);
const story = await beginStory(deps);
await story.approve();
await story.publish();
await story.apply(member);
await story.chooseAll();
const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
const quotePath = `/projects/${story.ref}/p/quote/${round.id}/do/submitQuote`;
const file = (bytes: number, name = 'grand.pdf'): File => new File([new Uint8Array(bytes)], name, { type: 'application/pdf' });

describe('M2, M9 a session that ends while somebody writes', () => {
  it('M9: what was typed waits on a page, nested fields too, and is sent once they have signed in again beside it', async () => {
    const typed = { 'lines[0][label]': 'Un « logo » & <sa charte>', 'lines[0][kind]': 'flat', 'lines[0][quantity]': '1', 'lines[0][unit]': '900', conditions: 'Deux allers-retours.', version: '1', do: 'draft' };
    const gone = withCookie(url, 'off_works=finie');
    const answer = await gone.post(quotePath, typed);
    expect([answer.status, answer.html.includes('Votre connexion a pris fin'), answer.html.includes('href="/sign-in" target="_blank"'), answer.html.includes(`action="${quotePath}"`)]).toEqual([401, true, true, true]);
    const fields = Object.fromEntries([...answer.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name.replaceAll('&#x5B;', '['), value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')]));
    expect(fields).toMatchObject(typed);
    expect(await db.memberQuoteDraft.count({ where: { memberId: member.id } })).toBe(0);
    const { key, ...again } = fields;
    expect((await web.post(quotePath, again, key)).status).toBe(303);
    expect((await web.get(quotePath.replace('/do/submitQuote', ''))).html).toContain('value="Un « logo » &amp; &lt;sa charte&gt;"');
    expect((await gone.post('/profile/do/saveProfile?lang=en', { presentation: 'An hour of work' })).html).toContain('You are no longer signed in');
  });

  it('M2: a form with nothing typed leads to the sign-in page, and a file is not held back in it', async () => {
    const nobody = withCookie(url);
    expect(await nobody.post('/profile/do/removeFace')).toMatchObject({ status: 303, to: '/sign-in' });
    const answer = await nobody.send('/my-documents/do/sendDocument', [file(20)], { kind: 'urssaf', expiresOn: '2027-01-01' }, undefined, 'file');
    expect([answer.status, answer.html.includes('value="2027-01-01"'), answer.html.includes('grand.pdf')]).toEqual([401, true, false]);
  });
});

describe('M1, M2, M4, M9 a file that is too large', () => {
  it.each([
    ['M4: a document', '/my-documents/do/sendDocument', largestDocument, 'file', { kind: 'insurance', expiresOn: '2027-02-03' }, 'value="2027-02-03"'],
    ['M2: a reference', '/profile/references/new/do/saveReference', largestPicture, 'picture', { title: 'Affiche du festival', text: 'Deux couleurs' }, 'value="Affiche du festival"'],
    ['M9: a quote', quotePath, largestFile, 'files', { 'lines[0][label]': 'Une identité à garder', 'lines[0][kind]': 'flat', 'lines[0][quantity]': '1', 'lines[0][unit]': '900', do: 'send' }, 'value="Une identité à garder"'],
  ] as const)('%s: is refused in words on its own form, which keeps what was typed; nothing is done', async (_what, path, limit, field, body, kept) => {
    const rows = async () => [await db.memberDocument.count(), await db.memberReference.count(), await db.memberQuote.count(), await db.quoteFile.count()];
    const before = await rows();
    const answer = await web.send(path, [file(limit + 300 * 1024)], body, undefined, field);
    expect([answer.status, answer.html.includes(`Ce fichier dépasse ${limit / 1024 / 1024} Mo`), answer.html.includes(kept), answer.html.includes('Me connecter')]).toEqual([422, true, true, false]);
    expect(await rows()).toEqual(before);
  });

  it('M1: so is a candidature’s', async () => {
    const answer = await withCookie(url).send('/candidature', [file(largestFile + 300 * 1024)], { name: 'Gavroche', email: 'gavroche@exemple.test', structure: 'freelance' });
    expect([answer.status, answer.html.includes('Ce fichier dépasse'), answer.html.includes('value="Gavroche"')]).toEqual([422, true, true]);
    expect(await db.candidatureFile.count()).toBe(0);
  });

  it('M4: one far larger is not read at all, and leads back to its form', async () => {
    const answer = await web.send('/my-documents/do/sendDocument', [file(2 * largestDocument + 1024 * 1024)], { kind: 'insurance' }, undefined, 'file');
    expect([answer.status, answer.html.includes('href="/my-documents"'), answer.html.includes('Me connecter')]).toEqual([422, true, false]);
  });
});
