/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import type { LinkPurpose } from '../../domain/links.ts';
import { createLink } from '../../links/create.ts';
import { dayOf } from '../../domain/availability.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import type { Person } from '../../steps/step.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const browser = await launchBrowser();

const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);
const member = await addMember(db, 'Xavier');
const story = await beginStory(deps);
// A word that no line of a phone holds.
await db.company.updateMany({ where: { projects: { some: { id: story.projectId } } }, data: { name: `Maison ${'x'.repeat(60)}` } });
await story.approve();
await story.publish();
await story.apply(member);
await story.chooseAll();
await story.quote(member, [
  { section: 'Site', kind: 'days', label: 'Conception du site', quantityMilli: 2_000, unitCents: 41_500, optional: false, offered: false },
  { section: 'Site', kind: 'flat', label: 'Version anglaise', quantityMilli: 1_000, unitCents: 8_300, optional: true, offered: false },
]);
await story.sendQuote();
const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
const linkFor = async (person: Person, purpose: LinkPurpose, subjectId: string): Promise<string> => {
  const id = await db.$transaction((tx) => createLink(tx, secret, { purpose, ownerKind: person.kind as 'client' | 'member', ownerId: person.id, projectId: story.projectId, subjectId, at: Date.now() }));
  return linkPath(linkToken(secret, id));
};
const quoteLink = await linkFor(story.client, 'client_quote', round.id);
const { email } = await db.member.findUniqueOrThrow({ where: { id: member.id } });
const change = await db.emailChange.create({ data: { personKind: 'member', personId: member.id, formerEmail: email, email: 'xavier.de-la-longue-adresse@atelier-au-nom-interminable.test', expiresAt: new Date(Date.now() + 86_400_000) } });
const candidate = await addMember(db, 'Ysé', { billing: false, state: 'candidate' });
const inDays = (days: number): Date => new Date(dayOf(new Date(Date.now() + days * 86_400_000)));
await db.availabilityPeriod.createMany({ data: [['partly', 1, 9], ['taken', 10, 40]].map(([kind = '', from = 0, to = 0]) => ({ memberId: member.id, kind: String(kind), fromOn: inDays(Number(from)), toOn: inDays(Number(to)), note: 'Une longue résidence loin de tout' })) });
const lead = await db.lead.create({ data: { key: 'glenan', state: 'declared', memberId: member.id, company: 'Conserverie des Glénan', companyKey: 'conserverie glenan', contactName: 'Marie', contactEmail: 'marie@conserverie-au-nom-interminable-des-glenan.test', need: 'Une gamme', wishedLevel: 'full_lead' } });
const cookieOf = async (person: Person) => (await signInToPages(house, person)).cookie;
const [ofMember, ofClient] = [await cookieOf(member), await cookieOf(story.client)];
const handle = (await db.member.findUniqueOrThrow({ where: { id: member.id } })).handle;
/** Each with the cookie of whoever is signed in. */
const signedInPages = [
  ...['/profile', '/profile/preview', '/email', '/recommend', '/leads', `/leads/${lead.id}`, '/payouts', '/my-invoices'].map((path) => [path, ofMember] as const),
  ...['/email', `/projects/${story.ref}/members/${handle}`, `/projects/${story.ref}/casting?freeFrom=2020-01-01`].map((path) => [path, ofClient] as const),
];
const pages = [
  [await linkFor(candidate, 'candidature', candidate.id)], [await linkFor(member, 'email_confirm', change.id)], [await linkFor(member, 'email_stop', change.id)],
  ['/'], ['/brief'], ['/sign-in'], ['/candidature'], ['/l/unknown'], [await linkFor(story.client, 'client_project', story.projectId)], [quoteLink], [await linkFor(member, 'member_quote', round.id)],
] as const;

describe.each([['desktop', 1_200, 900], ['phone', 390, 844]] as const)('every page on a %s', (_device, width, height) => {
  it.each(pages.map(([path], index) => [index, path] as const))('page %i has nothing serious against it and does not overflow', async (_index, path) => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR', bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    expect(await seriousProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });

  it.each(signedInPages)('M2, M14, C4: %s has nothing serious against it, does not overflow, and cuts nothing', async (path, cookie) => {
    const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR', bypassCSP: true, javaScriptEnabled: true });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    expect((await page.goto(`${url}${path}`))?.status()).toBe(200);
    expect(await seriousProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(await page.evaluate(() => [...document.querySelectorAll('main table, main .card, main h1')].filter((one) => one.getBoundingClientRect().right > innerWidth).length)).toBe(0);
    await context.close();
  });
});

describe('C9 ticking an option', () => {
  it('changes the totals at once with a script, and by a button without one, to the same cent', async () => {
    const totals: string[] = [];
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`${url}${quoteLink}`);
      const gross = page.locator('[data-total=gross]');
      expect((await gross.innerText()).replace(/\s/g, ' ')).toBe('1 200,00 €');
      await page.locator('[name=optionLineIds]').check();
      if (!javaScriptEnabled) await page.locator('button[value=recalculate]').click();
      totals.push((await gross.innerText()).replace(/\s/g, ' '));
      await context.close();
    }
    expect(totals).toEqual(['1 320,00 €', '1 320,00 €']);
  });

  it('Q7: signing with it by hand keeps what was ticked', async () => {
    const context = await browser.newContext({ locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(`${url}${quoteLink}`);
    await page.locator('[name=optionLineIds]').check();
    await page.getByLabel('Votre nom complet').fill('Claire Delmas');
    await page.locator('[name=consent]').check();
    await page.getByRole('button', { name: 'Signer le devis' }).click();
    await page.getByText('Merci, c’est signé.').waitFor();
    expect(await db.memberQuote.findFirstOrThrow({ where: { roundId: round.id } })).toMatchObject({ state: 'accepted', acceptedCents: 91_300 });
    await context.close();
  });
});
