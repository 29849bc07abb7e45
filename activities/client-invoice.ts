import type { Member, Payout, Prisma } from '@prisma/client';
import { recordEvent, theClock, type By } from '../database/audit.ts';
import { postEntry } from '../database/ledger.ts';
import { lockProject, type ProjectWithPeople } from '../database/move-project.ts';
import { nextClientInvoiceNumber } from '../database/numbers.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { dunningRecipients, memberRecipient } from '../database/recipients.ts';
import { applySubmission } from '../database/submission.ts';
import { holdDocumentsStill, reviewPayouts } from '../database/vigilance.ts';
import { buildClientInvoiceDocument } from '../documents/build-client-invoice.ts';
import { documentLocale } from '../documents/locale.ts';
import { documentTitle, renderDocument } from '../documents/render.ts';
import { storeDocument } from '../documents/store.ts';
import { dunningFigures, dunningTemplate, isChased, readersOf } from '../domain/dunning-letter.ts';
import { dunningAlarms, type DunningAlarm } from '../domain/dunning-schedule.ts';
import { legalDueAlarms, stillOwed, type LegalDueAlarm } from '../domain/legal-due.ts';
import { clientInvoicePosting, paymentPosting, payoutPosting, referralPayoutPosting } from '../domain/ledger.ts';
import { clientInvoiceLifecycle, type ClientInvoiceAction, type ClientInvoiceState } from '../domain/lifecycle/client-invoice.ts';
import { allows } from '../domain/lifecycle/lifecycle.ts';
import { sum } from '../domain/money.ts';
import { checkPaymentTerm, dueDate, legalCeilings, type PaymentTerm } from '../domain/payment-terms.ts';
import { splitPayment } from '../domain/payments.ts';
import { Problem } from '../domain/problem.ts';
import type { DunningLevel, Terms } from '../domain/terms.ts';
import { clientVat, vatFallingDue } from '../domain/vat.ts';
import type { ObligatoryKind } from '../domain/vigilance.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import * as invoiceSteps from '../steps/invoice-steps.ts';
import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';
import { openLetters, type Letters } from './letters.ts';

const whole = { memberInvoices: { include: { member: true } }, payments: { include: { payouts: true } } } satisfies Prisma.ClientInvoiceInclude;
type Invoice = Prisma.ClientInvoiceGetPayload<{ include: typeof whole }>;

/** What the client invoice's workflow needs. Times in ms. */
export interface ClientInvoiceAnswer {
  readonly state: ClientInvoiceState;
  readonly dueAt: number | null;
  readonly payoutsToSend: number;
  readonly mailIds: readonly string[];
  readonly dunning?: readonly DunningAlarm[];
  /** When staff must hear that what a member is owed by law is about to fall due. */
  readonly legalDue?: readonly LegalDueAlarm[];
}

interface InvoiceStepInput { readonly clientInvoiceId: string; readonly submissionId: string; readonly at: number }
interface InvoiceClockInput { readonly clientInvoiceId: string; readonly times: number; readonly at: number }
interface Deed { tx: Tx; project: ProjectWithPeople; terms: Terms; invoice: Invoice; letters: Letters; deed: string; at: number }

