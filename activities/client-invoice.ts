import { recordEvent, theClock, type By } from '../database/audit.ts';
import { holdClientCredit, moveClientCredit } from '../database/client-credit.ts';
import { postEntry } from '../database/ledger.ts';
import { nextClientInvoiceNumber } from '../database/numbers.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { leftAfter, recordMovement } from '../database/record-movement.ts';
import { clientRecipient } from '../database/recipients.ts';
import { applySubmission } from '../database/submission.ts';
import { holdDocumentsStill, reviewPayouts } from '../database/vigilance.ts';
import { buildClientInvoiceDocument } from '../documents/build-client-invoice.ts';
import { keepInvoice } from '../documents/keep-invoice.ts';
import { keepDunningLetter } from '../documents/keep-letters.ts';
import { documentLocale } from '../documents/locale.ts';
import { disputeOpen, pausedByDispute, requireDispute, requireNoDispute } from '../domain/dispute.ts';
import { dunningFigures, dunningTemplate, dunningKey, isChased, isSentAfterPause, letterToneOf, readersOf, type DunningFigures } from '../domain/dunning-letter.ts';
import { dunningAlarms, heldDunningAt, reminderOfToday, type DunningAlarm } from '../domain/dunning-schedule.ts';
import { leftToPay } from '../domain/left-to-pay.ts';
import { legalDueAlarms, stillOwed, type LegalDueAlarm } from '../domain/legal-due.ts';
import { clientInvoicePosting } from '../domain/ledger.ts';
import { clientInvoiceLifecycle, type ClientInvoiceAction, type ClientInvoiceState } from '../domain/lifecycle/client-invoice.ts';
import { allows } from '../domain/lifecycle/lifecycle.ts';
import { sum } from '../domain/money.ts';
import { checkPaymentTerm, dueDate, legalCeilings, type PaymentTerm } from '../domain/payment-terms.ts';
import { Problem } from '../domain/problem.ts';
import { clientVat } from '../domain/vat.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import * as invoiceSteps from '../steps/invoice-steps.ts';
import type { ActivityDeps } from './deps.ts';
import { invoicePath, openInvoiceDeed, tellEveryoneOwed, toBilling, type InvoiceDeed } from './invoice-deed.ts';
import { requireAccounts, sendPayouts, settleInvoice, toSend } from './send-payouts.ts';

/** What the client invoice's workflow needs. Times in ms. */
export interface ClientInvoiceAnswer {
  readonly state: ClientInvoiceState;
  readonly dueAt: number | null;
  readonly payoutsToSend: number;
  readonly mailIds: readonly string[];
  readonly dunning?: readonly DunningAlarm[];
  /** A level that fell during a pause, and when it leaves now that reminders are resumed. */
  readonly heldDunning?: DunningAlarm;
  /** When staff must hear that what a member is owed by law is about to fall due. */
  readonly legalDue?: readonly LegalDueAlarm[];
}

interface InvoiceStepInput { readonly clientInvoiceId: string; readonly submissionId: string; readonly at: number }
interface InvoiceClockInput { readonly clientInvoiceId: string; readonly times: number; readonly at: number }
type Deed = InvoiceDeed;

const dayMs = 86_400_000;

