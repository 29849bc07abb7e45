import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities } from '../../activities/index.ts';
import { proposeForLines } from '../../database/bank/propose.ts';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { ledgerMisfitInWords } from '../../database/verify-ledger/misfit.ts';
import { confirmLine } from '../../steps/bank-steps.ts';
import * as corrections from '../../steps/correction-steps.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { enterAmount } from '../../steps/project-steps.ts';
import { bankLineSubject, startBankLine } from '../../steps/start-bank.ts';
import type { Person, Step } from '../../steps/step.ts';
import { correct as correctAs } from '../support/correct.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase();
const mailbox = await testMailbox();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const staff = await addStaff(db);

const env = await timeSkippingEnv();
await runWorker(env, createActivities(deps));

const invoiceOf = (ref: string) => db.clientInvoice.findUniqueOrThrow({ where: { ref }, include: { memberInvoices: { orderBy: { ref: 'asc' } }, payments: { orderBy: { createdAt: 'asc' } }, creditNotes: { orderBy: { createdAt: 'asc' }, include: { parts: true } } } });
const payoutsOf = (ref: string, memberId?: string) => db.payout.findMany({ where: { payment: { clientInvoice: { ref } }, ...(memberId ? { memberId } : {}) }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
const mailsOf = (projectId: string, template: string) => db.mail.findMany({ where: { projectId, template } });
const balance = async (account: string, party: string): Promise<number> => {
  const { _sum } = await db.ledgerLine.aggregate({ where: { account, party }, _sum: { debitCents: true, creditCents: true } });
  return (_sum.debitCents ?? 0) - (_sum.creditCents ?? 0);
};

/** A project signed for these members, 415.00 € each, invoiced whole and issued as one client invoice. */
async function issued(members: Person[], options: Parameters<typeof beginStory>[1] = {}): Promise<{ story: Story; ref: string }> {
  const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs(), ...options });
  await story.untilSigned(members, 41_500);
  return { story, ref: await invoiced(story, members) };
}

async function invoiced(story: Story, members: Person[], amountCents = 41_500): Promise<string> {
  for (const member of members) await story.enterAmount(member, amountCents);
  await env.sleep('49h');
  let ref = '';
  await eventually(async () => {
    const [last] = await db.clientInvoice.findMany({ where: { projectId: story.projectId, state: 'issued' }, orderBy: { createdAt: 'desc' } });
    expect(last).toBeDefined();
    ref = last?.ref ?? '';
  });
  return ref;
}

const correct = (ref: string, step: Step<never> | Step<unknown>, payload: object, key?: string) => correctAs({ db, temporal: env.client }, ref, step, payload, key);

/** Every test ends with books that fit. */
const booksFit = async (): Promise<void> => expect((await verifyLedger(db)).misfits.map(ledgerMisfitInWords)).toEqual([]);

