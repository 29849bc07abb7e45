import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { accounts, balanceOf, type Account } from '../../domain/ledger.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { setReferral } from '../../steps/project-steps.ts';
import type { Person } from '../../steps/step.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const activities = createActivities(deps);
await runWorker(env, activities);
await addStaff(db);

const begin = (options: Parameters<typeof beginStory>[1] = {}) => beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs(), ...options });
const signed = async (members: Person[], totalCents = 83_000, options: Parameters<typeof beginStory>[1] = {}): Promise<Story> => {
  const story = await begin(options);
  await story.untilSigned(members, totalCents);
  return story;
};
const mailsOf = (projectId: string, template: string) => db.mail.findMany({ where: { projectId, template }, orderBy: { createdAt: 'asc' } });
const invoiceOf = (ref: string) => db.memberInvoice.findUniqueOrThrow({ where: { ref } });
const issuedOf = async (projectId: string) => {
  await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId, state: 'issued' } })).toBeGreaterThan(0));
  return db.clientInvoice.findFirstOrThrow({ where: { projectId, state: 'issued' }, include: { memberInvoices: true } });
};
const ledgerOf = async (projectId: string) =>
  (await db.ledgerLine.findMany({ where: { entry: { projectId } } })).map((line) => ({ ...line, account: line.account as Account, party: line.party ?? undefined }));

describe('I2 the 48 h window', () => {
  it('I4: preview without a number, then final in the member’s own series when 48 h have passed', async () => {
    const member = await addMember(db, 'Anna');
    const story = await signed([member]);
    const { ref } = await story.enterAmount(member, 50_000);
    const preview = await db.memberInvoice.findUniqueOrThrow({ where: { ref }, include: { document: true } });
    expect(preview).toMatchObject({ state: 'preview', number: null, amountCents: 50_000, vatCents: 10_000 });
    expect(preview.document?.kind).toBe('preview');
    await env.sleep('47h');
    expect((await invoiceOf(ref)).state).toBe('preview');
    await env.sleep('2h');
    const final = await db.memberInvoice.findUniqueOrThrow({ where: { ref }, include: { document: true } });
    expect(final.state).toBe('final');
    expect(final.number).toMatch(/-0001$/);
    expect(final.document?.kind).toBe('member_invoice');
    expect(await mailsOf(story.projectId, 'invoice_preview')).toMatchObject([{ toId: member.id }]);
  });

  it('an anomaly stops the clock, and its resolution opens a new window on a corrected preview', async () => {
    const member = await addMember(db, 'Boris');
    const story = await signed([member]);
    const { ref } = await story.enterAmount(member, 50_000);
    await env.sleep('40h');
    await story.ask(invoiceSteps.reportAnomaly, { reason: 'Il manque une journée.' }, member, `member-invoice/${ref}`);
    await env.sleep('100h');
    expect((await invoiceOf(ref)).state).toBe('anomaly');
    expect((await mailsOf(story.projectId, 'staff_anomaly_reminder')).length).toBeGreaterThan(0);
    await story.ask(invoiceSteps.resolveAnomaly, { amountCents: 60_000, resolution: 'La journée est ajoutée.' }, story.staff, `member-invoice/${ref}`);
    expect(await invoiceOf(ref)).toMatchObject({ state: 'preview', amountCents: 60_000, previewVersion: 2 });
    await env.sleep('47h');
    expect((await invoiceOf(ref)).state).toBe('preview');
    await env.sleep('2h');
    expect((await invoiceOf(ref)).state).toBe('final');
  });

  it('without a mandate silence accepts nothing: time reminds, and the member approves', async () => {
    const member = await addMember(db, 'Celia', { mandate: false });
    const story = await signed([member]);
    const { ref } = await story.enterAmount(member, 50_000);
    await env.sleep('10d');
    expect((await invoiceOf(ref)).state).toBe('preview');
    expect((await mailsOf(story.projectId, 'invoice_approval_reminder')).length).toBeGreaterThan(0);
    await story.ask(invoiceSteps.approvePreview, {}, member, `member-invoice/${ref}`);
    expect((await invoiceOf(ref)).state).toBe('final');
  });

  it('another member may not touch it', async () => {
    const [member, other] = [await addMember(db, 'Diane'), await addMember(db, 'Emile')];
    const story = await signed([member, other]);
    const { ref } = await story.enterAmount(member, 50_000);
    await expect(story.ask(invoiceSteps.reportAnomaly, { reason: 'Je ne suis pas elle.' }, other, `member-invoice/${ref}`)).rejects.toMatchObject({ code: 'not_allowed' });
  });
});

