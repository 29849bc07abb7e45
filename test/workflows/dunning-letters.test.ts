import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { claimLateFee, receiveLateFee, waiveLateFee } from '../../database/late-fees.ts';
import { plannedInclude, plannedReminders } from '../../database/dunning-plan.ts';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { balanceOf, type Account } from '../../domain/ledger.ts';
import { documentPdf } from '../../documents/document-pdf.ts';
import { dispute, recordPayment, settleDispute } from '../../steps/invoice-steps.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { readPdf } from '../support/pdf-text.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase();
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);

async function issued(name: string, cents = 83_000) {
  const member = await addMember(db, name);
  const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
  await story.untilSigned([member], cents);
  await story.enterAmount(member, cents);
  await env.sleep('49h');
  await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(1));
  const invoice = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
  const pay = async () => story.ask(recordPayment, { amountCents: invoice.totalCents, receivedOn: new Date(await env.currentTimeMs()).toISOString().slice(0, 10), reference: 'VIR CLIENT' }, story.staff, `client-invoice/${invoice.ref}`);
  return { member, story, invoice, pay, now: () => db.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id }, include: { ...plannedInclude, dunningLetters: { orderBy: { level: 'asc' } }, lateFee: true } }) };
}
const balance = async (projectId: string, account: Account): Promise<number> =>
  balanceOf((await db.ledgerLine.findMany({ where: { entry: { projectId } } })).map((line) => ({ ...line, account: line.account as Account, party: line.party ?? undefined })), account);
const misfits = async () => (await verifyLedger(db)).misfits;
const by = { kind: 'staff' as const, id: 'x', name: 'Fabien' };

