import { describe, expect, it } from 'vitest';
import type { Block } from '../../admin/pages/blocks.ts';
import { consoleRouter } from '../../admin/router.ts';
import { nextSteps } from '../../admin/story/next-steps.ts';
import { rulesToRing } from '../../admin/story/rule-story.ts';
import { projectTimeline } from '../../admin/story/timeline.ts';
import { speaker } from '../../admin/text.ts';
import { roles } from '../../domain/roles.ts';
import { startReminders } from '../../steps/start-reminders.ts';
import { consoleHand, deedsOf, formOf, plain, tableOf, type ShownPage } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { beginStory } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const claire = await consoleHand(house, 'administrative', 'Claire');
const denis = await consoleHand(house, 'administrator', 'Denis');
const fr = speaker('fr');

const written = {
  subject: 'project', name: 'Brief oublié', stage: 'brief_review', delayCount: '20', delayUnit: 'hours', target: 'administrators', queue: 'everyone',
  headlineFr: 'Le brief {{ref}} attend', messageFr: '{{title}}, de {{client}}, attend depuis le {{since}}.', headlineEn: '', messageEn: '',
};
const page = (redirect = '') => redirect.replace('/console/pages/', '');
const sentence = 'Quand un projet entre dans « Brief à l’étude », après 20 h, s’il y est encore : e-mail à tous les administrateurs et rappel dans la file de tout le monde.';
const allOf = (shown: ShownPage): string => plain(JSON.stringify(shown.blocks));
const latest = (name = 'Brief oublié') => db.reminderRule.findFirstOrThrow({ where: { name }, orderBy: { createdAt: 'desc' } });
/** Proposed, read again, kept. */
const keep = async (values: Record<string, unknown>, more: Record<string, unknown> = {}, key?: string) => {
  const proposal = page((await claire.act('reminderRules', 'propose', values)).redirect);
  const form = formOf(await claire.open(proposal), 'keep');
  return claire.act(proposal, 'keep', { ...form?.values, reason: 'On en oublie.', ...more }, key);
};