/** I3, I5 to I8: the client's one invoice, its due date and dunning, payments, payouts. */
export function clientInvoiceActivities(deps: ActivityDeps) {
  const step = <S extends (typeof invoiceSteps)[keyof typeof invoiceSteps]>(definition: S, input: InvoiceStepInput, apply: (deed: Deed, by: By, payload: never) => Promise<void>): Promise<ClientInvoiceAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, submitted) => {
      const deed = await openInvoiceDeed(tx, deps, input.clientInvoiceId, `submission/${submitted.id}`, input.at);
      const action = definition.name as ClientInvoiceAction;
      if (!allows(clientInvoiceLifecycle, deed.invoice.state, action)) throw new Problem('stage_changed', `${deed.invoice.ref} is ${deed.invoice.state}: ${action} is not possible`, { stage: deed.invoice.state });
      await apply(deed, submitted.by, submitted.payload as never);
      await recordEvent(tx, { by: submitted.by, action: `clientInvoice.${action}`, subject: deed.invoice.number ?? deed.invoice.ref, projectId: deed.project.id, at: input.at });
      return answerOf(tx, deed);
    });
  const clock = (input: InvoiceClockInput, what: string, act: (deed: Deed) => Promise<Partial<ClientInvoiceAnswer> | void>): Promise<ClientInvoiceAnswer> => {
    const key = `client-invoice/${input.clientInvoiceId}/${what}/${input.times}`;
    return once(deps.db, key, async (tx) => {
      const deed = await openInvoiceDeed(tx, deps, input.clientInvoiceId, `clock/${key}`, input.at);
      const more = (await act(deed)) ?? {};
      return { ...(await answerOf(tx, deed)), ...more };
    });
  };

  return {
    /** I3: one number in the one series, for everything final of the team. */
    issueClientInvoice: (input: InvoiceClockInput) =>
      clock(input, 'issue', async (deed) => {
        const { tx, project, terms, invoice, at } = deed;
        if (invoice.state !== 'gathering') return;
        const membersCents = sum(invoice.memberInvoices.map(({ amountCents }) => amountCents));
        const feeCents = sum(invoice.memberInvoices.map((one) => one.feeCents));
        const treatment = project.company.vatTreatment === 'reverse_charge' ? 'reverse_charge' : 'domestic';
        const vatCents = clientVat({ amountCents: membersCents + feeCents, treatment, rateBp: terms.vatRateBp });
        const deposit = invoice.memberInvoices.length > 0 && invoice.memberInvoices.every(({ kind }) => kind === 'deposit');
        const kind = deposit ? 'deposit' : invoice.memberInvoices.every((one) => one.kind === 'balance') ? 'balance' : 'progress';
        const issuedAt = new Date(at);
        const term = legalTerm(deposit ? terms.depositTerm : (project.company.paymentTermDays ?? terms.paymentTerm), issuedAt);
        const dueAt = dueDate(issuedAt, term);
        const totalCents = membersCents + feeCents + vatCents;
        const number = await nextClientInvoiceNumber(tx, at);
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { state: 'issued', number, kind, membersCents, feeCents, vatCents, totalCents, vatTreatment: treatment, issuedAt, dueAt, orderNumber: project.orderNumber } });
        const locale = documentLocale(project.owner.locale);
        const data = await buildClientInvoiceDocument(tx, invoice.id, locale);
        const document = await keepInvoice(tx, { kind: 'client_invoice', locale, data }, { key: `client-invoice/${invoice.id}`, at });
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { documentId: document.id } });
        await postEntry(tx, { key: `client-invoice/${invoice.id}`, projectId: project.id, what: number, lines: clientInvoicePosting({ clientInvoiceId: invoice.id, membersCents, feeCents, vatCents }), at });
        await toBilling(deed, 'client_invoice_issued', { number, totalCents, remainingCents: totalCents, dueAt: dueAt.toISOString(), immediate: deposit });
        await recordEvent(tx, { by: theClock, action: 'clientInvoice.issued', subject: number, projectId: project.id, data: { totalCents }, at });
        return {
          dunning: dunningAlarms({ issuedAt: at, dueAt: dueAt.getTime() }, terms),
          legalDue: legalDueAlarms(invoice.memberInvoices.flatMap(({ id, finalAt, legalDueAt }) => (finalAt && legalDueAt ? [{ id, finalAt: finalAt.getTime(), legalDueAt: legalDueAt.getTime() }] : []))),
        };
      }),

    /**
     * I6: one level of dunning; nothing once paid. While paused it is held, to leave after: `since`, in ms, is when the pause that held it ended.
     * `wave`: how often the invoice had become due again.
     */
    dun: (input: InvoiceClockInput & { tone: DunningAlarm['tone']; wave?: number; since?: number }) =>
      clock(input, dunningKey(input.wave ?? 0, input.since), async (deed) => {
        const { tx, project, terms, invoice, letters, at } = deed;
        if (!isChased(invoice.state) || !invoice.dueAt) return;
        const number = invoice.number ?? invoice.ref;
        if (invoice.dunningPaused || disputeOpen(invoice)) {
          // Sent after, or not at all where it would say « due today » of a day gone by: the trail tells which.
          const held = isSentAfterPause(input.tone);
          if (held) await tx.clientInvoice.update({ where: { id: invoice.id }, data: { heldDunningLevel: input.times, heldDunningAt: null } });
          await recordEvent(tx, { by: theClock, action: held ? 'clientInvoice.dunningHeld' : 'clientInvoice.dunningSkipped', subject: number, projectId: project.id, data: { level: input.times }, at });
          return;
        }
        // Another level has left meanwhile, or this one was let go.
        if (input.since !== undefined && invoice.heldDunningLevel !== input.times) return;
        const figures = await figuresToday(deed, invoice.dueAt);
        const { remainingCents, interestCents, indemnityCents } = figures;
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningLevel: input.times, interestCents, indemnityCents, heldDunningLevel: null, heldDunningAt: null } });
        const tone = letterToneOf(terms, input.times);
        const letter = tone && (await keepDunningLetter(tx, { clientInvoiceId: invoice.id, wave: input.wave ?? 0, level: input.times, tone, locale: project.owner.locale, at }));
        await toBilling(deed, dunningTemplate(input.tone), { number, ...figures, letter: letter !== null }, readersOf(terms, input.times), letter ? [letter.documentId] : []);
        await letters.toStaff('staff_dunning_sent', { number, level: input.times, remainingCents }, invoicePath(invoice));
        await recordEvent(tx, { by: theClock, action: `clientInvoice.dunning.${input.tone}`, subject: number, projectId: project.id, data: { level: input.times, ...(letter ? { letter: letter.reference } : {}) }, at });
      }),

    recordPayment: (input: InvoiceStepInput) =>
      step(invoiceSteps.recordPayment, input, async (deed, by, payload: { amountCents: number; receivedOn: string; reference: string; bankMatchId?: string; keepExcess: boolean }) => {
        const { tx, project, invoice, at } = deed;
        const excessCents = payload.keepExcess ? Math.max(0, payload.amountCents - leftToPay(invoice)) : 0;
        if (payload.bankMatchId) await requireMatch(tx, payload.bankMatchId, { clientInvoiceId: invoice.id, number: invoice.number ?? invoice.ref, amountCents: payload.amountCents, excessCents, leftCents: leftToPay(invoice) });
        if (excessCents > 0) await holdClientCredit(tx, project.companyId);
        const happenedOn = new Date(payload.receivedOn);
        const recorded = await recordMovement(tx, invoice, project.companyId, {
          key: deed.deed, kind: 'transfer', amountCents: payload.amountCents - excessCents, excessCents, bankMatchId: payload.bankMatchId, reference: payload.reference, happenedOn, by: by.name, at,
        });
        const number = invoice.number ?? invoice.ref;
        if (excessCents > 0) {
          await moveClientCredit(tx, {
            key: `${deed.deed}/kept`, companyId: project.companyId, clientInvoiceId: invoice.id, kind: 'kept', amountCents: excessCents, paymentId: recorded.payment.id, reference: payload.reference, happenedOn, by: by.name, at,
          });
        }
        // What had been advanced to members may be all that was owed.
        await settleInvoice(tx, invoice.id);
        await tellEveryoneOwed(deed, recorded.payouts);
        await toBilling(deed, 'payment_received', {
          number, amountCents: payload.amountCents, keptCents: excessCents, totalCents: invoice.totalCents, remainingCents: leftAfter(recorded), dueAt: (invoice.dueAt ?? new Date(at)).toISOString(),
        });
      }),

    declareTransfer: (input: InvoiceStepInput) =>
      step(invoiceSteps.declareTransfer, input, async ({ tx, invoice, letters, at }, _by, { reference }: { reference: string }) => {
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { declaredAt: new Date(at), declaredReference: reference } });
        await letters.toStaff('staff_transfer_declared', { number: invoice.number ?? invoice.ref, reference }, invoicePath(invoice));
      }),

    /** C10: reminders stop until staff have answered; what is due, when, and the interest stay. */
    dispute: (input: InvoiceStepInput) =>
      step(invoiceSteps.dispute, input, async ({ tx, invoice, letters, at }, by, { reason }: { reason: string }) => {
        requireNoDispute(invoice);
        await tx.clientInvoice.update({
          where: { id: invoice.id },
          data: { disputedAt: new Date(at), disputeReason: reason, disputedById: by.id, disputeAnswer: null, disputeSettledAt: null, ...(invoice.dunningPaused ? {} : { dunningPaused: true, dunningPauseReason: reason }) },
        });
        const told = { number: invoice.number ?? invoice.ref, authorName: by.name, reason, remainingCents: leftToPay(invoice) };
        await letters.toStaff('staff_invoice_disputed', told, invoicePath(invoice));
        await letters.toFinance('staff_invoice_disputed', told, invoicePath(invoice));
      }),

    settleDispute: (input: InvoiceStepInput) =>
      step(invoiceSteps.settleDispute, input, async (deed, _by, { answer }: { answer: string }) => {
        const { tx, project, invoice, letters, at } = deed;
        requireDispute(invoice);
        await tx.clientInvoice.update({
          where: { id: invoice.id },
          data: { disputeAnswer: answer, disputeSettledAt: new Date(at), ...(pausedByDispute(invoice) ? { dunningPaused: false, dunningPauseReason: null, ...heldUntil(invoice, at) } : {}) },
        });
        const data = { number: invoice.number ?? invoice.ref, reason: invoice.disputeReason ?? '', explanation: answer, remainingCents: leftToPay(invoice), dueAt: (invoice.dueAt ?? new Date(at)).toISOString() };
        const asker = await tx.clientUser.findFirst({ where: { id: invoice.disputedById ?? '', companyId: project.companyId, leftAt: null } });
        await toBilling(deed, 'invoice_dispute_settled', data);
        // Whoever disputed it is told even when they are no billing contact: the key of a mail makes it one mail a reader.
        if (asker) {
          const linkId = await createLink(tx, deps.secret, { purpose: 'client_invoice', ownerKind: 'client', ownerId: asker.id, projectId: project.id, subjectId: invoice.id, at });
          letters.mailIds.push(await queueMail(tx, { key: `${deed.deed}/invoice_dispute_settled/client/${asker.id}`, template: 'invoice_dispute_settled', to: clientRecipient(asker), data, linkId, projectId: project.id, at }));
        }
      }),

    /** S2, I6: by hand, once a day at most, the clock's own reminders included; no level moves because of it. */
    chaseNow: (input: InvoiceStepInput) =>
      step(invoiceSteps.chaseNow, input, async (deed) => {
        const { tx, project, terms, invoice, at } = deed;
        if (!invoice.dueAt) throw new Problem('stage_changed', `${invoice.ref} is not due yet`, { stage: invoice.state });
        requireNoDispute(invoice);
        if (invoice.dunningPaused) throw new Problem('dunning_paused', `${invoice.ref}: reminders are paused`);
        const number = invoice.number ?? invoice.ref;
        const recent = await tx.auditEvent.findFirst({
          where: { projectId: project.id, subject: number, at: { gt: new Date(at - dayMs) }, OR: [{ action: { startsWith: 'clientInvoice.dunning.' } }, { action: 'clientInvoice.chaseNow' }] }, select: { id: true },
        });
        if (recent) throw new Problem('reminded_today', `${number} was chased within a day`);
        const { level, tone } = reminderOfToday(invoice, terms, at);
        await toBilling(deed, dunningTemplate(tone), { number, ...(await figuresToday(deed, invoice.dueAt)), letter: false }, readersOf(terms, level));
        if (deed.letters.mailIds.length === 0) throw new Problem('nobody_to_remind', `${number} has no billing contact`);
      }),

    pauseDunning: (input: InvoiceStepInput) =>
      step(invoiceSteps.pauseDunning, input, async ({ tx, invoice }, _by, { reason }: { reason: string }) => {
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningPaused: true, dunningPauseReason: reason } });
      }),

    resumeDunning: (input: InvoiceStepInput) =>
      step(invoiceSteps.resumeDunning, input, async ({ tx, invoice, at }) => {
        requireNoDispute(invoice); // its answer resumes them
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningPaused: false, dunningPauseReason: null, ...heldUntil(invoice, at) } });
      }),

    sendPayout: (input: InvoiceStepInput) =>
      step(invoiceSteps.sendPayout, input, async ({ tx, invoice, letters, at }, by, { payoutIds }: { payoutIds: string[] }) => {
        const asked = { where: { id: { in: payoutIds }, state: 'to_send', payment: { clientInvoiceId: invoice.id } } };
        const memberIds = (await tx.payout.findMany({ ...asked, select: { memberId: true } })).map(({ memberId }) => memberId);
        await holdDocumentsStill(tx, memberIds);
        // A document may have run out since, with nobody awake to say so: what leaves is checked once more (M4).
        for (const memberId of new Set(memberIds)) await reviewPayouts(tx, memberId, at);
        if ((await tx.payout.count({ where: { id: { in: payoutIds }, state: 'held' } })) > 0) throw new Problem('payout_held', 'a payout named waits for a document of its member');
        const payouts = await tx.payout.findMany({ ...asked, include: { ...toSend, export: { select: { ref: true } } }, orderBy: { id: 'asc' } });
        if (payouts.length !== new Set(payoutIds).size) throw new Problem('stage_changed', 'a payout named is no longer to send');
        // I11: one that is in a file of transfers leaves with it, or not at all.
        const filed = payouts.find((one) => one.export !== null);
        if (filed) throw new Problem('payout_in_export', `a payout named is in ${filed.export?.ref}`, { ref: filed.export?.ref ?? '' });
        await requireAccounts(tx, payouts, at);
        letters.mailIds.push(...await sendPayouts(tx, payouts, { by, at }));
        await settleInvoice(tx, invoice.id);
      }),

    /** `since`, in ms, says which wave of payouts. */
    remindPayouts: (input: InvoiceClockInput & { since: number }) =>
      clock(input, `payouts/${input.since}`, async ({ invoice, letters }) => {
        const waiting = invoice.payments.flatMap(({ payouts }) => payouts).filter(({ state }) => state === 'to_send');
        if (waiting.length > 0) await letters.toStaff('staff_payouts_waiting', { count: waiting.length, amountCents: sum(waiting.map(({ amountCents }) => amountCents)) }, invoicePath(invoice));
      }),

    /** I5: what the law grants a member is about to fall due, and they have not been paid: staff decide. */
    warnLegalDue: (input: InvoiceClockInput & { memberInvoiceId: string }) =>
      clock(input, `legal-due/${input.memberInvoiceId}`, async ({ tx, letters }) => {
        const owed = await tx.memberInvoice.findUniqueOrThrow({ where: { id: input.memberInvoiceId }, include: { member: true, payouts: true } });
        if (!owed.legalDueAt || stillOwed(owed) === 0) return;
        const told = { memberName: owed.member.name, invoiceRef: owed.ref, legalDueAt: owed.legalDueAt.toISOString() };
        await letters.toStaff('staff_member_legal_due', told, `/console/resources/MemberInvoice/records/${owed.id}/show`);
        await letters.toFinance('staff_member_legal_due', told, `/console/resources/MemberInvoice/records/${owed.id}/show`);
      }),
  };
}

