import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { consolePages } from '../../admin/pages/index.ts';
import { maySee, mayDo, type ConsolePageName, type Role } from '../../domain/roles.ts';
import { launchBrowser } from './browser.ts';
import { signInAs, type StaffHand } from './console.ts';
import { openHouse, type House } from './house.ts';
import { staffScenes } from './staff-scenes.ts';
import { addStaff } from './story.ts';

export interface ConsoleInBrowser {
  readonly browser: Browser;
  readonly deps: House['deps'];
  readonly url: string;
  readonly scenes: ReturnType<typeof staffScenes>;
}

/** The console on a house of its own, and a browser. Call it at the top of the file. */
export async function openConsole(): Promise<ConsoleInBrowser> {
  const browser = await launchBrowser();
  const { deps, url } = await openHouse({ console: consoleRouter });
  await addStaff(deps.db);
  return { browser, deps, url, scenes: staffScenes(deps) };
}

/** A page of the browser signed in as this hand. */
export async function openAs({ browser, url }: ConsoleInBrowser, { cookie }: StaffHand, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, locale: 'fr-FR', ...options });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
  return context.newPage();
}

/**
 * S2, S5, in a browser: a role takes every action that is its own, is refused every other by its address, and opens its pages and no more.
 * One file for each role, so that they run beside each other.
 */
export async function playConsoleAs(role: Role): Promise<void> {
  const place = await openConsole();
  const { deps, url, scenes } = place;
  const actions = Object.keys(scenes);
  const hand = await signInAs(deps.db, url, role);
  const page = await openAs(place, hand, { bypassCSP: true });
  const said = (): Promise<number> => deps.db.auditEvent.count({ where: { actorId: hand.id } });

  const able = actions.filter((action) => mayDo(role, action));
  if (able.length > 0) {
    describe(`S2, S5: every action of the role ${role}, in a browser`, () => {
      it.each(able)('%s', async (action) => {
        const { resource, id, happened } = await scenes[action]!();
        await page.goto(`${url}/console/resources/${resource}/records/${id}/show`);
        await page.locator(`[data-testid="action-${action}"]`).first().click();
        if (['sendAgain', 'markSent', 'drop'].includes(action)) {
          await page.getByRole('button', { name: 'Confirmer' }).or(page.getByRole('button', { name: 'OK' })).first().click();
        } else {
          await page.locator('form button[type=submit]').last().waitFor();
          await fill(page);
          await page.locator('form button[type=submit]').last().click();
          // Only a step that was taken leads back to the record; a refusal stays beside the form.
          await page.waitForURL(/\/show(\?|$)/, { timeout: 25_000 });
        }
        await happened();
      });
    });
  }

  const unable = actions.filter((action) => !mayDo(role, action));
  if (unable.length > 0) {
    describe(`S5: what the role ${role} may not do is refused by its address, and nothing happens`, () => {
      it.each(unable)('%s', async (action) => {
        const { resource, id } = await scenes[action]!();
        const before = await said();
        const answer = await page.request.post(`${url}/console/api/resources/${resource}/records/${id}/${action}`, {
          form: { key: randomUUID(), values: JSON.stringify({ reason: 'Je passe outre.', message: 'Bonjour.' }) },
        });
        const { notice } = (await answer.json().catch(() => ({}))) as { notice?: { type: string } };
        expect(notice?.type).toBe('error');
        expect(await deps.db.submission.count({ where: { actorId: hand.id, step: action } })).toBe(0);
        expect(await said()).toBe(before);
      });
    });
  }

  describe(`S5: the pages of the console, for the role ${role}`, () => {
    it('those it may open open; the others are refused by their address, and so is what they do', async () => {
      const known = Object.keys(consolePages(deps)) as ConsolePageName[];
      expect(known.length).toBeGreaterThan(20);
      for (const name of known) {
        if (maySee(role, name)) {
          const shown = (await (await page.request.get(`${url}/console/api/pages/${name}`)).json()) as { title: string };
          expect([name, shown.title]).toEqual([name, expect.not.stringMatching(/^(Page réservée)?$/)]);
          continue;
        }
        await page.goto(`${url}/console/pages/${name}`);
        await page.locator('h1:visible, h2:visible').filter({ hasText: 'Page réservée' }).first().waitFor({ timeout: 25_000 });
        const before = await said();
        const answer = await page.request.post(`${url}/console/api/pages/${name}`, { form: { act: 'keep', key: randomUUID(), values: '{}' } });
        expect([name, ((await answer.json()) as { title: string }).title]).toEqual([name, 'Page réservée']);
        expect(await said()).toBe(before);
      }
    }, 60_000);
  });
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