describe('I1 the allowance', () => {
  it('is never passed, also by two posts at once, and a cancelled invoice frees its amount', async () => {
    const member = await addMember(db, 'Fanny');
    const story = await signed([member]);
    await expect(story.enterAmount(member, 83_001)).rejects.toMatchObject({ code: 'amount_above_allowance', details: { leftCents: 83_000 } });
    const posts = await Promise.allSettled([story.enterAmount(member, 50_000), story.enterAmount(member, 50_000)]);
    expect(posts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const standing = await db.memberInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
    await story.ask(invoiceSteps.cancelInvoice, { reason: 'Mauvais montant.' }, member, `member-invoice/${standing.ref}`);
    expect((await story.enterAmount(member, 83_000)).ref).toBe(`${story.ref}-F2`);
  });

  it('W4: the same form posted twice is one invoice', async () => {
    const member = await addMember(db, 'Gilles');
    const story = await signed([member]);
    await Promise.all([story.enterAmount(member, 10_000, `once-${story.ref}`), story.enterAmount(member, 10_000, `once-${story.ref}`)]);
    expect(await db.memberInvoice.count({ where: { projectId: story.projectId } })).toBe(1);
  });
});

describe('I3 one invoice for the team', () => {
  it('waits for team mates whose windows are open', async () => {
    const [one, two] = [await addMember(db, 'Hana'), await addMember(db, 'Ivan')];
    const story = await signed([one, two], 41_500);
    await story.enterAmount(one, 41_500);
    await env.sleep('24h');
    await story.enterAmount(two, 41_500);
    await env.sleep('25h');
    expect(await db.clientInvoice.findMany({ where: { projectId: story.projectId } })).toMatchObject([{ state: 'gathering' }]);
    await env.sleep('24h');
    const invoice = await issuedOf(story.projectId);
    expect(invoice).toMatchObject({ membersCents: 83_000, feeCents: 17_000, vatCents: 20_000, totalCents: 120_000 });
    expect(invoice.memberInvoices).toHaveLength(2);
    expect(invoice.number).toMatch(/^OW-\d{4}-\d{5}$/);
  });

  it('waits up to its limit, then leaves without those who are late; they get the next one', async () => {
    const [one, two] = [await addMember(db, 'Jade'), await addMember(db, 'Karl', { mandate: false })];
    const story = await signed([one, two], 41_500);
    await story.enterAmount(one, 41_500);
    const late = await story.enterAmount(two, 41_500);
    await env.sleep('49h');
    expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(0);
    await env.sleep('73h');
    expect((await issuedOf(story.projectId)).memberInvoices).toHaveLength(1);
    await story.ask(invoiceSteps.approvePreview, {}, two, `member-invoice/${late.ref}`);
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(2));
    const fees = await db.clientInvoice.aggregate({ where: { projectId: story.projectId }, _sum: { feeCents: true } });
    expect(fees._sum.feeCents).toBe(17_000); // Q6: the fees of all invoices add up to the quote's
  });

  it('one gap-free series over all projects', async () => {
    const numbers = (await db.clientInvoice.findMany({ where: { number: { not: null } }, orderBy: { number: 'asc' } })).map(({ number }) => Number(number?.split('-')[2]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

describe('I5, I6 due date and dunning', () => {
  it('is due 30 days after issue, chased by its cadence, with interest and 40 € once late; a pause stops it', async () => {
    const member = await addMember(db, 'Louis');
    const story = await signed([member]);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    const days = ((invoice.dueAt?.getTime() ?? 0) - (invoice.issuedAt?.getTime() ?? 0)) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(31.1);
    await env.sleep('28d');
    expect(await mailsOf(story.projectId, 'dunning_before_due')).toHaveLength(1);
    expect(await mailsOf(story.projectId, 'dunning_reminder')).toHaveLength(0);
    await env.sleep('14d');
    const [reminder] = await mailsOf(story.projectId, 'dunning_reminder');
    const told = reminder?.data as { daysLate: number; interestCents: number; indemnityCents: number };
    expect(told.daysLate).toBeGreaterThanOrEqual(6);
    expect(told.interestCents).toBeGreaterThan(0);
    expect(told.indemnityCents).toBe(4_000);
    await story.ask(invoiceSteps.pauseDunning, { reason: 'Litige sur la livraison.' }, story.staff, `client-invoice/${invoice.ref}`);
    await env.sleep('40d');
    expect(await mailsOf(story.projectId, 'dunning_formal_notice')).toHaveLength(0);
  });
});

describe('C10 a disputed invoice', () => {
  it('C10, I6: no reminder leaves until staff have answered, the interest goes on counting from the same due date, and the next reminders leave on their days', async () => {
    const member = await addMember(db, 'Noé');
    const story = await signed([member]);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    const workflow = `client-invoice/${invoice.ref}`;
    const dunned = () => db.mail.findMany({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } }, orderBy: { createdAt: 'asc' } });
    await env.sleep('28d');
    expect((await dunned()).map(({ template }) => template)).toEqual(['dunning_before_due']);
    await story.ask(invoiceSteps.dispute, { reason: 'Deux journées de trop.' }, story.client, workflow);
    expect(await mailsOf(story.projectId, 'staff_invoice_disputed')).not.toHaveLength(0);
    await env.sleep('14d'); // past the due date and the first reminder
    expect(await dunned()).toHaveLength(1);
    const still = await db.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id } });
    expect(still).toMatchObject({ state: 'issued', dueAt: invoice.dueAt, totalCents: invoice.totalCents, dunningLevel: 1 });
    await story.ask(invoiceSteps.settleDispute, { answer: 'Le détail des journées est joint.' }, story.staff, workflow);
    expect(await mailsOf(story.projectId, 'invoice_dispute_settled')).toMatchObject([{ toId: story.client.id }]);
    await env.sleep('30d');
    const after = (await dunned()).slice(1);
    // « Due today » said nothing of a day gone by; the reminder that fell meanwhile leaves after the answer, then the others on their days.
    expect(after.map(({ template }) => template)).toEqual(['dunning_reminder', 'dunning_firm', 'dunning_formal_notice']);
    expect((await db.auditEvent.findMany({ where: { projectId: story.projectId, action: { in: ['clientInvoice.dunningHeld', 'clientInvoice.dunningSkipped'] } }, orderBy: { at: 'asc' } })).map(({ action, data }) => [action, (data as { level: number }).level])).toEqual([['clientInvoice.dunningSkipped', 2], ['clientInvoice.dunningHeld', 3]]);
    const told = after[0]?.data as { daysLate: number; interestCents: number };
    expect(told.daysLate).toBeGreaterThanOrEqual(12); // from the due date, not from the answer
    expect(told.interestCents).toBeGreaterThan(0);
    await story.pay(invoice.ref, invoice.totalCents);
    await story.sendPayouts(invoice.ref);
    await eventually(async () => expect((await db.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id } })).state).toBe('settled'));
  });
});

