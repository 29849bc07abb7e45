import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { remindInvited, remindNow } from '../../steps/deadline-steps.ts';
import { chaseNow, pauseDunning } from '../../steps/invoice-steps.ts';
import { answerInvitation, inviteMember, startCasting } from '../../steps/project-steps.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);
const begin = (options: Parameters<typeof beginStory>[1] = {}) => beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs(), ...options });
const mails = (projectId: string, template: string) => db.mail.count({ where: { projectId, template } });
const hours = (count: number) => ({ unit: 'hours' as const, count });

describe('S2 the reminder of a stage leaves again, once a day for each', () => {
  it('goes to the client a stage waits for, moves no deadline, and not twice within a day', async () => {
    const story = await begin({ terms: { distributionReminders: [] } });
    await expect(story.ask(remindNow, {}, story.staff)).rejects.toMatchObject({ code: 'stage_changed' });
    await story.approve();
    const { nextDeadlineAt } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    const key = randomUUID();
    await story.ask(remindNow, {}, story.staff, `project/${story.ref}`, key);
    await story.ask(remindNow, {}, story.staff, `project/${story.ref}`, key);
    expect(await mails(story.projectId, 'distribution_reminder')).toBe(1);
    await expect(story.ask(remindNow, {}, story.staff)).rejects.toMatchObject({ code: 'reminded_today', details: { names: 'Claire Delmas' } });
    expect((await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).nextDeadlineAt).toEqual(nextDeadlineAt);
    const told = await db.auditEvent.findFirstOrThrow({ where: { projectId: story.projectId, action: 'project.remindNow' } });
    expect(told).toMatchObject({ actorName: 'Nadia Ferrand', data: { to: 'Claire Delmas' } });
    await env.sleep('25h');
    await story.ask(remindNow, {}, story.staff);
    expect(await mails(story.projectId, 'distribution_reminder')).toBe(2);
  });

  it('spares whoever the clock, or another project, has just reminded', async () => {
    const story = await begin({ terms: { distributionReminders: [hours(2)] } });
    await story.approve();
    await env.sleep('3h');
    expect(await mails(story.projectId, 'distribution_reminder')).toBe(1);
    await expect(story.ask(remindNow, {}, story.staff)).rejects.toMatchObject({ code: 'reminded_today' });
    const other = await begin({ terms: { distributionReminders: [] } });
    await other.approve();
    await db.project.update({ where: { id: other.projectId }, data: { ownerId: story.client.id } });
    await expect(other.ask(remindNow, {}, other.staff)).rejects.toMatchObject({ code: 'reminded_today' });
  });

  it('goes to the members who have not quoted, then to the client who has not answered', async () => {
    const [zoe, omar] = [await addMember(db, 'Zoé'), await addMember(db, 'Omar')];
    const story = await begin({ terms: { memberQuoteReminders: [], clientQuoteReminders: [] } });
    await story.approve();
    await story.publish();
    await story.apply(zoe, [omar]);
    await story.chooseAll();
    const review = `quote-review/${story.ref}`;
    await story.ask(remindNow, {}, story.staff, review);
    const reminded = await db.mail.findMany({ where: { projectId: story.projectId, template: 'quote_reminder' }, select: { toName: true }, orderBy: { toName: 'asc' } });
    expect(reminded.map(({ toName }) => toName)).toEqual(['Omar', 'Zoé']);
    await story.quote(zoe);
    await expect(story.ask(remindNow, {}, story.staff, review)).rejects.toMatchObject({ code: 'stage_changed' });
    await story.quote(omar);
    await story.sendQuote();
    const { deadlineAt } = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    await story.ask(remindNow, {}, story.staff, review);
    expect(await mails(story.projectId, 'client_quote_reminder')).toBe(1);
    expect((await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } })).deadlineAt).toEqual(deadlineAt);
    await story.sign();
    expect(await story.stage()).toBe('running');
  });

  it('C3: goes to the invited members who have not answered, never within a day of their invitation', async () => {
    const [lea, paul, ana] = [await addMember(db, 'Léa'), await addMember(db, 'Paul'), await addMember(db, 'Ana')];
    const story = await begin({ terms: { distributionReminders: [], selectionReminders: [] } });
    await story.approve();
    await expect(story.ask(remindInvited, {}, story.staff)).rejects.toMatchObject({ code: 'stage_changed' });
    await story.ask(startCasting, {}, story.staff);
    await expect(story.ask(remindInvited, {}, story.staff)).rejects.toMatchObject({ code: 'nobody_to_remind' });
    await story.ask(inviteMember, { memberIds: [lea.id, paul.id, ana.id], message: 'Votre style nous plaît.' }, story.staff);
    await expect(story.ask(remindInvited, {}, story.staff)).rejects.toMatchObject({ code: 'reminded_today', details: { names: expect.stringContaining('Léa') as string } });
    await story.ask(answerInvitation, { interested: false, message: 'Pas ce mois-ci.', mateIds: [] }, paul);
    await env.sleep('25h');
    const key = randomUUID();
    await story.ask(remindInvited, {}, story.staff, `project/${story.ref}`, key);
    await story.ask(remindInvited, {}, story.staff, `project/${story.ref}`, key);
    const reminded = await db.mail.findMany({ where: { projectId: story.projectId, template: 'casting_reminder' }, select: { toName: true, data: true }, orderBy: { toName: 'asc' } });
    expect(reminded.map(({ toName }) => toName)).toEqual(['Ana', 'Léa']);
    expect(reminded[0]?.data).toMatchObject({ message: 'Votre style nous plaît.' });
    expect(await mails(story.projectId, 'selection_reminder')).toBe(0);
    await expect(story.ask(remindInvited, {}, story.staff)).rejects.toMatchObject({ code: 'reminded_today' });
  });

  it('I6: an unpaid invoice is chased by hand, as the day says, once a day, and its calendar goes on', async () => {
    const member = await addMember(db, 'Nour');
    const story = await begin();
    await story.untilSigned([member]);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(1));
    const invoice = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
    const workflow = `client-invoice/${invoice.ref}`;
    const key = randomUUID();
    await story.ask(chaseNow, {}, story.staff, workflow, key);
    await story.ask(chaseNow, {}, story.staff, workflow, key);
    expect(await mails(story.projectId, 'dunning_before_due')).toBe(1);
    await expect(story.ask(chaseNow, {}, story.staff, workflow)).rejects.toMatchObject({ code: 'reminded_today' });
    expect((await db.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id } })).dunningLevel).toBe(invoice.dunningLevel);
    await env.sleep('25h');
    await story.ask(pauseDunning, { reason: 'Litige au téléphone.' }, story.staff, workflow);
    await expect(story.ask(chaseNow, {}, story.staff, workflow)).rejects.toMatchObject({ code: 'dunning_paused' });
    await story.pay(invoice.ref, invoice.totalCents);
    await expect(story.ask(chaseNow, {}, story.staff, workflow)).rejects.toMatchObject({ code: 'stage_changed' });
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'clientInvoice.chaseNow' } })).toBe(1);
  });
});
