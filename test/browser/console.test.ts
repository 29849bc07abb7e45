/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { mayDo, roles, type Role } from '../../domain/roles.ts';
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

/** Each action in turn by another of the roles that may take it, so that every one of them works at the console. */
const hand = (action: string, turn: number): Role => {
  const able = roles.filter((role) => mayDo(role, action));
  return able[turn % able.length]!;
};

describe('S2, S5: every action of the console, in a browser', () => {
  it.each(actions.map((action, turn) => [action, hand(action, turn)] as const))('%s, by the role %s', async (action, role) => {
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

describe('S5: a form is open to every role that may take its action', () => {
  it.each(actions.filter((action) => !['sendAgain', 'markSent', 'drop'].includes(action)))('%s', async (action) => {
    const { resource, id } = await scenes[action]!();
    for (const role of roles.filter((one) => mayDo(one, action))) {
      const answer = await pages[role].request.get(`${url}/console/api/resources/${resource}/records/${id}/${action}`);
      const { form, notice } = (await answer.json()) as { form?: { button: string }; notice?: { message: string } };
      expect([role, form?.button ?? '', notice?.message]).toEqual([role, expect.stringMatching(/./), undefined]);
    }
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
