/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { resources } from '../../admin/resources/index.ts';
import { seriousProblems } from '../support/browser.ts';
import { openAs, openConsole } from '../support/console-as.ts';
import { signInAs } from '../support/console.ts';

const place = await openConsole();
const { deps, url, scenes } = place;
const administrator = await signInAs(deps.db, url, 'administrator');

it('S2: a scene is played for every step the console offers', () => {
  expect(Object.keys(scenes)).toEqual(expect.arrayContaining([...new Set(resources(deps).flatMap(({ steps = [] }) => steps.map(({ step }) => step.name)))]));
});

describe('S2, S3: pages of the console', () => {
  it.each([
    ['home', async () => '/console'],
    ['a project', async () => `/console/resources/Project/records/${(await scenes.approveBrief!()).id}/show`],
    ['a step', async () => `/console/resources/Project/records/${(await scenes.rejectBrief!()).id}/rejectBrief`],
  ])('axe finds nothing serious on %s', async (_what, path) => {
    const page = await openAs(place, administrator, { bypassCSP: true });
    await page.goto(`${url}${await path()}`);
    await page.locator('h1:visible, h2:visible, h3:visible').first().waitFor({ timeout: 25_000 });
    expect(await seriousProblems(page)).toEqual([]);
  });
});

describe('S2: the console under its own rules', () => {
  it('asks for nothing from elsewhere and says nothing in the browser’s console', async () => {
    const { id } = await scenes.approveBrief!();
    const page = await openAs(place, administrator, { viewport: { width: 1_180, height: 900 } });
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
  });

  it('puts its menu away on a small screen, behind a button', async () => {
    const page = await openAs(place, await signInAs(deps.db, url, 'read_only'), { viewport: { width: 1_180, height: 900 } });
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

  it('keeps the language that was chosen when another page is opened', async () => {
    const page = await openAs(place, administrator, { viewport: { width: 1_400, height: 900 } });
    await page.goto(`${url}/console`);
    await page.getByRole('heading', { name: 'Ce qui attend' }).waitFor();
    await page.getByRole('button', { name: 'EN – English' }).click();
    await page.getByRole('heading', { name: 'What waits' }).waitFor();
    await page.goto(`${url}/console/pages/figures`);
    await page.getByRole('heading', { name: 'Figures', exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('button', { name: 'FR – Français' }).click();
    await page.getByRole('heading', { name: 'Chiffres', exact: true }).waitFor();
    await page.goto(`${url}/console`);
    await page.getByRole('heading', { name: 'Ce qui attend' }).waitFor();
  });

  it.each([1_400, 1_180, 390])('shows every action of a record within a page %i px wide, none over its title', async (width) => {
    const { id } = await scenes.selectTeam!();
    const page = await openAs(place, administrator, { viewport: { width, height: 900 } });
    await page.goto(`${url}/console/resources/Project/records/${id}/show`);
    await page.getByTestId('action-abandon').waitFor();
    const boxes = await page.locator('[data-testid^="action-"]').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter(({ width: wide }) => wide > 0).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
    expect(boxes.length).toBeGreaterThan(6);
    expect(boxes.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
    const title = await page.getByRole('heading', { name: 'Suivi du projet' }).evaluate((one) => { const range = document.createRange(); range.selectNodeContents(one); const { left, right, top, bottom } = range.getBoundingClientRect(); return { left, right, top, bottom }; });
    expect(boxes.filter((box) => box.left < title.right && box.right > title.left && box.top < title.bottom && box.bottom > title.top)).toEqual([]);
  });
});