describe('S4 a reminder rule is written without code', () => {
  it('proposed, read again in words, kept once however often it is posted; nothing typed wrong is taken', async () => {
    expect(tableOf(await claire.open('reminderRules'), 'Règles de rappel')).toEqual([]);
    const form = formOf(await claire.open('reminderRules?new=project'), 'propose');
    expect(form?.values).toMatchObject({ subject: 'project', delayUnit: 'hours' });
    for (const [wrong, said] of [
      [{ headlineFr: 'Bonjour {{montant}}' }, /«\smontant\s» n’existe pas ici.*\{\{title\}\}/], [{ target: '', queue: '' }, /à qui écrire/], [{ delayCount: '1,5' }, /revoir/], [{ delayCount: '9999' }, /de 1 à 8760/],
      [{ messageFr: '' }, /objet et le message/], [{ stage: 'closed' }, /revoir/],
    ] as const) {
      const refused = await claire.act('reminderRules', 'propose', { ...written, ...wrong });
      expect(refused.notice).toMatchObject({ type: 'error', message: expect.stringMatching(said) });
    }
    await beginStory(deps);
    const proposal = page((await claire.act('reminderRules', 'propose', written)).redirect);
    const asked = formOf(await claire.open(proposal), 'keep');
    expect(asked?.consequence).toContain(plain(sentence));
    expect(allOf(await claire.open(proposal))).toContain('ceux qui y sont déjà (1)');
    expect(await db.reminderRule.count()).toBe(0);
    expect((await claire.act(proposal, 'keep', { ...asked?.values, reason: '' })).notice?.type).toBe('error');
    const key = crypto.randomUUID();
    for (let times = 0; times < 2; times += 1) expect((await claire.act(proposal, 'keep', { ...asked?.values, reason: 'On en oublie.' }, key)).notice?.type).toBe('success');
    expect(await db.reminderRule.count()).toBe(1);
    expect(tableOf(await claire.open('reminderRules'), 'Règles de rappel')).toEqual([[`Brief oublié | ${plain(sentence)}`, 'Active', '0', '0', expect.stringContaining('Claire')]]);
    expect(await db.auditEvent.findFirstOrThrow({ where: { action: 'reminderRule.created' } })).toMatchObject({ actorName: 'Claire', data: { reason: 'On en oublie.' } });
  });

  it('changed: a version more, the earlier stays and may be taken back; somebody faster is told', async () => {
    const first = await latest();
    await keep({ ...written, rule: first.rule, seen: '1', delayCount: '8' });
    expect((await keep({ ...written, rule: first.rule, seen: '1', delayCount: '9' })).notice?.message).toContain('Claire');
    expect(await latest()).toMatchObject({ rule: first.rule, number: 2, delayCount: 8, live: true });
    const back = deedsOf(await claire.open(`reminderRules?rule=${first.rule}`)).find(({ act }) => act === 'propose');
    const proposal = page((await claire.act('reminderRules', 'propose', back?.values ?? {})).redirect);
    await claire.act(proposal, 'keep', { ...formOf(await claire.open(proposal), 'keep')?.values, reason: 'Comme avant.' });
    expect(await latest()).toMatchObject({ number: 3, delayCount: 20, reason: 'Comme avant.' });
    expect(tableOf(await claire.open(`reminderRules?rule=${first.rule}`), 'Historique').map(([number]) => number?.charAt(0))).toEqual(['3', '2', '1']);
    await expect(db.$executeRaw`UPDATE "ReminderRule" SET "name" = 'Autre' WHERE "id" = ${first.id}`).rejects.toThrow(/stays as it was written/);
  });

  it('tried on a project: what, when, to whom and the e-mail, with nothing written', async () => {
    const story = await beginStory(deps);
    const before = [await db.mail.count(), await db.reminderFiring.count(), await db.personalLink.count(), await db.auditEvent.count()];
    const { rule } = await latest();
    const shown = await claire.open(`reminderRules?rule=${rule}&try=${story.ref.toLowerCase()}`);
    const [row] = tableOf(shown, `Essai sur ${story.ref} · Refonte du site`);
    expect(row?.[0]).toContain(story.ref);
    expect(row?.[3]).toContain('Denis');
    const frame = shown.blocks.find((block): block is Extract<Block, { kind: 'frame' }> => block.kind === 'frame');
    expect(frame?.title).toBe(`Rappel : Le brief ${story.ref} attend`);
    expect(frame?.html).toContain('Refonte du site, de Maison');
    const quote = page((await claire.act('reminderRules', 'propose', { ...written, subject: 'quote', stage: 'sent', target: 'client_owner', queue: '' })).redirect);
    expect(allOf(await claire.open(`${quote}&try=${story.ref}`))).toContain('Ce projet n’a encore rien de ce genre');
    expect(allOf(await claire.open(`reminderRules?rule=${rule}&try=P00-0000`))).toContain('Aucun projet');
    expect([await db.mail.count(), await db.reminderFiring.count(), await db.personalLink.count(), await db.auditEvent.count()]).toEqual(before);
  });

  it('shows in the project’s story, rings, is in the queue and is settled there; put aside, it cancels what waits', async () => {
    const { rule } = await latest();
    const story = await beginStory(deps);
    await startReminders(deps);
    const next = await nextSteps(deps, { all: [], open: [] }, fr, await rulesToRing(db, story.projectId, fr));
    expect(plain(JSON.stringify(next))).toContain('Règle : Brief oublié');
    const told = async () => plain(JSON.stringify(await projectTimeline(deps, { id: story.projectId, ref: story.ref }, fr)));
    expect(await told()).toContain('Rappel prévu : Brief oublié');
    const { notice } = await claire.act(`reminderRules?rule=${rule}`, 'activate', { ...formOf(await claire.open(`reminderRules?rule=${rule}`), 'activate')?.values, reason: 'Plus besoin.' });
    expect(notice?.type).toBe('success');
    expect(formOf(await claire.open(`reminderRules?rule=${rule}`), 'activate')?.values.active).toBe(true);
    expect(await told()).toContain('Rappel annulé : Brief oublié');
    expect(await db.reminderFiring.count({ where: { state: { in: ['entered', 'scheduled'] } } })).toBe(0);
    // A delay that is over already: it rings at once.
    await claire.act(`reminderRules?rule=${rule}`, 'activate', { ...formOf(await claire.open(`reminderRules?rule=${rule}`), 'activate')?.values, reason: 'Si.', takeUp: true });
    const item = await db.reminderFiring.findFirstOrThrow({ where: { projectId: story.projectId, state: 'entered' } });
    await db.reminderFiring.update({ where: { id: item.id }, data: { enteredAt: new Date(Date.now() - 21 * 3_600_000) } });
    while ((await startReminders(deps)) > 0);
    await eventually(async () => expect((await db.reminderFiring.findUniqueOrThrow({ where: { id: item.id } })).state).toBe('queued'));
    await eventually(async () => expect(await db.mail.count({ where: { projectId: story.projectId, template: 'staff_rule_reminder', toName: 'Denis', state: 'sent' } })).toBe(1));
    const queue = async () => ((await (await fetch(`${url}/console/api/dashboard`, { headers: { cookie: denis.cookie } })).json()) as { items: { kind: string; href: string }[] }).items.filter(({ kind }) => kind === 'rule').map(({ href }) => href);
    expect(await queue()).toEqual([`/console/pages/reminderQueue?item=${item.id}`]);
    expect(await told()).toContain('Rappel dans la file : Brief oublié');
    const looker = await consoleHand(house, 'read_only');
    expect((await looker.act(`reminderQueue?item=${item.id}`, 'done', { item: item.id })).notice?.type).toBe('error');
    expect((await denis.act(`reminderQueue?item=${item.id}`, 'done', { item: item.id })).notice?.type).toBe('success');
    expect(await queue()).toEqual([]);
    expect((await denis.open('reminderQueue?item=none')).title).toBe('Introuvable');
  });
});

describe('S5 who may keep rules', () => {
  it.each(roles)('%s', async (role) => {
    const hand = await consoleHand(house, role);
    const office = ['administrator', 'account_manager', 'administrative'].includes(role);
    expect((await hand.open('reminderRules')).blocks.some(({ kind }) => kind === 'table')).toBe(office);
    const count = await db.reminderRule.count();
    await hand.act('reminderRules', 'keep', { proposed: JSON.stringify({ ...written, name: `Par ${role}` }), reason: 'Essai.', rule: '', seen: '' });
    expect((await db.reminderRule.count()) - count).toBe(office ? 1 : 0);
  });
});
