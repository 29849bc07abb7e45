/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { encryptIban } from '../../billing/iban-cipher.ts';
import { askAccount } from '../../database/billing/account-change.ts';
import { sendBackQuote } from '../../steps/quote-steps.ts';
import { frenchIban } from '../support/bank.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const browser = await launchBrowser();
const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);
const [fresh, known] = [await addMember(db, 'Zoé', { billing: false }), await addMember(db, 'Xavier')];
await db.billingEntity.update({ where: { memberId: known.id }, data: { ibanEncrypted: encryptIban(secret, frenchIban(5)), ibanLast4: frenchIban(5).slice(-4) } });
const story = await beginStory(deps);
await story.approve();
await story.publish();
await story.apply(fresh, [known]);
await story.chooseAll();
const review = `quote-review/${story.ref}`;
await story.quote(known, [
  { section: 'Site', kind: 'days', label: 'Conception du site', quantityMilli: 2_500, unitCents: 41_500, optional: false, offered: false },
  { section: 'Site', kind: 'flat', label: 'Gabarits', quantityMilli: 4_000, unitCents: 25_000, optional: false, offered: false },
], { conditions: 'Deux allers-retours compris.', validityDays: 30 });
const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref }, include: { memberQuotes: true } });
await story.ask(sendBackQuote, { quoteId: round.memberQuotes[0]?.id ?? '', remarks: 'Merci de détailler les gabarits.' }, story.staff, review);
await askAccount(db, secret, { memberId: known.id, by: { kind: 'member', id: known.id, name: 'Xavier' }, at: Date.now() }, { iban: frenchIban(6), ibanLast4: frenchIban(6).slice(-4), bic: null }, 'ask');
const quotePage = `/projects/${story.ref}/p/quote/${round.id}`;
const cookies = new Map([[fresh, (await signInToPages(house, fresh)).cookie], [known, (await signInToPages(house, known)).cookie]]);

async function open(person: typeof fresh, path: string, options: { width?: number; height?: number; javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const { width = 1_180, height = 900, javaScriptEnabled = true } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale: 'fr-FR', javaScriptEnabled, bypassCSP: true });
  const [name = '', value = ''] = (cookies.get(person) ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  return page;
}
const shown = async (page: Page, total: string): Promise<string> => (await page.locator(`.editor-totals [data-total="${total}"]`).innerText()).replace(/\s/g, ' ');

describe.each([['desktop', 1_180, 900], ['phone', 390, 844]] as const)('the member’s pages on a %s', (_device, width, height) => {
  it.each([['a first quote', fresh, quotePage], ['a quote sent back', known, quotePage], ['a billing entity', known, '/billing'], ['no billing entity yet', fresh, '/billing']] as const)('%s has nothing serious against it and does not overflow', async (name, person, path) => {
    const page = await open(person, path, { width, height });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replace(/ /g, '-')}-${width}.png`, fullPage: true });
    expect(await seriousProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });
});

describe('Q1, M9 writing a quote', () => {
  // Each begins on an empty form: what one leaves is saved by itself.
  const forget = () => db.memberQuoteDraft.deleteMany();
  it('Q1, Q6: adds up as one types, and by a button without a script, to the same cent', async () => {
    const seen: string[][] = [];
    for (const javaScriptEnabled of [true, false]) {
      await forget();
      const page = await open(fresh, quotePage, { javaScriptEnabled });
      await page.getByRole('button', { name: 'Des droits' }).click();
      const fill = (line: number, field: string, text: string) => page.locator(`#line-${line}-${field}`).fill(text);
      for (const [line, label, quantity, unit, section] of [[0, 'Ateliers', '2,5', '613,33', 'Cadrage'], [1, 'Maquettes', '3', '1 250,555', ''], [2, 'Cession web', '1', '333,34', '']] as const) {
        await fill(line, 'label', label); await fill(line, 'quantity', quantity); await fill(line, 'unit', unit); await fill(line, 'section', section);
      }
      // An amount with three decimals reads two ways: it is not counted until it is put right.
      await fill(1, 'unit', '1 250,55');
      await page.locator('#submitQuote-discount').fill('12,34');
      if (!javaScriptEnabled) await page.locator('.editor-totals button[value=recalculate]').click();
      seen.push([await shown(page, 'members'), await shown(page, 'fee'), await shown(page, 'client'), ...(await page.locator('.editor-totals tr[data-part]').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())]);
      await page.context().close();
    }
    // 1 533,33 + 3 751,65 + 333,34 − 12,34 = 5 605,98.
    expect(seen[0]).toEqual(['5 605,98 €', '1 148,21 €', '6 754,19 €', 'Cadrage 1 533,33 €', 'Prestations 3 751,65 €', 'Cession de droits 333,34 €']);
    expect(seen[1]).toEqual(seen[0]);
  });

  it('M9: what is typed is saved by itself, and is there when the page is opened again', async () => {
    await forget();
    const page = await open(fresh, quotePage);
    await page.locator('#line-0-label').fill('Retrouvé plus tard');
    await page.getByText(/Brouillon enregistré à/).waitFor();
    await eventually(async () => expect(JSON.stringify(await db.memberQuoteDraft.findFirst({ where: { memberId: fresh.id } }))).toContain('Retrouvé plus tard'));
    await page.goto(`${url}${quotePage}`);
    expect(await page.locator('#line-0-label').inputValue()).toBe('Retrouvé plus tard');
    await page.context().close();
  });

  it('M9, M3: a first quote is written, its entity filled in and sent by keyboard and mouse', async () => {
    await forget();
    const page = await open(fresh, quotePage);
    await page.locator('#line-0-label').fill('Ateliers');
    await page.locator('#line-0-quantity').fill('2');
    await page.locator('#line-0-unit').fill('600');
    for (const [name, text] of [['legalName', 'Zoé Martin EI'], ['legalForm', 'EI'], ['siret', '732 829 320 00075'], ['address', '3 rue des Ateliers'], ['postcode', '44000'], ['city', 'Nantes'], ['iban', frenchIban(9)]] as const) await page.locator(`#submitQuote-${name}`).fill(text);
    expect(await page.locator('.mandate').innerText()).toContain('Zoé Martin EI (« le membre »)');
    await page.locator('[name=mandate]').check();
    await page.getByRole('button', { name: 'Envoyer mon devis' }).click();
    // A wrong digit: told beside the field, everything still there.
    await page.getByText('Ce SIRET n’est pas valable').waitFor();
    expect(await page.locator('#submitQuote-iban').inputValue()).toBe(frenchIban(9));
    await page.locator('#submitQuote-siret').fill('732 829 320 00074');
    await page.getByRole('button', { name: 'Envoyer mon devis' }).click();
    await page.getByRole('heading', { name: 'Votre devis est en vérification' }).waitFor();
    expect(await page.locator('[data-until]').innerText()).toMatch(/Il reste 2[34] h/);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/sent-1180.png`, fullPage: true });
    expect(await seriousProblems(page)).toEqual([]);
    expect(await db.memberQuote.findFirstOrThrow({ where: { memberId: fresh.id } })).toMatchObject({ state: 'submitted', totalCents: 120_000 });
    await page.context().close();
  });
});