/** I6: what a reminder leaving with this deed tells. What was settled of a first delay is read here, and by no other deed. */
async function figuresToday({ tx, invoice, terms, at }: Deed, dueAt: Date): Promise<DunningFigures> {
  const lateFee = await tx.lateFee.findUnique({ where: { clientInvoiceId: invoice.id } });
  return dunningFigures({ ...invoice, dueAt, lateFee }, terms, new Date(at));
}

/** I11: a payment that comes from a statement is what its match says, and is recorded once. @throws Problem `stage_changed`, `already_applied` */
async function requireMatch(tx: Tx, bankMatchId: string, { clientInvoiceId, number, amountCents, excessCents, leftCents }: { clientInvoiceId: string; number: string; amountCents: number; excessCents: number; leftCents: number }): Promise<void> {
  const match = await tx.bankMatch.findUnique({ where: { id: bankMatchId }, include: { line: { select: { state: true } }, payment: { select: { id: true } } } });
  if (match?.payment) throw new Problem('already_applied', 'the payment of this match is recorded');
  if (!match || match.clientInvoiceId !== clientInvoiceId || match.cents !== amountCents || match.line.state !== 'matched') throw new Problem('stage_changed', 'the match is no longer what it was');
  // What is kept is what was said before confirming, never more nor less.
  if (match.keptCents !== excessCents) throw new Problem('allocation_above_due', `${excessCents} cents above what is due on ${number}, said ${match.keptCents}`, { number, leftCents });
}

