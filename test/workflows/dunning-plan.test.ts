import { describe, expect, it } from 'vitest';
import { reminderMail, subjectOf, wordingsNow } from '../../admin/pages/dunning-plan/mail.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { plannedInclude, plannedReminders } from '../../database/dunning-plan.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
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

describe('I6 the dry run of the reminders', () => {
  it('is what the workflow then sends: the same days, levels, readers, subjects and figures; a level kept silent by a pause is over', async () => {
    const member = await addMember(db, 'Maud', { mandate: false });
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilSigned([member]);
    const { ref } = await story.enterAmount(member, 83_000);
    await story.ask(invoiceSteps.approvePreview, {}, member, `member-invoice/${ref}`);
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(1));
    const invoiceNow = () => db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId }, include: plannedInclude });
    const planNow = async () => {
      const invoice = await invoiceNow();
      return { invoice, plan: (await plannedReminders(db, [invoice])).get(invoice.id) ?? [] };
    };
    const { invoice: issued, plan: whole } = await planNow();
    expect(whole.map(({ tone }) => tone)).toEqual(['before_due', 'due', 'reminder', 'firm', 'formal_notice']);
    // The first one falls while a dispute holds reminders back: rung in silence, it does not come back.
    const workflow = `client-invoice/${issued.ref}`;
    await story.ask(invoiceSteps.pauseDunning, { reason: 'Le client conteste.' }, story.staff, workflow);
    await env.sleep('28d');
    await story.ask(invoiceSteps.resumeDunning, {}, story.staff, workflow);
    await story.pay(issued.ref, 20_000);
    const { invoice, plan } = await planNow();
    expect(plan.map(({ level }) => level)).toEqual([2, 3, 4, 5]);
    const wordings = wordingsNow(db);
    const promised = await Promise.all(plan.map(async (reminder) => ({
      template: `dunning_${reminder.tone}`, minute: Math.floor(reminder.at / 60_000), readers: reminder.readers.map(({ email }) => email),
      subject: await subjectOf(wordings, invoice, reminder, deps.publicUrl), letter: reminder.letter, figures: reminder.figures,
    })));
    const last = plan.at(-1);
    const preview = last?.readers[0] && (await reminderMail(wordings, invoice, last, last.readers[0], deps.publicUrl));
    await env.sleep('75d');
    await eventually(async () => expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' }, state: 'sent' } })).toBe(plan.length));
    const sent = await db.mail.findMany({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } }, orderBy: { createdAt: 'asc' } });
    expect(sent.map(({ template, createdAt, toEmail, subject, data }) => {
      const { number: _number, linkId: _link, consolePath: _path, letter, attached = [], ...figures } = data as Record<string, unknown>;
      expect(attached).toHaveLength(letter ? 1 : 0);
      return { template, minute: Math.floor(createdAt.getTime() / 60_000), readers: [toEmail], subject, letter, figures };
    })).toEqual(promised);
    expect(promised.at(-1)?.figures).toMatchObject({ indemnityCents: 4_000 });
    // The preview reads as the mail did, its link apart.
    const words = (text: string): string => text.replace(/http\S+|\s+/g, ' ').replace(/\s+/g, ' ');
    expect(words(preview?.text ?? '')).toBe(words(sent.at(-1)?.text ?? ''));
    expect((await planNow()).plan).toEqual([]);
  });
});
