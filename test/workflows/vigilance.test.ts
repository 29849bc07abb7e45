import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { sendPayout } from '../../steps/invoice-steps.ts';
import * as steps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import type { Person, Step } from '../../steps/step.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
const staff = await addStaff(db);
const day = 86_400_000;

interface Known extends Person { readonly handle: string }

/** An active member followed by their own workflow, without a single document. */
async function follow(name: string): Promise<Known> {
  const person = await addMember(db, name);
  const { handle } = await db.member.findUniqueOrThrow({ where: { id: person.id } });
  const carried = { state: 'active', since: await env.currentTimeMs(), documents: [] };
  await env.client.workflow.start('membership', { taskQueue: 'off-works', workflowId: `membership/${handle}`, args: [{ memberId: person.id, handle, terms: defaultMembershipTerms, mailIds: [], carried }] });
  return { ...person, handle };
}
const ask = (member: Known, step: Step<unknown>, payload: unknown, person: Person = staff) =>
  perform({ db, temporal: env.client }, { step, payload, person, subject: `membership/${member.handle}`, key: randomUUID() });
const daysFromNow = async (days: number): Promise<string> => parisDay((await env.currentTimeMs()) + days * day);
async function accept(member: Known, kind: string, days = 170): Promise<void> {
  await ask(member, steps.sendDocument, { kind, fileName: `${kind}.pdf`, expiresOn: await daysFromNow(days) }, { kind: 'member', id: member.id });
  const { id } = await db.memberDocument.findFirstOrThrow({ where: { memberId: member.id, kind, state: 'to_check' } });
  await ask(member, steps.acceptDocument, { documentId: id, expiresOn: null });
}
const payoutsOf = (member: Person) => db.payout.findMany({ where: { memberId: member.id }, orderBy: { createdAt: 'asc' } });
const statesOf = async (member: Person): Promise<string[]> => (await payoutsOf(member)).map(({ state }) => state);
const mails = (template: string, toId: string) => db.mail.findMany({ where: { template, toId } });
const staffMails = (projectId: string, template: string) => db.mail.count({ where: { projectId, template } });

/** A project of this amount, signed, invoiced whole and paid by its client. */
async function paid(members: Person[], totalCents: number, share = 1): Promise<{ story: Story; invoice: { id: string; ref: string; totalCents: number } }> {
  const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
  await story.untilSigned(members, totalCents);
  for (const member of members) await story.enterAmount(member, totalCents);
  await env.sleep('49h');
  const invoice = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId, state: 'issued' } });
  await story.pay(invoice.ref, Math.round(invoice.totalCents * share));
  return { story, invoice };
}

