import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { changeRule, ruleOf, waitingOf } from '../../database/reminder-rules.ts';
import type { Db } from '../../database/open.ts';
import type { RuleContent } from '../../domain/reminder-rules.ts';
import * as quoteSteps from '../../steps/quote-steps.ts';
import { startReminders } from '../../steps/start-reminders.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { runWorker, taskQueue, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();

/** A worker killed inside the transaction, then once it is committed but nobody knows. */
let trouble: 'inside' | 'after' | null = null;
const breaking = db.$extends({
  query: {
    reminderFiring: {
      async update({ args, query }) {
        const written = await query(args);
        if (trouble === 'inside') {
          trouble = 'after';
          throw new Error('the worker was killed');
        }
        return written;
      },
    },
  },
}) as unknown as Db;
const deps: ActivityDeps = { db: breaking, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const activities = createActivities(deps);
const ringReminder: typeof activities.ringReminder = async (input) => {
  const rung = await activities.ringReminder(input);
  if (trouble === 'after') {
    trouble = null;
    throw new Error('the worker was killed');
  }
  return rung;
};
await runWorker(env, { ...activities, ringReminder });
const staff = await addStaff(db);
const by = { kind: 'staff' as const, id: staff.id, name: 'Nadia Ferrand' };

const begin = () => beginStory({ ...deps, db, temporal: env.client }, { now: () => env.currentTimeMs(), terms: { briefReviewReminders: [], clientQuoteReminders: [], distributionReminders: [], dormancyLimit: { unit: 'days', count: 90 } } });
const inBrief: RuleContent = {
  name: 'Brief oublié', subject: 'project', stage: 'brief_review', delayCount: 20, delayUnit: 'hours', target: 'administrators', queue: null,
  headlineFr: 'Le brief {{ref}} attend', messageFr: '« {{title}} » de {{client}} est « {{stage}} ».', headlineEn: '', messageEn: '',
};
const write = async (content: Partial<RuleContent>, more: Partial<Parameters<typeof changeRule>[1]> = {}) =>
  (await changeRule(db, { form: randomUUID(), rule: null, content: { ...inBrief, ...content }, active: true, reason: 'Essai.', seen: 0, takeUp: false, cancelWaiting: false, by, at: Date.now(), ...more })).rule;
const putAside = (rule: string) => db.reminderRule.findFirstOrThrow({ where: { rule }, orderBy: { number: 'desc' } }).then((latest) =>
  changeRule(db, { form: randomUUID(), rule, content: ruleOf(latest), active: false, reason: 'Fini.', seen: latest.number, takeUp: false, cancelWaiting: true, by, at: Date.now() }));
/** What the worker's upkeep does every other second. */
const notice = async () => {
  // The database keeps the real time, the server under test has skipped ahead of it.
  await db.reminderFiring.updateMany({ where: { state: 'entered', dueAt: null }, data: { enteredAt: new Date(await env.currentTimeMs()) } });
  return startReminders({ db, temporal: env.client, taskQueue });
};
const firings = (story: Story) => db.reminderFiring.findMany({ where: { projectId: story.projectId }, orderBy: { enteredAt: 'asc' } });
const mails = (story: Story) => db.mail.findMany({ where: { projectId: story.projectId, template: { contains: 'rule_reminder' } } });
const states = async (story: Story) => (await firings(story)).map(({ state }) => state);

afterEach(async () => {
  for (const { rule } of await db.reminderRule.findMany({ where: { live: true } })) await putAside(rule);
});

describe('S4, W2 a rule of staff rings for a subject still in its stage', () => {
  it('once, after its delay, with the words of the rule; noticed twice, it is started once', async () => {
    await write({});
    const story = await begin();
    expect(await states(story)).toEqual(['entered']);
    await notice();
    await db.reminderFiring.updateMany({ where: { projectId: story.projectId }, data: { state: 'entered' } }); // what a worker killed before it said so leaves
    await notice();
    expect(await states(story)).toEqual(['scheduled']);
    expect((await firings(story))[0]?.dueAt?.getTime()).toBe(((await firings(story))[0]?.enteredAt.getTime() ?? 0) + 20 * 3_600_000);
    await env.sleep('19h');
    expect(await mails(story)).toEqual([]);
    await env.sleep('2h');
    await eventually(async () => expect((await mails(story)).map(({ state }) => state)).toEqual(['sent']));
    const [mail] = await mails(story);
    expect(mail).toMatchObject({ template: 'staff_rule_reminder', toName: 'Nadia Ferrand', subject: `Rappel : Le brief ${story.ref} attend` });
    expect(mail?.text).toContain('« Brief à l’étude »');
    expect(await states(story)).toEqual(['sent']);
    await env.sleep('48h');
    expect(await mails(story)).toHaveLength(1);
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'reminder.sent' } })).toBe(1);
  });

  it('not when it has left, nor, for its first entry, when it has left and come back', async () => {
    await write({ subject: 'quote', stage: 'validating', target: 'account_manager', queue: 'account_manager', delayCount: 10 });
    const members = [await addMember(db, 'Ludivine')];
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(members[0]!);
    await story.chooseAll();
    await story.quote(members[0]!);
    await notice();
    await story.sendQuote();
    expect(await states(story)).toEqual(['left']);
    await story.ask(quoteSteps.reopenQuote, { reason: 'Une ligne à revoir.' }, story.staff, `quote-review/${story.ref}`);
    await notice();
    expect(await states(story)).toEqual(['left', 'scheduled']);
    await env.sleep('11h');
    await eventually(async () => expect(await states(story)).toEqual(['left', 'queued']));
    await eventually(async () => expect((await mails(story)).map(({ state }) => state)).toEqual(['sent']));
    // An item of the queue goes away with the stage.
    await story.sendQuote();
    expect(await states(story)).toEqual(['left', 'done']);
  });

  it('W4: a worker killed inside the transaction and again after it: one mail', async () => {
    await write({});
    const story = await begin();
    await notice();
    trouble = 'inside';
    await env.sleep('21h');
    await eventually(async () => expect((await mails(story)).map(({ state }) => state)).toEqual(['sent']));
    expect(trouble).toBe(null);
    expect(await states(story)).toEqual(['sent']);
  });

  it('a rule put aside cancels what it waits for, and takes up those there already only when asked', async () => {
    const rule = await write({});
    const story = await begin();
    await notice();
    expect(await waitingOf(db, rule)).toBe(1);
    await putAside(rule);
    expect(await states(story)).toEqual(['cancelled']);
    await env.sleep('21h');
    expect(await mails(story)).toEqual([]);
    const again = await db.reminderRule.findFirstOrThrow({ where: { rule }, orderBy: { number: 'desc' } });
    await changeRule(db, { form: randomUUID(), rule, content: { ...ruleOf(again), delayUnit: 'minutes' }, active: true, reason: 'De nouveau.', seen: again.number, takeUp: true, cancelWaiting: false, by, at: await env.currentTimeMs() });
    expect(await states(story)).toEqual(['cancelled', 'entered']);
    while ((await notice()) > 0);
    await env.sleep('1h');
    await eventually(async () => expect(await states(story)).toEqual(['cancelled', 'sent']));
  });

  it('without a rule for the stage, moving writes nothing', async () => {
    const story = await begin();
    await story.approve();
    expect(await firings(story)).toEqual([]);
  });
});
