import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { consoleHand, formOf, tableOf, type ConsoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { beginStory, type Story } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps } = house;
const { db } = deps;
let admin: ConsoleHand;
let stories: Story[] = [];

beforeAll(async () => {
  admin = await consoleHand(house, 'administrator');
  stories = [await beginStory(deps), await beginStory(deps), await beginStory(deps)];
  await stories[0]?.approve();
  await stories[1]?.approve();
});
const address = (act: string, resource = 'Project', ids = stories.map(({ projectId }) => projectId)): string => `bulk?resource=${resource}&act=${act}&ids=${ids.join(',')}`;

describe('S2 one deed on several records', () => {
  it('says what will happen to each and which are left out, acts after one confirmation, tells what happened to each', async () => {
    const page = await admin.open(address('publish'));
    const lines = tableOf(page, 'Choisis : 3');
    expect(lines.map(([, , outcome]) => outcome)).toEqual(['Publier', 'Publier', 'Laissé de côté : son état ne le permet pas']);
    expect(lines[2]?.[1]).toBe('Brief à l’étude');
    expect(formOf(page, 'go')?.consequence).toContain('Lignes concernées : 2. Laissées de côté : 1.');
    expect(formOf(page, 'go')?.consequence).toContain('fil des membres');
    const key = randomUUID();
    const done = await admin.act(address('publish'), 'go', {}, key);
    expect(done.notice).toMatchObject({ type: 'success', message: '2 sur 3 : c’est fait. Le détail est ci-dessous.' });
    expect(await Promise.all(stories.map((story) => story.stage()))).toEqual(['published', 'published', 'brief_review']);
    const results = await admin.open((done.redirect ?? '').replace('/console/pages/', ''));
    expect(tableOf(results, 'Résultat ligne par ligne').map(([, , result]) => result)).toEqual(['Fait', 'Fait', 'Laissé de côté | Laissé de côté : son état ne le permet pas']);
    // The same form twice is the same deed.
    const again = await admin.act(address('publish'), 'go', {}, key);
    expect(again.redirect).toBe(done.redirect);
    expect(await db.auditEvent.count({ where: { action: 'project.publish' } })).toBe(2);
    expect(await db.auditEvent.count({ where: { action: 'bulk.done' } })).toBe(1);
  });

  it('asks once what each needs, and a refusal of one stops no other', async () => {
    const manager = await consoleHand(house, 'account_manager', 'Inès Roy');
    const page = await admin.open(address('assignManager'));
    expect(Object.keys(formOf(page, 'go')?.values ?? {})).toEqual(['accountManagerId']);
    await admin.act(address('assignManager'), 'go', { accountManagerId: manager.staffId });
    expect(await db.project.count({ where: { accountManagerId: manager.staffId } })).toBe(3);
    const refused = await admin.act(address('assignManager'), 'go', { accountManagerId: '' });
    const results = await admin.open((refused.redirect ?? '').replace('/console/pages/', ''));
    expect(tableOf(results, 'Résultat ligne par ligne').every(([, , result]) => result?.startsWith('Refusé'))).toBe(true);
  });

  it('reminds who each waits for, from the list, and nobody twice within a day', async () => {
    const done = await admin.act(address('remindNow'), 'go', {});
    expect(done.notice?.message).toContain('2 sur 3');
    expect(await db.mail.count({ where: { template: 'selection_reminder' } })).toBe(2);
    const again = await admin.act(address('remindNow'), 'go', {});
    const results = await admin.open((again.redirect ?? '').replace('/console/pages/', ''));
    expect(tableOf(results, 'Résultat ligne par ligne').map(([, , result]) => result)).toEqual([
      ...[1, 2].map(() => 'Refusé | Déjà relancé depuis moins de 24 heures. Laissez-leur la journée.'), 'Laissé de côté | Laissé de côté : son état ne le permet pas',
    ]);
    expect(await db.mail.count({ where: { template: 'selection_reminder' } })).toBe(2);
  });

  it('e-mails: those in doubt go again, those that left are left out', async () => {
    const [doubt, sent] = await Promise.all(['in_doubt', 'sent'].map((state) => db.mail.create({ data: { key: randomUUID(), template: 'brief_received', toEmail: 'a@b.test', toName: 'A', toKind: 'client', subject: `Mail ${state}`, data: {}, messageId: randomUUID(), state } })));
    const ids = [doubt?.id ?? '', sent?.id ?? ''];
    const done = await admin.act(address('drop', 'Mail', ids), 'go', {});
    expect(done.notice?.message).toContain('1 sur 2');
    expect((await db.mail.findUniqueOrThrow({ where: { id: ids[0] } })).state).toBe('dropped');
  });

  it('S5 who may not is refused by address too', async () => {
    const looker = await consoleHand(house, 'read_only');
    const finance = await consoleHand(house, 'finance');
    for (const hand of [looker, finance]) {
      const answer = await hand.act(address('publish'), 'go', {});
      expect(answer.redirect).toBeUndefined();
    }
    expect(await stories[2]?.stage()).toBe('brief_review');
    expect(await db.auditEvent.count({ where: { action: 'bulk.done', actorId: { in: [looker.staffId, finance.staffId] } } })).toBe(0);
  });

  it('nothing chosen, or an act that is not one, is told in words', async () => {
    expect((await admin.open(address('publish', 'Project', []))).blocks.map(({ kind }) => kind)).toContain('text');
    expect((await admin.open(address('erase'))).title).toBe('Introuvable');
  });
});