describe('I6 letters, and what stays due', () => {
  it('I6: a level whose terms say so keeps a letter with the figures of its e-mail, which carries it as a PDF; paid late, interest and 40 € stay owed, are claimed, and received', async () => {
    const { story, invoice, pay, now } = await issued('Ada');
    await env.sleep('64d'); // 30 days to pay, then 30 more and the notice
    await eventually(async () => expect((await now()).dunningLetters).toHaveLength(2));
    const { dunningLetters: [firm, notice], number } = await now();
    expect([firm, notice].map((one) => [one?.level, one?.tone, one?.reference.slice(0, 3)])).toEqual([[4, 'firm', 'REL'], [5, 'formal_notice', 'MED']]);
    await eventually(async () => expect(await db.mail.count({ where: { projectId: story.projectId, template: 'dunning_formal_notice', state: 'sent' } })).toBe(1));
    const mail = await db.mail.findFirstOrThrow({ where: { projectId: story.projectId, template: 'dunning_formal_notice' } });
    const told = mail.data as { interestCents: number; attached: string[] };
    expect(told.attached).toEqual([notice?.documentId]);
    const pdf = await documentPdf(db, notice?.documentId ?? '');
    const words = (await readPdf(pdf.bytes)).text.replace(/\s+/g, ' ');
    expect(words).toContain('Mise en demeure');
    expect(words).toContain(number ?? '?');
    expect(words).toContain((told.interestCents / 100).toFixed(2).replace('.', ','));
    expect((await documentPdf(db, notice?.documentId ?? '')).sha256).toBe(pdf.sha256);
    expect(mail.text).toContain('La lettre est jointe');

    await pay();
    const { lateFee: fee, dueAt } = await now();
    expect(fee).toMatchObject({ state: 'owed', indemnityCents: 4_000 });
    expect(fee?.daysLate).toBeGreaterThanOrEqual(30);
    expect(fee?.interestCents).toBe(Math.round((invoice.totalCents * 1_215 * (fee?.daysLate ?? 0)) / 365 / 10_000));
    expect(dueAt).toEqual(invoice.dueAt);
    const cents = (fee?.interestCents ?? 0) + 4_000;
    const at = await env.currentTimeMs();
    const deed = (key: string) => ({ db, secret: deps.secret, key, by, at });
    await expect(receiveLateFee(deed('early'), fee?.id ?? '', { amountCents: cents, receivedOn: new Date('2027-01-01'), reference: 'VIR' })).rejects.toMatchObject({ code: 'late_fee_settled' });
    const claims = await Promise.all([1, 2].map(() => claimLateFee(deed('claim'), fee?.id ?? '')));
    expect(claims[0]).toEqual(claims[1]);
    expect(await db.mail.count({ where: { projectId: story.projectId, template: 'late_fees_claimed' } })).toBe(1);
    expect(await balance(story.projectId, 'late_fee_receivable')).toBe(cents);
    expect(await misfits()).toEqual([]);
    // In parts: never past what is left, each once however often it is sent, and the rest stays due.
    const receive = (key: string, amountCents: number) => receiveLateFee(deed(key), fee?.id ?? '', { amountCents, receivedOn: new Date('2027-03-01'), reference: `VIR ${key}` });
    await expect(receive('above', cents + 1)).rejects.toMatchObject({ code: 'late_fee_above_due', details: { leftCents: cents } });
    await expect(receive('nothing', 0)).rejects.toMatchObject({ code: 'amount_invalid' });
    expect(await Promise.all([receive('part', 1_500), receive('part', 1_500)])).toEqual([{ mailIds: [], leftCents: cents - 1_500 }, { mailIds: [], leftCents: cents - 1_500 }]);
    expect((await now()).lateFee).toMatchObject({ state: 'claimed', receivedCents: 1_500 });
    expect(await balance(story.projectId, 'late_fee_receivable')).toBe(cents - 1_500);
    expect(await misfits()).toEqual([]);
    // Two people, what is left twice: the second is told.
    const both = await Promise.allSettled([receive('one', cents - 1_500), receive('other', cents - 1_500)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'late_fee_settled' } });
    expect([await balance(story.projectId, 'late_fee_receivable'), await balance(story.projectId, 'late_fee_revenue')]).toEqual([0, cents]);
    expect((await now()).lateFee).toMatchObject({ state: 'received', receivedCents: cents });
    expect(await db.lateFeeReceipt.count({ where: { lateFeeId: fee?.id } })).toBe(2);
    await db.$executeRaw`UPDATE "LateFeeReceipt" SET "amountCents" = "amountCents" - 100 WHERE "reference" = 'VIR part'`;
    expect((await misfits()).map(({ kind }) => kind).sort()).toEqual(['entry_differs', 'entry_differs', 'sum_differs']);
    await db.$executeRaw`UPDATE "LateFeeReceipt" SET "amountCents" = "amountCents" + 100 WHERE "reference" = 'VIR part'`;
    await expect(waiveLateFee(deed('late'), fee?.id ?? '', 'Trop tard')).rejects.toMatchObject({ code: 'late_fee_settled' });
    expect(await misfits()).toEqual([]);

    // I7: the payout that leaves keeps an advice, which its mail carries.
    await story.sendPayouts(invoice.ref);
    const advice = await db.payoutAdvice.findFirstOrThrow({ where: { payout: { payment: { clientInvoiceId: invoice.id } } }, include: { payout: true, document: true } });
    expect([advice.sending, advice.totalCents, advice.document.kind]).toEqual([1, advice.payout.amountCents, 'payout_advice']);
    expect((await db.mail.findFirstOrThrow({ where: { projectId: story.projectId, template: 'payout_sent' } })).data).toMatchObject({ advice: advice.reference, attached: [advice.documentId] });
    expect(advice.document.html).toContain('se terminant par');
    expect(await misfits()).toEqual([]);
  }, 120_000);

  it('I6: waived for a reason, before or after they were claimed; one paid in time owes nothing', async () => {
    const { story, pay, now } = await issued('Bea');
    await env.sleep('40d');
    await pay();
    const { lateFee } = await now();
    const deed = (key: string) => ({ db, secret: deps.secret, key, by, at: Date.now() });
    expect(() => waiveLateFee(deed('none'), lateFee?.id ?? '', ' ')).toThrow(expect.objectContaining({ code: 'reason_missing' }) as Error);
    await claimLateFee(deed('claim'), lateFee?.id ?? '');
    await receiveLateFee(deed('part'), lateFee?.id ?? '', { amountCents: 4_000, receivedOn: new Date('2027-03-01'), reference: 'VIR 40' });
    await waiveLateFee(deed('waive'), lateFee?.id ?? '', 'Geste commercial.');
    expect(await balance(story.projectId, 'late_fee_receivable')).toBe(0);
    // What was received before stays ours: the rest alone is waived.
    expect(await balance(story.projectId, 'late_fee_revenue')).toBe(4_000);
    expect((await db.mail.findMany({ where: { projectId: story.projectId, template: 'late_fees_waived' } })).map(({ data }) => data)).toMatchObject([{ reason: 'Geste commercial.', amountCents: lateFee?.interestCents }]);
    const inTime = await issued('Cléo');
    await inTime.pay();
    expect((await inTime.now()).lateFee).toBeNull();
    expect(await misfits()).toEqual([]);
  }, 120_000);

  it('I6, C10: a level that fell during a dispute leaves two working days after the answer, once, and the dry run says so', async () => {
    const { story, invoice, now } = await issued('Dina');
    const workflow = `client-invoice/${invoice.ref}`;
    await env.sleep('29d');
    await story.ask(dispute, { reason: 'Deux journées de trop.' }, story.client, workflow);
    await env.sleep('18d'); // the due date, the reminder and the firm one fall
    await eventually(async () => expect((await now()).heldDunningLevel).toBe(4));
    await story.ask(settleDispute, { answer: 'Le détail est joint.' }, story.staff, workflow);
    const [planned] = (await plannedReminders(db, [await now()])).get(invoice.id) ?? [];
    expect(planned).toMatchObject({ level: 4, tone: 'firm', letter: true });
    expect((planned?.at ?? 0) - (await env.currentTimeMs())).toBeGreaterThan(30 * 3_600_000);
    const firm = () => db.mail.findMany({ where: { projectId: story.projectId, template: 'dunning_firm' } });
    expect(await firm()).toEqual([]);
    await env.sleep('6d');
    await eventually(async () => expect(await firm()).toHaveLength(1));
    expect((await now())).toMatchObject({ heldDunningLevel: null, dunningLevel: 4, dunningLetters: [{ level: 4 }] });
    expect(Math.abs(((await firm())[0]?.createdAt.getTime() ?? 0) - (planned?.at ?? 0))).toBeLessThan(60_000);
    await env.sleep('20d');
    await eventually(async () => expect((await now()).dunningLetters.map(({ level }) => level)).toEqual([4, 5]));
    expect(await firm()).toHaveLength(1);
    expect(await db.mail.count({ where: { projectId: story.projectId, template: 'dunning_reminder' } })).toBe(0); // overtaken by the firm one
  }, 120_000);
});