describe('I12 credit notes', () => {
  it('I12, I9: a part of one member’s work before payment: both notes numbered, fee and VAT follow, the rest is paid and paid out', async () => {
    const [one, two] = [await addMember(db, 'Alba'), await addMember(db, 'Brune', { vatRegime: 'franchise' })];
    const { story, ref } = await issued([one, two]);
    const before = await invoiceOf(ref);
    const own = before.memberInvoices.find(({ memberId }) => memberId === one.id);
    await correct(ref, corrections.creditInvoice, { memberInvoiceIds: [own?.id], amountCents: 8_300, givesBack: false, reason: 'Une journée de moins.' });
    const credited = await invoiceOf(ref);
    // 83.00 € of work, 17.00 € of fee, 20.00 € of VAT.
    expect(credited.creditNotes).toMatchObject([{ membersCents: 8_300, feeCents: 1_700, vatCents: 2_000, totalCents: 12_000, keptCents: 0, cancels: false }]);
    expect(credited.creditNotes[0]?.number).toMatch(/^AV-\d{4}-\d{5}$/);
    expect(credited.creditNotes[0]?.parts).toMatchObject([{ memberId: one.id, amountCents: 8_300, vatCents: 1_660, totalCents: 9_960, feeCents: 1_700 }]);
    expect(credited.creditNotes[0]?.parts[0]?.number).toMatch(/^ALBA-.+-A0001$/);
    expect(credited).toMatchObject({ state: 'issued', creditedCents: 12_000, totalCents: 120_000 });
    expect(await balance('client_receivable', credited.id)).toBe(108_000);
    expect(await balance('member_payable', one.id)).toBe(-(49_800 - 9_960));
    // Written when it leaves, after the answer.
    await eventually(async () => expect((await mailsOf(story.projectId, 'credit_note_issued'))[0]?.subject).toContain(credited.creditNotes[0]?.number));
    expect(await mailsOf(story.projectId, 'member_credit_note_issued')).toHaveLength(1);
    const paper = await db.document.findUniqueOrThrow({ where: { id: credited.creditNotes[0]?.documentId ?? '' } });
    expect(paper.html).toContain(before.number);
    // The member may not invoice it again.
    await expect(story.enterAmount(one, 1)).rejects.toMatchObject({ code: 'stage_changed' });

    await expect(story.pay(ref, 108_001)).rejects.toMatchObject({ code: 'amount_above_due' });
    await story.pay(ref, 108_000);
    await story.sendPayouts(ref);
    expect((await payoutsOf(ref)).map(({ memberId, amountCents, state }) => [memberId, amountCents, state]).sort()).toEqual([[one.id, 39_840, 'sent'], [two.id, 41_500, 'sent']].sort());
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await booksFit();
  });

  it('I12, I1: an invoice cancelled before payment gives the amount back, the project takes it again, and the fee adds up to the quote’s', async () => {
    const member = await addMember(db, 'Cyan');
    const { story, ref } = await issued([member]);
    expect(await story.stage()).toBe('settling');
    await correct(ref, corrections.cancelClientInvoice, { givesBack: true, reason: 'Facturé au mauvais mois.' });
    expect(await invoiceOf(ref)).toMatchObject({ state: 'cancelled', creditedCents: 60_000 });
    await eventually(async () => expect(await story.stage()).toBe('running'));
    await eventually(async () => expect((await env.client.workflow.getHandle(`client-invoice/${ref}`).describe()).status.name).toBe('COMPLETED'));
    const reminders = await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } });
    const again = await invoiced(story, [member], 41_500);
    await env.sleep('10d');
    // The cancelled one is chased no more.
    expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } })).toBe(reminders);
    const total = await db.clientInvoice.aggregate({ where: { projectId: story.projectId, state: { not: 'cancelled' } }, _sum: { feeCents: true } });
    expect(total._sum.feeCents).toBe(8_500);
    expect(await invoiceOf(again)).toMatchObject({ totalCents: 60_000 });
    await expect(correct(ref, corrections.cancelClientInvoice, { givesBack: true, reason: 'Encore.' })).rejects.toMatchObject({ code: 'stage_changed' });
    await booksFit();
  });

  it('I12, I8: after everybody was paid: what the client paid is kept for them, what members and referrer received is recovered, then it is used and refunded', async () => {
    const [member, referrer, painter] = [await addMember(db, 'Dune'), await addMember(db, 'Ecru'), await addMember(db, 'Fauve')];
    const next = await issued([painter]);
    const company = `Maison ${randomUUID().slice(0, 6)}`;
    const { story, ref } = await issued([member], { company, referral: { memberId: referrer.id, level: 'full_lead' } });
    await story.pay(ref, 60_000);
    await story.sendPayouts(ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await expect(correct(ref, corrections.cancelClientInvoice, { givesBack: true, reason: 'Travail non livré.' })).rejects.toMatchObject({ code: 'allowance_closed' });
    const key = randomUUID();
    await correct(ref, corrections.cancelClientInvoice, { givesBack: false, reason: 'Travail non livré.' }, key);
    await correct(ref, corrections.cancelClientInvoice, { givesBack: false, reason: 'Travail non livré.' }, key); // W4: posted again, done once
    const cancelled = await invoiceOf(ref);
    expect(cancelled).toMatchObject({ state: 'cancelled', paidCents: 0, creditedCents: 60_000, keptCents: 60_000 });
    expect(cancelled.creditNotes).toHaveLength(1);
    expect((await payoutsOf(ref)).map(({ kind, amountCents, state }) => [kind, amountCents, state]).sort()).toEqual([
      ['referral', -1_700, 'to_recover'], ['referral', 1_700, 'sent'], ['services', -49_800, 'to_recover'], ['services', 49_800, 'sent'],
    ].sort());
    const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    expect(await balance('client_credit', companyId)).toBe(-60_000);

    for (const payout of (await payoutsOf(ref)).filter(({ state }) => state === 'to_recover')) {
      await correct(ref, corrections.recordRecovery, { payoutId: payout.id, recoveredOn: '2026-12-10', reference: 'VIR RETOUR' });
      await expect(correct(ref, corrections.recordRecovery, { payoutId: payout.id, recoveredOn: '2026-12-10', reference: 'VIR RETOUR' })).rejects.toMatchObject({ code: 'nothing_to_recover' });
    }
    expect(await balance('member_payable', member.id)).toBe(0);
    await booksFit();

    await db.project.update({ where: { id: next.story.projectId }, data: { companyId } }); // the same client, later
    await expect(correct(next.ref, corrections.useClientCredit, { amountCents: 60_001 })).rejects.toMatchObject({ code: 'client_credit_short', details: { leftCents: 60_000 } });
    await correct(next.ref, corrections.useClientCredit, { amountCents: 45_000 });
    expect(await invoiceOf(next.ref)).toMatchObject({ state: 'part_paid', paidCents: 45_000 });
    expect((await payoutsOf(next.ref)).map(({ amountCents }) => amountCents)).toEqual([Math.round((49_800 * 45_000) / 60_000)]);
    await expect(correct(ref, corrections.refundClient, { amountCents: 15_001, refundedOn: '2026-12-12', reference: 'VIR RBT', reason: 'À la demande du client.' })).rejects.toMatchObject({ code: 'client_credit_short' });
    await correct(ref, corrections.refundClient, { amountCents: 15_000, refundedOn: '2026-12-12', reference: 'VIR RBT', reason: 'À la demande du client.' });
    expect(await balance('client_credit', companyId)).toBe(0);
    expect(await mailsOf(story.projectId, 'client_refunded')).toHaveLength(1);
    await booksFit();
  });

  it('I3, I4: client credit notes and each member’s stand in series of their own, without a gap, also after refusals', async () => {
    const numbers = (await db.creditNote.findMany({ orderBy: { number: 'asc' } })).map(({ number }) => Number(number.split('-')[2]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const verified = await verifyLedger(db);
    expect(verified.misfits).toEqual([]);
  });
});

describe('I12 bad debt, overpayment, payments taken back', () => {
  it('I12: what is left is given up: reminders stop, its VAT is no longer due, members are paid; claimed again, it is chased anew', async () => {
    const member = await addMember(db, 'Gris');
    const { story, ref } = await issued([member]);
    await story.pay(ref, 20_000);
    await correct(ref, corrections.writeOff, { reason: 'Client en liquidation.' });
    const lost = await invoiceOf(ref);
    expect(lost).toMatchObject({ state: 'written_off', writtenOffCents: 40_000, paidCents: 20_000 });
    const entry = await db.ledgerEntry.findFirstOrThrow({ where: { key: `payment/${lost.payments.at(-1)?.id}` }, include: { lines: true } });
    expect(entry.lines.map(({ account, debitCents, creditCents }) => [account, debitCents - creditCents]).sort()).toEqual([['bad_debt', 33_333], ['client_receivable', -40_000], ['vat_pending', 6_667]]);
    expect((await payoutsOf(ref)).reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(49_800);
    await env.sleep('60d');
    expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } })).toBe(0);
    await story.sendPayouts(ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    expect(await invoiceOf(ref)).toMatchObject({ state: 'settled' });
    await booksFit();

    await correct(ref, corrections.reviveDebt, { reason: 'Le liquidateur propose un règlement.' });
    expect(await invoiceOf(ref)).toMatchObject({ state: 'part_paid', writtenOffCents: 0, reopened: 1 });
    await env.sleep('40d');
    await eventually(async () => expect(await db.mail.count({ where: { projectId: story.projectId, template: { startsWith: 'dunning_' } } })).toBeGreaterThan(0));
    await story.pay(ref, 39_000);
    // Paid out already: nothing leaves twice.
    expect((await payoutsOf(ref)).reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(49_800);
    await booksFit();
  });

  it('I12: more than is due is refused, or kept as the client’s credit when staff say so', async () => {
    const member = await addMember(db, 'Havane');
    const { story, ref } = await issued([member]);
    const pay = (amountCents: number, keepExcess: boolean) => story.ask(invoiceSteps.recordPayment, { amountCents, receivedOn: '2026-12-01', reference: 'VIR TROP', keepExcess }, staff, `client-invoice/${ref}`);
    await expect(pay(60_500, false)).rejects.toMatchObject({ code: 'amount_above_due' });
    await pay(60_500, true);
    const paid = await invoiceOf(ref);
    expect(paid).toMatchObject({ state: 'paid', paidCents: 60_000, keptCents: 500 });
    await eventually(async () => expect((await mailsOf(story.projectId, 'payment_received'))[0]?.text ?? '').toContain('5,00'));
    await correct(ref, corrections.refundClient, { amountCents: 500, refundedOn: '2026-12-12', reference: 'VIR RBT', reason: 'Trop-perçu.' });
    await story.sendPayouts(ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await booksFit();
  });

  it('I11, I12, W2: a payment taken back after half was paid out: due again and chased anew, nothing more leaves, and the next payment pays nobody twice', async () => {
    const [one, two] = [await addMember(db, 'Indigo'), await addMember(db, 'Jade')];
    const { story, ref } = await issued([one, two]);
    await story.pay(ref, 120_000);
    const [first] = await payoutsOf(ref, one.id);
    await story.ask(invoiceSteps.sendPayout, { payoutIds: [first?.id] }, staff, `client-invoice/${ref}`);
    const { payments } = await invoiceOf(ref);
    await correct(ref, corrections.takeBackPayment, { paymentId: payments[0]?.id, takenBackOn: '2026-12-05', reason: 'Virement rappelé par la banque du client.' });
    expect(await invoiceOf(ref)).toMatchObject({ state: 'issued', paidCents: 0, reopened: 1 });
    expect((await payoutsOf(ref, one.id)).map(({ state }) => state)).toEqual(['sent']);
    expect((await payoutsOf(ref, two.id)).map(({ state }) => state)).toEqual(['cancelled']);
    expect(await mailsOf(story.projectId, 'payment_taken_back')).toHaveLength(1);
    expect((await mailsOf(story.projectId, 'payout_suspended')).map(({ toId }) => toId)).toEqual([two.id]);
    await expect(correct(ref, corrections.takeBackPayment, { paymentId: payments[0]?.id, takenBackOn: '2026-12-05', reason: 'Encore.' })).rejects.toMatchObject({ code: 'stage_changed' });
    await booksFit();
    await env.sleep('35d');
    await eventually(async () => expect(await db.mail.count({ where: { projectId: story.projectId, template: 'dunning_due' } })).toBe(1));

    await story.pay(ref, 120_000);
    await story.sendPayouts(ref);
    const sent = (await payoutsOf(ref)).filter(({ state }) => state === 'sent');
    expect(sent.map(({ memberId, amountCents }) => [memberId, amountCents]).sort()).toEqual([[one.id, 49_800], [two.id, 49_800]].sort());
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await booksFit();
  });
});

describe('I11 a line of the statement takes a payment back', () => {
  it('I11, I12: confirmed, the invoice is due again and its members are told; once, whoever confirms', async () => {
    const member = await addMember(db, 'Ocre');
    const { story, ref } = await issued([member]);
    await story.pay(ref, 60_000);
    const { number } = await invoiceOf(ref);
    const mark = randomUUID();
    const account = await db.bankAccount.create({ data: { name: 'Courant', holder: 'OFF-WORKS', ibanEncrypted: 'kept elsewhere', ibanHash: mark, ibanLast4: '0189', createdBy: staff.id } });
    const day = new Date('2026-12-05');
    const statement = await db.bankStatement.create({ data: { accountId: account.id, statementId: mark, from: day, to: day, openingCents: 0n, closingCents: -60_000n, openingOn: day, closingOn: day, version: '08', sha256: mark, fileName: 'releve.xml', importedBy: staff.id } });
    const { id } = await db.bankLine.create({ data: { accountId: account.id, statementId: statement.id, identity: mark, bookedOn: day, valuedOn: day, amountCents: -60_000, currency: 'EUR', remittance: `RAPPEL ${number}`, reversal: true, returnCode: 'MS03' } });
    await proposeForLines(db);
    const line = await db.bankLine.findUniqueOrThrow({ where: { id }, include: { matches: true } });
    expect(line).toMatchObject({ state: 'matched', matches: [{ kind: 'taken_back', cents: 60_000 }] });
    await startBankLine({ db, temporal: env.client, taskQueue: 'off-works' }, { bankLineId: id });
    await story.ask(confirmLine, { leftReason: '' }, staff, bankLineSubject(id));
    expect(await db.bankLine.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'confirmed' });
    expect(await invoiceOf(ref)).toMatchObject({ state: 'issued', paidCents: 0, reopened: 1 });
    expect((await payoutsOf(ref)).map(({ state }) => state)).toEqual(['cancelled']);
    expect(await mailsOf(story.projectId, 'payment_taken_back')).toHaveLength(1);
    await eventually(async () => expect((await mailsOf(story.projectId, 'payment_taken_back'))[0]?.text ?? '').toContain('600,00'));
    expect((await mailsOf(story.projectId, 'payment_taken_back'))[0]?.text).not.toContain('MS03');
    await story.pay(ref, 60_000);
    await story.sendPayouts(ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await booksFit();
  });
});

describe('I5 deposits', () => {
  it('I3, I5: a deposit is marked as such, due at once, and gathers apart from the work of others; the balance lists it', async () => {
    const [one, two] = [await addMember(db, 'Lilas'), await addMember(db, 'Mauve')];
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilSigned([one, two], 41_500);
    const enter = async (member: Person, amountCents: number, kind: string) => {
      const quote = await db.memberQuote.findFirstOrThrow({ where: { round: { projectId: story.projectId }, memberId: member.id, state: 'accepted' } });
      return story.ask(enterAmount, { quoteId: quote.id, amountCents, kind }, member);
    };
    await enter(one, 12_450, 'deposit');
    await enter(two, 10_000, 'progress');
    await env.sleep('49h');
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, state: 'issued' } })).toBe(2));
    const deposit = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId, kind: 'deposit' }, include: { document: true } });
    const work = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId, kind: 'progress' } });
    const days = (invoice: { issuedAt: Date | null; dueAt: Date | null }) => Math.round(((invoice.dueAt?.getTime() ?? 0) - (invoice.issuedAt?.getTime() ?? 0)) / 86_400_000);
    expect([days(deposit) <= 1, days(work) >= 29]).toEqual([true, true]);
    expect(deposit.document?.title).toContain('Facture d’acompte');
    expect(deposit.document?.html).toContain('À régler à réception');
    await enter(one, 29_050, 'balance');
    await env.sleep('49h');
    await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId: story.projectId, kind: 'balance', state: 'issued' } })).toBe(1));
    const balanceInvoice = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId, kind: 'balance' }, include: { document: true } });
    expect(balanceInvoice.document?.html).toContain(deposit.number);
    await booksFit();
  });
});

describe('I12 an invoice that was over', () => {
  it('I12: taken back when everything was over, the invoice is followed again by a workflow of its own', async () => {
    const member = await addMember(db, 'Kaki');
    const { story, ref } = await issued([member]);
    await story.pay(ref, 60_000);
    await story.sendPayouts(ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
    await eventually(async () => expect((await env.client.workflow.getHandle(`client-invoice/${ref}`).describe()).status.name).toBe('COMPLETED'));
    const { payments } = await invoiceOf(ref);
    await correct(ref, corrections.takeBackPayment, { paymentId: payments[0]?.id, takenBackOn: '2026-12-20', reason: 'Rejet.' });
    await eventually(async () => expect((await env.client.workflow.getHandle(`client-invoice/${ref}`).describe()).status.name).toBe('RUNNING'));
    await story.pay(ref, 60_000);
    await eventually(async () => expect(await invoiceOf(ref)).toMatchObject({ state: 'settled' }));
    await booksFit();
  });
});