describe('I6 who reads each level of dunning', () => {
  it('the billing contacts, the owner, or both, as the terms of the project say', async () => {
    const member = await addMember(db, 'Maud');
    const after = (count: number) => ({ unit: 'days' as const, count });
    const story = await signed([member], 83_000, { terms: { dunning: [{ level: 1, after: after(1), tone: 'reminder' }, { level: 2, after: after(5), tone: 'firm', to: 'owner' }, { level: 3, after: after(9), tone: 'formal_notice', to: 'both' }] } });
    const project = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    const billing = await db.clientUser.create({ data: { companyId: project.companyId, email: `compta-${story.ref}@clients.test`.toLowerCase(), name: 'Compta', role: 'guest', billingContact: true } });
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    await issuedOf(story.projectId);
    await env.sleep('50d');
    const readers = async (tone: string) => (await mailsOf(story.projectId, `dunning_${tone}`)).map(({ toId }) => toId).sort();
    expect(await readers('reminder')).toEqual([billing.id]);
    expect(await readers('firm')).toEqual([project.ownerId]);
    expect(await readers('formal_notice')).toEqual([billing.id, project.ownerId].sort());
  });
});

describe('I7, I8, I9 payments', () => {
  it('W2, W4: a part payment after reminders rings none of them again, and its payouts can be sent; each wave of payouts is reminded of', async () => {
    const member = await addMember(db, 'Reine');
    const story = await signed([member]);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    await env.sleep('40d');
    const dunned = await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } });
    expect(dunned).toBe(3);
    await story.pay(invoice.ref, 20_000);
    await env.sleep('2d');
    expect(await mailsOf(story.projectId, 'staff_payouts_waiting')).toHaveLength(1);
    await story.sendPayouts(invoice.ref);
    await story.pay(invoice.ref, 100_000);
    await env.sleep('2d');
    expect(await mailsOf(story.projectId, 'staff_payouts_waiting')).toHaveLength(2);
    await story.sendPayouts(invoice.ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } })).toBe(dunned);
    const { events } = await env.client.workflow.getHandle(`client-invoice/${invoice.ref}`).fetchHistory();
    expect(events?.length).toBeLessThan(150);
  });

  it('I8: a referrer named by staff earns their share of the fee, and is not changed once a share is due', async () => {
    const [member, referrer] = [await addMember(db, 'Octave'), await addMember(db, 'Prune')];
    const story = await signed([member]);
    await story.ask(setReferral, { memberId: referrer.id, level: 'introduction' }, story.staff);
    await story.ask(setReferral, { memberId: referrer.id, level: 'full_lead' }, story.staff);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    await story.pay(invoice.ref, 120_000);
    const share = await db.payout.findFirstOrThrow({ where: { memberId: referrer.id, kind: 'referral' } });
    expect(share.amountCents).toBe(3_400); // 20 % of 170.00 €
    await expect(story.ask(setReferral, { memberId: member.id, level: 'introduction' }, story.staff)).rejects.toMatchObject({ code: 'referral_owed' });
  });

  it('every activity repeated with the same input changes nothing (W4)', async () => {
    const member = await addMember(db, 'Paul');
    const story = await signed([member]);
    const { ref } = await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    await story.pay(invoice.ref, 20_000);
    const count = async () => [await db.mail.count(), await db.auditEvent.count(), await db.ledgerEntry.count(), await db.payout.count(), await db.document.count()];
    const before = await count();
    const submissions = await db.submission.findMany({ where: { state: 'done', subject: { contains: story.ref } } });
    const memberInvoice = await invoiceOf(ref);
    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    for (const { id, step } of submissions) {
      const run = activities[step as keyof typeof activities] as (input: object) => Promise<unknown>;
      await run({ submissionId: id, projectId: story.projectId, roundId: round.id, memberInvoiceId: memberInvoice.id, clientInvoiceId: invoice.id, at: Date.now() });
    }
    await activities.closeWindow({ memberInvoiceId: memberInvoice.id, previewVersion: 1, times: 1, at: Date.now() });
    await activities.issueClientInvoice({ clientInvoiceId: invoice.id, times: 1, at: Date.now() });
    await activities.deliverMails({ mailIds: (await db.mail.findMany({ where: { projectId: story.projectId } })).map(({ id }) => id) });
    expect(await count()).toEqual(before);
    expect(submissions.length).toBeGreaterThanOrEqual(8);
  });

  it('a part payment pays out pro rata to the cent, the rest settles all, and the project closes', async () => {
    const [one, two, referrer] = [await addMember(db, 'Marie'), await addMember(db, 'Noe', { vatRegime: 'franchise' }), await addMember(db, 'Olga')];
    const story = await signed([one, two], 41_500, { referral: { memberId: referrer.id, level: 'full_lead' } });
    await Promise.all([story.enterAmount(one, 41_500), story.enterAmount(two, 41_500)]);
    await env.sleep('49h');
    const invoice = await issuedOf(story.projectId);
    expect(await story.stage()).toBe('settling');
    await expect(story.pay(invoice.ref, 120_001)).rejects.toMatchObject({ code: 'amount_above_due' });
    await story.pay(invoice.ref, 33_333);
    const first = await db.payout.findMany({ where: { payment: { clientInvoiceId: invoice.id } } });
    const part = (memberId: string) => first.find((payout) => payout.memberId === memberId)?.amountCents;
    expect(part(one.id)).toBe(Math.round((49_800 * 33_333) / 120_000));
    expect(part(two.id)).toBe(Math.round((41_500 * 33_333) / 120_000));
    await story.sendPayouts(invoice.ref);
    await story.pay(invoice.ref, 86_667, `rest-${story.ref}`);
    await story.pay(invoice.ref, 86_667, `rest-${story.ref}`); // W4: posted again, paid once
    await story.sendPayouts(invoice.ref);
    const paid = await db.payout.groupBy({ by: ['memberId', 'kind'], where: { payment: { clientInvoiceId: invoice.id } }, _sum: { amountCents: true } });
    const total = (memberId: string) => paid.find((row) => row.memberId === memberId)?._sum.amountCents;
    expect(total(one.id)).toBe(49_800);
    expect(total(two.id)).toBe(41_500);
    expect(total(referrer.id)).toBe(3_400); // 20 % of the fee of 170.00 €
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    const lines = await ledgerOf(story.projectId);
    const debits = lines.reduce((sum, line) => sum + line.debitCents - line.creditCents, 0);
    expect(debits).toBe(0);
    for (const settled of ['client_receivable', 'member_payable', 'member_services', 'vat_pending', 'referral_payable'] as const) expect([settled, balanceOf(lines, settled)]).toEqual([settled, 0]);
    expect(balanceOf(lines, 'fee_revenue')).toBe(17_000);
    expect(balanceOf(lines, 'referral_expense')).toBe(3_400);
    // client paid = members + fee + VAT
    expect(balanceOf(lines, 'bank')).toBe(120_000 - 49_800 - 41_500 - 3_400);
    expect(Object.keys(accounts)).toContain('bank');
    expect(await mailsOf(story.projectId, 'project_closed')).toHaveLength(1);
  });
});