/** A term agreed above the legal ceiling never holds an invoice back: the ceiling applies instead (I5). */
function legalTerm(term: PaymentTerm, issuedAt: Date): PaymentTerm {
  try {
    checkPaymentTerm(term, { issuedAt });
    return term;
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'payment_term_above_ceiling') return legalCeilings.fromIssue;
    throw cause;
  }
}

/** I6: a level held by the pause that ends leaves a little after it. */
const heldUntil = ({ heldDunningLevel }: Deed['invoice'], at: number): { heldDunningAt?: Date } => (heldDunningLevel === null ? {} : { heldDunningAt: new Date(heldDunningAt(at)) });

async function answerOf(tx: Tx, { invoice, letters, terms }: Deed): Promise<ClientInvoiceAnswer> {
  const [row] = await tx.$queryRaw<[{ state: ClientInvoiceState; dueAt: Date | null; heldDunningLevel: number | null; heldDunningAt: Date | null; payoutsToSend: number }]>`
    SELECT i."state", i."dueAt", i."heldDunningLevel", i."heldDunningAt", (SELECT count(*)::int FROM "Payout" o JOIN "Payment" p ON p."id" = o."paymentId" WHERE p."clientInvoiceId" = i."id" AND o."state" = 'to_send') AS "payoutsToSend"
    FROM "ClientInvoice" i WHERE i."id" = ${invoice.id}`;
  const tone = terms.dunning.find(({ level }) => level === row.heldDunningLevel)?.tone;
  const held = row.heldDunningLevel !== null && row.heldDunningAt && tone ? { heldDunning: { level: row.heldDunningLevel, tone, at: row.heldDunningAt.getTime() } } : {};
  return { state: row.state, dueAt: row.dueAt?.getTime() ?? null, payoutsToSend: row.payoutsToSend, mailIds: letters.mailIds, ...held };
}
