/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { resources } from '../../admin/resources/index.ts';
import { consolePages } from '../../admin/pages/index.ts';
import { maySee, mayDo, roles, type ConsolePageName, type Role } from '../../domain/roles.ts';
import { signInAs, type StaffHand } from '../support/console.ts';
import { launchBrowser, seriousProblems } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { addStaff } from '../support/story.ts';
import { staffScenes } from '../support/staff-scenes.ts';

const browser = await launchBrowser();
const { deps, url } = await openHouse({ console: consoleRouter });
await addStaff(deps.db);
const scenes = staffScenes(deps);
const actions = Object.keys(scenes);

async function openAs({ cookie }: StaffHand): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, locale: 'fr-FR', bypassCSP: true });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
  return context.newPage();
}
const hands = {} as Record<Role, StaffHand>;
const pages = {} as Record<Role, Page>;
for (const role of roles) {
  hands[role] = await signInAs(deps.db, url, role);
  pages[role] = await openAs(hands[role]);
}

/** Fills what is required and still empty, as somebody would who has read the labels. */
async function fill(page: Page): Promise<void> {
  const form = page.locator('form').last();
  for (const box of await form.locator('textarea[required], input[required], input[type=date]').all()) {
    if ((await box.inputValue()) !== '') continue;
    await box.fill((await box.getAttribute('type')) === 'date' ? inDays(10) : 'Convenu au téléphone ce matin.');
  }
  // A list to choose from shows nothing until something is chosen.
  for (const list of await form.locator('[id^=react-select][id$=placeholder]').all()) {
    await list.click({ force: true });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  const ticks = form.locator(['memberIds', 'applicationIds', 'quoteIds', 'payoutIds'].map((name) => `label[for^="${name}-"]`).join(', '));
  if ((await ticks.count()) > 0 && (await form.locator('input[type=checkbox]:checked').count()) === 0) await ticks.first().click();
}
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

it('S2: a scene is played for every step the console offers', () => {
  expect(actions).toEqual(expect.arrayContaining([...new Set(resources(deps).flatMap(({ steps = [] }) => steps.map(({ step }) => step.name)))]));
});

describe.each(roles)('S2, S5: every action of the role %s, in a browser', (role) => {
  const able = actions.filter((action) => mayDo(role, action));
  it.skipIf(able.length > 0)('has none', () => expect(role).toBe('read_only'));
  it.each(able)('%s', async (action) => {
    const scene = scenes[action]!;
    const { resource, id, happened } = await scene();
    const page = pages[role];
    await page.goto(`${url}/console/resources/${resource}/records/${id}/show`);
    await page.locator(`[data-testid="action-${action}"]`).first().click();
    if (['sendAgain', 'markSent', 'drop'].includes(action)) {
      await page.getByRole('button', { name: 'Confirmer' }).or(page.getByRole('button', { name: 'OK' })).first().click();
    } else {
      await page.locator('form button[type=submit]').last().waitFor();
      await fill(page);
      await page.locator('form button[type=submit]').last().click();
      // Only a step that was taken leads back to the record; a refusal stays beside the form.
      await page.waitForURL(/\/show(\?|$)/, { timeout: 12_000 });
    }
    await happened();
  });
});

describe.each(roles.filter((role) => actions.some((action) => !mayDo(role, action))))('S5: what the role %s may not do is refused by its address, and nothing happens', (role) => {
  it('every forbidden action', async () => {
    for (const action of actions.filter((one) => !mayDo(role, one))) {
      const { resource, id } = await scenes[action]!();
      const before = await deps.db.auditEvent.count();
      const answer = await pages[role].request.post(`${url}/console/api/resources/${resource}/records/${id}/${action}`, {
        form: { key: randomUUID(), values: JSON.stringify({ reason: 'Je passe outre.', message: 'Bonjour.' }) },
      });
      const { notice } = (await answer.json().catch(() => ({}))) as { notice?: { type: string } };
      expect([action, notice?.type]).toEqual([action, 'error']);
      expect(await deps.db.submission.count({ where: { step: action, actorId: hands[role].id } })).toBe(0);
      expect(await deps.db.auditEvent.count()).toBe(before);
    }
  });
});

describe.each(roles)('S5: the pages of the console, for the role %s', (role) => {
  it('those it may open open; the others are refused by their address, and so is what they do', async () => {
    const page = pages[role];
    const known = Object.keys(consolePages(deps)) as ConsolePageName[];
    expect(known.length).toBeGreaterThan(20);
    for (const name of known) {
      if (maySee(role, name)) {
        const shown = (await (await page.request.get(`${url}/console/api/pages/${name}`)).json()) as { title: string };
        expect([name, shown.title]).toEqual([name, expect.not.stringMatching(/^(Page réservée)?$/)]);
        continue;
      }
      await page.goto(`${url}/console/pages/${name}`);
      await page.locator('h1:visible, h2:visible').filter({ hasText: 'Page réservée' }).first().waitFor({ timeout: 12_000 });
      const before = await deps.db.auditEvent.count();
      const answer = await page.request.post(`${url}/console/api/pages/${name}`, { form: { act: 'keep', key: randomUUID(), values: '{}' } });
      expect([name, ((await answer.json()) as { title: string }).title]).toEqual([name, 'Page réservée']);
      expect(await deps.db.auditEvent.count()).toBe(before);
    }
  });
});

describe('S2, S3: pages of the console', () => {
  it.each([
    ['home', async () => '/console'],
    ['a project', async () => `/console/resources/Project/records/${(await scenes.approveBrief!()).id}/show`],
    ['a step', async () => `/console/resources/Project/records/${(await scenes.rejectBrief!()).id}/rejectBrief`],
  ])('axe finds nothing serious on %s', async (_what, path) => {
    const page = pages.administrator;
    await page.goto(`${url}${await path()}`);
    await page.locator('h1:visible, h2:visible, h3:visible').first().waitFor({ timeout: 12_000 });
    expect(await seriousProblems(page)).toEqual([]);
  });
});

describe('S2: the console under its own rules', () => {
  it('asks for nothing from elsewhere and says nothing in the browser’s console', async () => {
    const { id } = await scenes.approveBrief!();
    const [name = '', value = ''] = hands.administrator.cookie.split(/=(.*)/s);
    const context = await browser.newContext({ viewport: { width: 1_180, height: 900 }, locale: 'fr-FR' });
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(message.text()); });
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => { if (!request.url().startsWith(url)) said.push(request.url()); });
    for (const path of ['', `/resources/Project/records/${id}/show`, '/resources/Project', '/pages/figures']) {
      await page.goto(`${url}/console${path}`);
      await page.locator('[data-css="topbar"]').waitFor();
      await page.locator('h1:visible, h2:visible, h3:visible').first().waitFor();
    }
    expect(said).toEqual([]);
    await context.close();
  });

  it('puts its menu away on a small screen, behind a button', async () => {
    const page = pages.read_only;
    await page.setViewportSize({ width: 1_180, height: 900 });
    await page.goto(`${url}/console`);
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.waitFor();
    const content = page.locator('[data-css="app-content"]');
    expect((await content.boundingBox())?.width).toBe(1_180);
    await page.getByRole('searchbox').waitFor({ state: 'hidden' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox').waitFor({ state: 'visible' });
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1_400, height: 900 });
    await menu.waitFor({ state: 'hidden' });
    await page.getByRole('searchbox').waitFor({ state: 'visible' });
  });
});
