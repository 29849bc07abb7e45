import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { moveDeadline } from '../../steps/deadline-steps.ts';
import { assignManager, setReferral } from '../../steps/project-steps.ts';
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

const now = (): Promise<number> => env.currentTimeMs();
const begin = (options: Parameters<typeof beginStory>[1] = {}) => beginStory({ ...deps, temporal: env.client }, { now, ...options });
const mails = (projectId: string, template: string) => db.mail.count({ where: { projectId, template } });
const inParis = (at: number) => DateTime.fromMillis(at, { zone: 'Europe/Paris' });
const hours = (count: number) => ({ unit: 'hours' as const, count });

describe('S3 a deadline extended, skipped or counted again, with a reason', () => {
  it('extended, the limit of a stage rings at its new moment and not before', async () => {
    const story = await begin({ terms: { distributionReminders: [], dormancyLimit: hours(48) } });
    await story.approve();
    const until = inParis(await now()).plus({ days: 6 }).set({ second: 0, millisecond: 0 });
    await story.ask(moveDeadline, { how: 'extend', untilDate: until.toISODate(), untilTime: until.toFormat('HH:mm'), reason: 'Le client est en congé.' }, story.staff);
    const { nextDeadlineAt } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    expect(nextDeadlineAt?.getTime()).toBe(until.toMillis());
    await env.sleep('5d');
    expect(await story.stage()).toBe('approved');
    await env.sleep('26h');
    expect(await story.stage()).toBe('abandoned');
    const told = await db.auditEvent.findFirstOrThrow({ where: { projectId: story.projectId, action: 'deadline.extend' } });
    expect(told.data).toMatchObject({ reason: 'Le client est en congé.', until: until.toUTC().toISO() });
  });

  it('skipped, the next reminder leaves now and once; then the one after it keeps its time', async () => {
    const story = await begin({ terms: { briefReviewReminders: [hours(10), hours(20)] } });
    await story.ask(moveDeadline, { how: 'skip', reason: 'C’est urgent.' }, story.staff);
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(1);
    await env.sleep('15h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(1);
    await env.sleep('6h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(2);
  });

  it('counted again, the reminders of a stage come anew', async () => {
    const story = await begin({ terms: { briefReviewReminders: [hours(10)] } });
    await env.sleep('11h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(1);
    await story.ask(moveDeadline, { how: 'restart', reason: 'Nous reprenons depuis le début.' }, story.staff);
    await env.sleep('9h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(1);
    await env.sleep('2h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(2);
  });

  it('I2: the member’s window may be extended, never cut short', async () => {
    const member = await addMember(db, 'Gaspard');
    const story = await begin();
    await story.untilSigned([member]);
    const { ref } = await story.enterAmount(member, 30_000);
    const subject = `member-invoice/${ref}`;
    await expect(story.ask(moveDeadline, { how: 'skip', reason: 'Pressé.' }, story.staff, subject)).rejects.toMatchObject({ code: 'window_promised' });
    const until = inParis(await now()).plus({ days: 5 });
    await story.ask(moveDeadline, { how: 'extend', untilDate: until.toISODate(), untilTime: until.toFormat('HH:mm'), reason: 'Membre hospitalisé.' }, story.staff, subject);
    await env.sleep('4d');
    expect((await db.memberInvoice.findUniqueOrThrow({ where: { ref } })).state).toBe('preview');
    await env.sleep('26h');
    expect((await db.memberInvoice.findUniqueOrThrow({ where: { ref } })).state).toBe('final');
  });

  it('another account manager, or a referrer named, starts nobody’s clock again', async () => {
    const story = await begin({ terms: { briefReviewReminders: [hours(10)] } });
    const before = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    await env.sleep('6h');
    await story.ask(assignManager, { accountManagerId: story.staff.id }, story.staff);
    await story.ask(setReferral, { memberId: (await addMember(db, 'Iris')).id, level: 'full_lead' }, story.staff);
    expect((await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).nextDeadlineAt).toEqual(before.nextDeadlineAt);
    await env.sleep('5h');
    expect(await mails(story.projectId, 'staff_brief_waiting')).toBe(1);
  });

  it('a moment that is over is refused, and nothing moves', async () => {
    const story = await begin();
    const before = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    await expect(story.ask(moveDeadline, { how: 'extend', untilDate: '2020-01-01', reason: 'Erreur.' }, story.staff)).rejects.toMatchObject({ code: 'deadline_in_past' });
    expect((await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).nextDeadlineAt).toEqual(before.nextDeadlineAt);
  });

  // Last: the round outlives its project, and time skips no more.
  it('Q7: the validity of a sent quote moves with its deadline', async () => {
    const story = await begin({ terms: { clientQuoteReminders: [], clientQuoteValidity: hours(48) } });
    await story.untilSent([await addMember(db, 'Flora')]);
    const until = inParis(await now()).plus({ days: 4 }).set({ second: 0, millisecond: 0 });
    await story.ask(moveDeadline, { how: 'extend', untilDate: until.toISODate(), untilTime: until.toFormat('HH:mm'), reason: 'Demandé par le client.' }, story.staff, `quote-review/${story.ref}`);
    const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    expect(quote.validUntil.getTime()).toBe(until.toMillis());
    await env.sleep('3d');
    expect(await story.stage()).toBe('quote_sent');
    // No longer than needed: what is left of this sleep once the round is over passes in real seconds.
    await env.sleep(until.toMillis() - (await now()) + 1_000);
    await eventually(async () => expect(await story.stage()).toBe('expired'));
  });
});