describe('M4, I7 the vigilance gate', () => {
  it('holds nothing under 5 000 € excl. tax, and says why above', async () => {
    const [small, large] = [await follow('Alba'), await follow('Brune')];
    await paid([small], 499_999);
    expect(await statesOf(small)).toEqual(['to_send']);
    const { story, invoice } = await paid([large], 500_000);
    expect(await payoutsOf(large)).toMatchObject([{ state: 'held', heldFor: ['registration', 'urssaf'], amountCents: 600_000 }]);
    expect(await mails('payout_held', large.id)).toMatchObject([{ data: { amountCents: 600_000, kind: 'services', registration: true, urssaf: true } }]);
    expect(await mails('payout_due', large.id)).toEqual([]);
    const event = await db.auditEvent.findFirstOrThrow({ where: { projectId: story.projectId, action: 'payout.held' } });
    expect(event.data).toMatchObject({ amountCents: 600_000, registration: 'missing', urssaf: 'missing' });
    const { id } = await db.payout.findFirstOrThrow({ where: { memberId: large.id } });
    await expect(story.ask(sendPayout, { payoutIds: [id] }, staff, `client-invoice/${invoice.ref}`)).rejects.toMatchObject({ code: 'payout_held' });
    await env.sleep('10d');
    expect(await staffMails(story.projectId, 'staff_payouts_waiting')).toBe(0); // nothing that staff could send
  });

  it('lets go with the last document accepted; staff are reminded from then on, and the project closes once sent', async () => {
    const member = await follow('Capucine');
    const { story, invoice } = await paid([member], 700_000);
    await accept(member, 'registration');
    expect(await payoutsOf(member)).toMatchObject([{ state: 'held', heldFor: ['urssaf'] }]);
    await accept(member, 'urssaf');
    expect(await payoutsOf(member)).toMatchObject([{ state: 'to_send', heldFor: [] }]);
    expect(await mails('payouts_released', member.id)).toMatchObject([{ data: { amountCents: 840_000 } }]);
    await env.sleep('2d');
    expect(await staffMails(story.projectId, 'staff_payouts_waiting')).toBe(1);
    await story.sendPayouts(invoice.ref);
    expect(await statesOf(member)).toEqual(['sent']);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
  });

  it('a client invoice is not settled while a payout is held, its team mate’s sent', async () => {
    const [held, free] = [await follow('Daphné'), await follow('Edwige')];
    await accept(free, 'registration');
    await accept(free, 'urssaf');
    const { story, invoice } = await paid([held, free], 600_000);
    await story.sendPayouts(invoice.ref);
    expect([await statesOf(held), await statesOf(free)]).toEqual([['held'], ['sent']]);
    expect((await db.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id } })).state).toBe('paid');
  });

  it('W2: a document that runs out holds back again what has not left', async () => {
    const member = await follow('Flavie');
    await accept(member, 'registration');
    await accept(member, 'urssaf', 20);
    await paid([member], 800_000);
    expect(await statesOf(member)).toEqual(['to_send']);
    await env.sleep('19d');
    expect(await payoutsOf(member)).toMatchObject([{ state: 'held', heldFor: ['urssaf'] }]);
    await accept(member, 'urssaf');
    expect(await statesOf(member)).toEqual(['to_send']);
  });

  it('staff may let a payment through for a while, with a reason: audited, one document only, and over with its last day', async () => {
    const member = await follow('Garance');
    await accept(member, 'registration');
    await paid([member], 900_000);
    expect(await statesOf(member)).toEqual(['held']);
    await expect(ask(member, steps.overrideDocument, { kind: 'urssaf', reason: 'Trop tard.', until: await daysFromNow(-1) })).rejects.toMatchObject({ code: 'form_invalid' });
    await expect(ask(member, steps.overrideDocument, { kind: 'insurance', reason: 'Pas obligatoire.', until: await daysFromNow(5) })).rejects.toMatchObject({ code: 'form_invalid' });
    await ask(member, steps.overrideDocument, { kind: 'urssaf', reason: 'L’URSSAF est en panne, vu au téléphone.', until: await daysFromNow(5) });
    expect(await statesOf(member)).toEqual(['to_send']);
    const event = await db.auditEvent.findFirstOrThrow({ where: { subject: member.handle, action: 'membership.overrideDocument' } });
    expect(event).toMatchObject({ actorName: 'Nadia Ferrand', data: { kind: 'urssaf', reason: 'L’URSSAF est en panne, vu au téléphone.', until: await daysFromNow(5) } });
    await env.sleep('4d');
    expect(await statesOf(member)).toEqual(['to_send']);
    await env.sleep('3d');
    expect(await statesOf(member)).toEqual(['held']);
    expect(await db.auditEvent.count({ where: { subject: member.handle, action: 'membership.overrideEnded' } })).toBe(1);
    // Its member hears of what waits again, and staff of why.
    expect(await db.mail.findMany({ where: { toId: member.id, template: 'payouts_held_again' } })).toMatchObject([{ data: { kind: 'urssaf' } }]);
    expect(await db.mail.findMany({ where: { template: 'staff_override_ended' } })).not.toHaveLength(0);
    const { id } = await db.documentOverride.findFirstOrThrow({ where: { memberId: member.id } });
    await expect(db.documentOverride.update({ where: { id }, data: { until: new Date('2099-01-01') } })).rejects.toThrow(/stays as it was decided/);
  });

  it('W4: a payment repeated, and a document accepted at the same moment, end with one payout that is free', async () => {
    const member = await follow('Hortense');
    await accept(member, 'registration');
    const { story, invoice } = await paid([member], 1_000_000, 0.25);
    const rest = invoice.totalCents - Math.round(invoice.totalCents * 0.25);
    await Promise.all([accept(member, 'urssaf'), story.pay(invoice.ref, rest, 'rest-of-it'), story.pay(invoice.ref, rest, 'rest-of-it')]);
    expect(await statesOf(member)).toEqual(['to_send', 'to_send']);
  });
});

describe('I5 what the law grants a member while the client has not paid', () => {
  it('W2: staff are warned ten days and one day before; not once the member is paid', async () => {
    const [owed, settled] = [await follow('Ines'), await follow('Jeanne')];
    const late = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await late.untilSigned([owed], 83_000);
    await late.enterAmount(owed, 83_000);
    const { story, invoice } = await paid([settled], 83_000);
    await story.sendPayouts(invoice.ref);
    await env.sleep('45d');
    expect(await staffMails(late.projectId, 'staff_member_legal_due')).toBe(0);
    await env.sleep('5d');
    expect(await staffMails(late.projectId, 'staff_member_legal_due')).toBe(1);
    await env.sleep('12d');
    expect(await staffMails(late.projectId, 'staff_member_legal_due')).toBe(2);
    expect(await staffMails(story.projectId, 'staff_member_legal_due')).toBe(0);
  });

  it('W2: part paid and part sent, staff are still warned of the rest; a payout held counts as not paid', async () => {
    const member = await follow('Kiara');
    const { story, invoice } = await paid([member], 83_000, 0.5);
    await story.sendPayouts(invoice.ref);
    const held = await follow('Louison');
    const { story: waiting } = await paid([held], 600_000);
    await env.sleep('70d');
    expect(await staffMails(story.projectId, 'staff_member_legal_due')).toBe(2);
    expect(await staffMails(waiting.projectId, 'staff_member_legal_due')).toBe(2);
  });
});