/** I3, I5 to I8: the client's one invoice, its due date and dunning, payments, payouts. */
export function clientInvoiceActivities(deps: ActivityDeps) {
  const locked = async (tx: Tx, id: string, deed: string, at: number): Promise<Deed> => {
    const { projectId } = await tx.clientInvoice.findUniqueOrThrow({ where: { id }, select: { projectId: true } });
    const project = await lockProject(tx, projectId);
    const invoice = await tx.clientInvoice.findUniqueOrThrow({ where: { id }, include: whole });
    return { tx, project, terms: project.terms as unknown as Terms, invoice, letters: openLetters(tx, deps, project, deed, at), deed, at };
  };
  const toBilling = async <T extends MailTemplate>({ tx, project, invoice, letters, deed, at }: Deed, template: T, data: MailData[T], readers: DunningLevel['to'] = 'billing'): Promise<void> => {
    for (const to of await dunningRecipients(tx, project, readers)) {
      const linkId = await createLink(tx, deps.secret, { purpose: 'client_invoice', ownerKind: 'client', ownerId: to.id ?? '', projectId: project.id, subjectId: invoice.id, at });
      letters.mailIds.push(await queueMail(tx, { key: `${deed}/${template}/client/${to.id}`, template, to, data, linkId, projectId: project.id, at }));
    }
  };
  /** I7, M4: the client has paid, and the transfer follows, or waits for documents. One mail a kind, for a member may be owed both. */
  const tellOwed = async ({ tx, project, invoice, letters, deed, at }: Deed, member: Member, kind: 'services' | 'referral', payouts: readonly Payout[]): Promise<void> => {
    const clientInvoiceNumber = invoice.number ?? invoice.ref;
    const tell = async <T extends 'payout_due' | 'payout_held'>(template: T, data: MailData[T], linkId?: string): Promise<void> => {
      letters.mailIds.push(await queueMail(tx, { key: `${deed}/${template}/${kind}/${member.id}`, template, to: memberRecipient(member), data, linkId, projectId: project.id, at }));
    };
    const held = payouts.filter(({ state }) => state === 'held');
    const going = payouts.filter(({ state }) => state !== 'held');
    const total = (some: readonly Payout[]): number => sum(some.map(({ amountCents }) => amountCents));
    if (held.length > 0) {
      const lacks = (document: ObligatoryKind): boolean => held.some(({ heldFor }) => heldFor.includes(document));
      await tell('payout_held', { amountCents: total(held), kind, clientInvoiceNumber, registration: lacks('registration'), urssaf: lacks('urssaf') }, await letters.linkFor(member, { purpose: 'member_documents' }));
    }
    if (going.length > 0) {
      const linkId = kind === 'services' ? await letters.linkFor(member, { purpose: 'member_invoicing', subjectId: project.id }) : undefined;
      await tell('payout_due', { amountCents: total(going), kind, clientInvoiceNumber }, linkId);
    }
  };
  const step = <S extends (typeof invoiceSteps)[keyof typeof invoiceSteps]>(definition: S, input: InvoiceStepInput, apply: (deed: Deed, by: By, payload: never) => Promise<void>): Promise<ClientInvoiceAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, submitted) => {
      const deed = await locked(tx, input.clientInvoiceId, `submission/${submitted.id}`, input.at);
      const action = definition.name as ClientInvoiceAction;
      if (!allows(clientInvoiceLifecycle, deed.invoice.state, action)) throw new Problem('stage_changed', `${deed.invoice.ref} is ${deed.invoice.state}: ${action} is not possible`, { stage: deed.invoice.state });
      await apply(deed, submitted.by, submitted.payload as never);
      await recordEvent(tx, { by: submitted.by, action: `clientInvoice.${action}`, subject: deed.invoice.number ?? deed.invoice.ref, projectId: deed.project.id, at: input.at });
      return answerOf(tx, deed);
    });
  const clock = (input: InvoiceClockInput, what: string, act: (deed: Deed) => Promise<Partial<ClientInvoiceAnswer> | void>): Promise<ClientInvoiceAnswer> => {
    const key = `client-invoice/${input.clientInvoiceId}/${what}/${input.times}`;
    return once(deps.db, key, async (tx) => {
      const deed = await locked(tx, input.clientInvoiceId, `clock/${key}`, input.at);
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
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { state: 'issued', number, kind, membersCents, feeCents, vatCents, totalCents, vatTreatment: treatment, issuedAt, dueAt } });
        const locale = documentLocale(project.owner.locale);
        const data = await buildClientInvoiceDocument(tx, invoice.id, locale);
        const document = await storeDocument(tx, { key: `client-invoice/${invoice.id}`, kind: 'client_invoice', at, title: documentTitle('client_invoice', data, locale), html: renderDocument('client_invoice', data, locale) });
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { documentId: document.id } });
        await postEntry(tx, { key: `client-invoice/${invoice.id}`, projectId: project.id, what: number, lines: clientInvoicePosting({ clientInvoiceId: invoice.id, membersCents, feeCents, vatCents }), at });
        await toBilling(deed, 'client_invoice_issued', { number, totalCents, remainingCents: totalCents, dueAt: dueAt.toISOString(), immediate: deposit });
        await recordEvent(tx, { by: theClock, action: 'clientInvoice.issued', subject: number, projectId: project.id, data: { totalCents }, at });
        return {
          dunning: dunningAlarms({ issuedAt: at, dueAt: dueAt.getTime() }, terms),
          legalDue: legalDueAlarms(invoice.memberInvoices.flatMap(({ id, finalAt, legalDueAt }) => (finalAt && legalDueAt ? [{ id, finalAt: finalAt.getTime(), legalDueAt: legalDueAt.getTime() }] : []))),
        };
      }),

    /** I6: one level of dunning; nothing once paid or while paused. */
    dun: (input: InvoiceClockInput & { tone: DunningAlarm['tone'] }) =>
      clock(input, 'dun', async (deed) => {
        const { tx, project, terms, invoice, letters, at } = deed;
        if (invoice.dunningPaused || !isChased(invoice.state) || !invoice.dueAt) return;
        const figures = dunningFigures({ ...invoice, dueAt: invoice.dueAt }, terms, new Date(at));
        const { remainingCents, interestCents, indemnityCents } = figures;
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningLevel: input.times, interestCents, indemnityCents } });
        const number = invoice.number ?? invoice.ref;
        await toBilling(deed, dunningTemplate(input.tone), { number, ...figures }, readersOf(terms, input.times));
        await letters.toStaff('staff_dunning_sent', { number, level: input.times, remainingCents }, invoicePath(invoice));
        await recordEvent(tx, { by: theClock, action: `clientInvoice.dunning.${input.tone}`, subject: number, projectId: project.id, data: { level: input.times }, at });
      }),

    recordPayment: (input: InvoiceStepInput) =>
      step(invoiceSteps.recordPayment, input, async (deed, by, payload: { amountCents: number; receivedOn: string; reference: string }) => {
        const { tx, project, invoice, at } = deed;
        const referral = await tx.referral.findUnique({ where: { projectId: project.id }, include: { member: true } });
        const split = splitPayment({
          invoiceTotalCents: invoice.totalCents, paidBeforeCents: invoice.paidCents, paymentCents: payload.amountCents,
          memberInvoices: invoice.memberInvoices, feeCents: invoice.feeCents, referralRateBp: referral?.rateBp ?? null,
        });
        const payment = await tx.payment.create({
          data: { key: deed.deed, clientInvoiceId: invoice.id, amountCents: payload.amountCents, receivedOn: new Date(payload.receivedOn), reference: payload.reference, recordedBy: by.name, createdAt: new Date(at) },
        });
        const paidCents = invoice.paidCents + payload.amountCents;
        const full = paidCents === invoice.totalCents;
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { paidCents, state: full ? 'paid' : 'part_paid', paidAt: full ? new Date(at) : null } });
        const vatDueCents = vatFallingDue({ invoiceVatCents: invoice.vatCents, invoiceTotalCents: invoice.totalCents, paidBeforeCents: invoice.paidCents, paymentCents: payload.amountCents });
        await postEntry(tx, {
          key: `payment/${payment.id}`, projectId: project.id, what: payload.reference, at,
          lines: paymentPosting({ clientInvoiceId: invoice.id, paymentCents: payload.amountCents, vatDueCents, referral: referral && split.referralCents > 0 ? { memberId: referral.memberId, cents: split.referralCents } : null }),
        });
        const number = invoice.number ?? invoice.ref;
        const owed = new Map(invoice.memberInvoices.map((one) => [one.memberId, one.member]));
        await holdDocumentsStill(tx, [...owed.keys(), ...(referral ? [referral.memberId] : [])]);
        for (const one of invoice.memberInvoices) {
          const cents = split.members.find(({ id }) => id === one.id)?.cents ?? 0;
          if (cents === 0) continue;
          await tx.payout.create({ data: { kind: 'services', memberId: one.memberId, paymentId: payment.id, memberInvoiceId: one.id, amountCents: cents, createdAt: new Date(at) } });
        }
        if (referral && split.referralCents > 0) {
          await tx.payout.create({ data: { kind: 'referral', memberId: referral.memberId, paymentId: payment.id, referralId: referral.id, amountCents: split.referralCents, createdAt: new Date(at) } });
          owed.set(referral.memberId, referral.member);
        }
        for (const memberId of owed.keys()) await reviewPayouts(tx, memberId, at);
        const made = await tx.payout.findMany({ where: { paymentId: payment.id } });
        for (const member of owed.values()) {
          for (const kind of ['services', 'referral'] as const) await tellOwed(deed, member, kind, made.filter((payout) => payout.memberId === member.id && payout.kind === kind));
        }
        await toBilling(deed, 'payment_received', {
          number, amountCents: payload.amountCents, totalCents: invoice.totalCents, remainingCents: invoice.totalCents - paidCents, dueAt: (invoice.dueAt ?? new Date(at)).toISOString(),
        });
      }),

    declareTransfer: (input: InvoiceStepInput) =>
      step(invoiceSteps.declareTransfer, input, async ({ tx, invoice, letters, at }, _by, { reference }: { reference: string }) => {
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { declaredAt: new Date(at), declaredReference: reference } });
        await letters.toStaff('staff_transfer_declared', { number: invoice.number ?? invoice.ref, reference }, invoicePath(invoice));
      }),

    pauseDunning: (input: InvoiceStepInput) =>
      step(invoiceSteps.pauseDunning, input, async ({ tx, invoice }, _by, { reason }: { reason: string }) => {
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningPaused: true, dunningPauseReason: reason } });
      }),

    resumeDunning: (input: InvoiceStepInput) =>
      step(invoiceSteps.resumeDunning, input, async ({ tx, invoice }) => {
        await tx.clientInvoice.update({ where: { id: invoice.id }, data: { dunningPaused: false, dunningPauseReason: null } });
      }),

    sendPayout: (input: InvoiceStepInput) =>
      step(invoiceSteps.sendPayout, input, async ({ tx, project, invoice, letters, at }, by, { payoutIds }: { payoutIds: string[] }) => {
        const asked = { where: { id: { in: payoutIds }, state: 'to_send', payment: { clientInvoiceId: invoice.id } } };
        const memberIds = (await tx.payout.findMany({ ...asked, select: { memberId: true } })).map(({ memberId }) => memberId);
        await holdDocumentsStill(tx, memberIds);
        // A document may have run out since, with nobody awake to say so: what leaves is checked once more (M4).
        for (const memberId of new Set(memberIds)) await reviewPayouts(tx, memberId, at);
        if ((await tx.payout.count({ where: { id: { in: payoutIds }, state: 'held' } })) > 0) throw new Problem('payout_held', 'a payout named waits for a document of its member');
        const payouts = await tx.payout.findMany({ ...asked, include: { member: { include: { billing: true } } }, orderBy: { id: 'asc' } });
        if (payouts.length !== new Set(payoutIds).size) throw new Problem('stage_changed', 'a payout named is no longer to send');
        for (const { id, kind, memberId, amountCents, member } of payouts) {
          await tx.payout.update({ where: { id }, data: { state: 'sent', sentAt: new Date(at), sentBy: by.name } });
          const lines = kind === 'referral' ? referralPayoutPosting({ memberId, amountCents }) : payoutPosting({ memberId, amountCents });
          await postEntry(tx, { key: `payout/${id}`, projectId: project.id, what: `${kind} ${member.handle}`, lines, at });
          letters.mailIds.push(await queueMail(tx, {
            key: `payout/${id}/payout_sent`, template: 'payout_sent', to: { kind: 'member', id: memberId, email: member.email, name: member.name, locale: member.locale },
            data: { amountCents, kind: kind === 'referral' ? 'referral' : 'services', ibanLast4: member.billing?.ibanLast4 ?? '' }, projectId: project.id, at,
          }));
        }
        const left = await tx.payout.count({ where: { state: { in: ['to_send', 'held'] }, payment: { clientInvoiceId: invoice.id } } });
        if (left === 0 && invoice.state === 'paid') await tx.clientInvoice.update({ where: { id: invoice.id }, data: { state: 'settled' } });
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
        await letters.toStaff('staff_member_legal_due', { memberName: owed.member.name, invoiceRef: owed.ref, legalDueAt: owed.legalDueAt.toISOString() }, `/console/resources/MemberInvoice/records/${owed.id}/show`);
      }),
  };
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

const invoicePath = (invoice: { id: string }): string => `/console/resources/ClientInvoice/records/${invoice.id}/show`;

async function answerOf(tx: Tx, { invoice, letters }: Deed): Promise<ClientInvoiceAnswer> {
  const row = await tx.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id } });
  const payoutsToSend = await tx.payout.count({ where: { state: 'to_send', payment: { clientInvoiceId: invoice.id } } });
  return { state: row.state as ClientInvoiceState, dueAt: row.dueAt?.getTime() ?? null, payoutsToSend, mailIds: letters.mailIds };
}
