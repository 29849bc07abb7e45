import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { assignManager } from '../../steps/project-steps.ts';
import { sendClientQuote } from '../../steps/quote-steps.ts';
import type { Person } from '../../steps/step.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { eventually } from '../support/eventually.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);

const mailsOf = (projectId: string, template: string) => db.mail.findMany({ where: { projectId, template } });

// In a file of its own: the test server stops skipping time once a workflow has outlived the one that started it.
describe('Q7 the client answers', () => {
  it('does not answer: reminders, then the quote expires with its project', async () => {
    const member = await addMember(db, 'Omar');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilSent([member]);
    await env.sleep('29d');
    expect(await story.stage()).toBe('quote_sent');
    await env.client.workflow.getHandle(`quote-review/${story.ref}`).result(); // time skips until it ends
    expect(await story.stage()).toBe('expired');
    expect((await mailsOf(story.projectId, 'client_quote_reminder')).length).toBeGreaterThan(0);
    expect(await mailsOf(story.projectId, 'client_quote_expired')).toHaveLength(1);
  });
});

describe('Q4 a quote the check list blocks', () => {
  it('does not leave, except on an administrator’s word, kept in the trail', async () => {
    const member = await addMember(db, 'Lise');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilQuoted([member]);
    const quote = await db.memberQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    await db.billingEntity.delete({ where: { memberId: member.id } });
    const manager = await db.staff.create({ data: { handle: 'ines', email: 'ines@off-works.test', name: 'Inès', role: 'account_manager', passwordHash: '-' } });
    const send = (person: Person, overrideReason: string) => story.ask(sendClientQuote, { quoteIds: [quote.id], introduction: '', overrideReason }, person, `quote-review/${story.ref}`);
    await expect(send(story.staff, '')).rejects.toMatchObject({ code: 'check_blocks_billing', details: { member: 'Lise' } });
    await expect(send({ kind: 'staff', id: manager.id }, 'Je m’en occupe.')).rejects.toMatchObject({ code: 'check_blocks_billing' });
    expect(await db.clientQuote.count({ where: { round: { ref: story.ref } } })).toBe(0);
    await send(story.staff, 'Sa société se crée cette semaine.');
    expect(await story.stage()).toBe('quote_sent');
    const told = await db.auditEvent.findFirstOrThrow({ where: { projectId: story.projectId, action: 'round.sendClientQuote' } });
    expect(told.data).toMatchObject({ overridden: ['Lise: billing'], reason: 'Sa société se crée cette semaine.' });
  });
});

describe('W3 the round is found by whose it is', () => {
  it('follows the project to another account manager', async () => {
    const member = await addMember(db, 'Zoé');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    const other = await db.staff.create({ data: { handle: 'omar-b', email: 'omar-b@off-works.test', name: 'Omar', role: 'account_manager', passwordHash: '-' } });
    const managerOf = async (): Promise<unknown> => (await env.client.workflow.getHandle(`quote-review/${story.ref}`).describe()).searchAttributes.AccountManager;
    expect(await managerOf()).toEqual(['nadia']);
    await story.ask(assignManager, { accountManagerId: other.id }, story.staff);
    await eventually(async () => expect(await managerOf()).toEqual(['omar-b']));
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'project.assignManager' } })).toBe(1);
  });

  it('W3: invoices follow the project to another account manager too, and keep their deadline', async () => {
    const member = await addMember(db, 'Ines');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilSigned([member]);
    const first = await story.enterAmount(member, 30_000);
    await env.sleep('49h');
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(1));
    const issued = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
    const second = await story.enterAmount(member, 20_000);
    const attributesOf = async (id: string) => (await env.client.workflow.getHandle(id).describe()).searchAttributes;
    const [open, sent] = [`member-invoice/${second.ref}`, `client-invoice/${issued.ref}`];
    await eventually(async () => expect(await attributesOf(open)).toMatchObject({ AccountManager: ['nadia'] }));
    const [window, due] = [(await attributesOf(open)).NextDeadline, (await attributesOf(sent)).NextDeadline];
    const other = await db.staff.create({ data: { handle: 'lea-m', email: 'lea-m@off-works.test', name: 'Léa', role: 'account_manager', passwordHash: '-' } });
    await story.ask(assignManager, { accountManagerId: other.id }, story.staff);
    await eventually(async () => {
      expect(await attributesOf(open)).toMatchObject({ AccountManager: ['lea-m'], NextDeadline: window, Stage: ['preview'] });
      expect(await attributesOf(sent)).toMatchObject({ AccountManager: ['lea-m'], NextDeadline: due, Stage: ['issued'] });
    });
    // One that is over has nothing to hear.
    expect(await attributesOf(`member-invoice/${first.ref}`)).toMatchObject({ AccountManager: ['nadia'] });
  });
});
