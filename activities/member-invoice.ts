import type { Prisma } from '@prisma/client';
import { recordEvent, theClock, type By } from '../database/audit.ts';
import { leftOnProject } from '../database/left-on-project.ts';
import { postEntry } from '../database/ledger.ts';
import { lockProject, lockProjectOf, moveProject, type ProjectWithPeople } from '../database/move-project.ts';
import { nextMemberInvoiceNumber } from '../database/numbers.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { applySubmission } from '../database/submission.ts';
import { buildMemberInvoiceDocument, buildPreviewDocument } from '../documents/build-member-invoice.ts';
import { keepInvoice } from '../documents/keep-invoice.ts';
import { documentLocale } from '../documents/locale.ts';
import { documentTitle, renderDocument } from '../documents/render.ts';
import { storeDocument } from '../documents/store.ts';
import { checkAmount } from '../domain/allowance.ts';
import { feeOfInvoice } from '../domain/fees.ts';
import { afterDelay } from '../domain/calendar.ts';
import { memberInvoicePosting } from '../domain/ledger.ts';
import { allows, after } from '../domain/lifecycle/lifecycle.ts';
import { memberInvoiceLifecycle, type MemberInvoiceAction, type MemberInvoiceState } from '../domain/lifecycle/member-invoice.ts';
import { projectLifecycle } from '../domain/lifecycle/project.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { memberVat } from '../domain/vat.ts';
import * as invoiceSteps from '../steps/invoice-steps.ts';
import { enterAmount } from '../steps/project-steps.ts';
import type { ActivityDeps } from './deps.ts';
import { openLetters, type Letters } from './letters.ts';

const withMember = { member: { include: { billing: true } }, quote: { include: { round: { include: { clientQuotes: true } } } } } satisfies Prisma.MemberInvoiceInclude;
type Invoice = Prisma.MemberInvoiceGetPayload<{ include: typeof withMember }>;

interface InvoiceStepInput { readonly memberInvoiceId: string; readonly submissionId: string; readonly at: number }
interface InvoiceClockInput { readonly memberInvoiceId: string; readonly previewVersion: number; readonly times: number; readonly at: number }

/** What the member invoice's workflow needs. Times in ms. */
export interface MemberInvoiceAnswer {
  readonly state: MemberInvoiceState;
  readonly windowEndsAt: number;
  readonly mailIds: readonly string[];
  readonly clientInvoice: { readonly id: string; readonly ref: string; readonly created: boolean; readonly deposit?: boolean } | null;
  readonly settling: boolean;
}

interface Deed { tx: Tx; project: ProjectWithPeople; invoice: Invoice; letters: Letters; at: number; terms: Terms }

/** I1, I2, I4: an amount, its preview, its window, then the member's own invoice in their own series. */
export function memberInvoiceActivities(deps: ActivityDeps) {
  const locked = async (tx: Tx, memberInvoiceId: string, deed: string, at: number): Promise<Deed> => {
    const project = await lockProjectOf(tx, 'MemberInvoice', memberInvoiceId);
    const invoice = await tx.memberInvoice.findUniqueOrThrow({ where: { id: memberInvoiceId }, include: withMember });
    return { tx, project, invoice, letters: openLetters(tx, deps, project, deed, at), at, terms: project.terms as unknown as Terms };
  };
  const step = <S extends (typeof invoiceSteps)[keyof typeof invoiceSteps]>(
    definition: S, input: InvoiceStepInput, apply: (deed: Deed, by: By, payload: never) => Promise<Partial<MemberInvoiceAnswer> | void>,
  ): Promise<MemberInvoiceAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, submitted) => {
      const deed = await locked(tx, input.memberInvoiceId, `submission/${submitted.id}`, input.at);
      guard(deed.invoice, definition.name as MemberInvoiceAction);
      if (submitted.by.kind === 'member' && submitted.by.id !== deed.invoice.memberId) throw new Problem('not_allowed', 'another member’s invoice');
      const more = await apply(deed, submitted.by, submitted.payload as never);
      await recordEvent(tx, { by: submitted.by, action: `memberInvoice.${definition.name}`, subject: deed.invoice.ref, projectId: deed.project.id, at: input.at });
      return answer(await tx.memberInvoice.findUniqueOrThrow({ where: { id: deed.invoice.id } }), deed.letters, more ?? {});
    });
  const clock = (input: InvoiceClockInput, what: string, expected: MemberInvoiceState, act: (deed: Deed) => Promise<Partial<MemberInvoiceAnswer> | void>): Promise<MemberInvoiceAnswer> => {
    const key = `member-invoice/${input.memberInvoiceId}/${input.previewVersion}/${what}/${input.times}`;
    return once(deps.db, key, async (tx) => {
      const deed = await locked(tx, input.memberInvoiceId, `clock/${key}`, input.at);
      const more = deed.invoice.state === expected ? await act(deed) : {};
      return answer(await tx.memberInvoice.findUniqueOrThrow({ where: { id: deed.invoice.id } }), deed.letters, more ?? {});
    });
  };

  return {
    enterAmount: (input: { projectId: string; submissionId: string; at: number }) =>
      applySubmission(deps.db, enterAmount, input.submissionId, input.at, async (tx, { id, by, payload }) => {
        const project = await lockProject(tx, input.projectId);
        if (!allows(projectLifecycle, project.stage, 'enterAmount')) throw new Problem('stage_changed', `${project.ref} is ${project.stage}`, { stage: project.stage });
        const quote = await tx.memberQuote.findFirst({ where: { id: payload.quoteId, state: 'accepted', round: { projectId: project.id } }, include: { invoices: true, member: { include: { billing: true } } } });
        if (!quote) throw new Problem('quote_not_standing', `${payload.quoteId} is not an accepted quote of ${project.ref}`);
        if (by.kind === 'member' && by.id !== quote.memberId) throw new Problem('not_allowed', 'another member’s quote');
        checkAmount({ amountCents: payload.amountCents, acceptedCents: quote.acceptedCents ?? 0, invoiced: quote.invoices });
        const billing = quote.member.billing;
        if (!billing) throw new Problem('billing_missing', `${quote.member.handle} has no billing entity`);
        const terms = project.terms as unknown as Terms;
        const windowEndsAt = afterDelay(new Date(input.at), terms.anomalyWindow);
        const number = (await tx.memberInvoice.count({ where: { projectId: project.id } })) + 1;
        const vatCents = vatOf(billing, payload.amountCents);
        const created = await tx.memberInvoice.create({
          data: {
            ref: `${project.ref}-F${number}`, projectId: project.id, memberId: quote.memberId, quoteId: quote.id, kind: payload.kind, state: memberInvoiceLifecycle.initial,
            amountCents: payload.amountCents, vatRegime: billing.vatRegime, vatRateBp: billing.vatRateBp, vatCents, totalCents: payload.amountCents + vatCents,
            feeCents: await feeOf(tx, quote.roundId, payload.amountCents), mandate: billing.mandateAcceptedAt !== null, windowEndsAt, createdAt: new Date(input.at),
          },
        });
        const deed = await locked(tx, created.id, `submission/${id}`, input.at);
        await sendPreview(deed, '');
        await recordEvent(tx, { by, action: 'memberInvoice.entered', subject: created.ref, projectId: project.id, data: { amountCents: payload.amountCents }, at: input.at });
        return { memberInvoiceId: created.id, ref: created.ref, kind: created.kind, windowEndsAt: windowEndsAt.getTime(), mandate: created.mandate, mailIds: deed.letters.mailIds };
      }),

    reportAnomaly: (input: InvoiceStepInput) =>
      step(invoiceSteps.reportAnomaly, input, async ({ tx, invoice, letters }, _by, { reason }: { reason: string }) => {
        await tx.memberInvoice.update({ where: { id: invoice.id }, data: { state: 'anomaly', anomaly: reason, resolution: null } });
        await letters.toMember(invoice.member, 'anomaly_received', { reason }, previewLink(invoice));
        await letters.toStaff('staff_anomaly_reported', { memberName: invoice.member.name, invoiceRef: invoice.ref, reason }, invoicePath(invoice));
      }),

    resolveAnomaly: (input: InvoiceStepInput) =>
      step(invoiceSteps.resolveAnomaly, input, async (deed, _by, { amountCents, resolution }: { amountCents: number; resolution: string }) => {
        const { tx, invoice, at, terms } = deed;
        const invoices = await tx.memberInvoice.findMany({ where: { quoteId: invoice.quoteId, id: { not: invoice.id } } });
        checkAmount({ amountCents, acceptedCents: invoice.quote.acceptedCents ?? 0, invoiced: invoices });
        const vatCents = memberVat({ amountCents, regime: invoice.vatRegime as 'standard' | 'franchise', rateBp: invoice.vatRateBp });
        await tx.memberInvoice.update({
          where: { id: invoice.id },
          data: {
            state: 'preview', resolution, amountCents, vatCents, totalCents: amountCents + vatCents, feeCents: await feeOf(tx, invoice.quote.roundId, amountCents),
            previewVersion: { increment: 1 }, windowEndsAt: afterDelay(new Date(at), terms.anomalyWindow),
          },
        });
        await sendPreview({ ...deed, invoice: await tx.memberInvoice.findUniqueOrThrow({ where: { id: invoice.id }, include: withMember }) }, resolution);
      }),

    approvePreview: (input: InvoiceStepInput) => step(invoiceSteps.approvePreview, input, (deed, by) => finalise(deed, by)),

    closeWindow: (input: InvoiceClockInput) => clock(input, 'window', 'preview', (deed) => finalise(deed, theClock)),

    cancelInvoice: (input: InvoiceStepInput) =>
      step(invoiceSteps.cancelInvoice, input, async ({ tx, invoice, letters }, _by, { reason }: { reason: string }) => {
        await tx.memberInvoice.update({ where: { id: invoice.id }, data: { state: 'cancelled', resolution: reason } });
        await letters.toMember(invoice.member, 'invoice_cancelled', { reason }, { purpose: 'member_invoicing', subjectId: invoice.projectId });
      }),

    remindAnomaly: (input: InvoiceClockInput) =>
      clock(input, 'anomaly', 'anomaly', async ({ invoice, letters }) => {
        await letters.toStaff('staff_anomaly_reminder', { memberName: invoice.member.name, invoiceRef: invoice.ref }, invoicePath(invoice));
      }),

    remindApproval: (input: InvoiceClockInput) =>
      clock(input, 'approval', 'preview', async ({ invoice, letters }) => {
        const { amountCents, vatCents, totalCents, ref } = invoice;
        await letters.toMember(invoice.member, 'invoice_approval_reminder', { amountCents, vatCents, totalCents, invoiceRef: ref }, previewLink(invoice));
      }),
  };
}

const previewLink = (invoice: { id: string }) => ({ purpose: 'member_preview' as const, subjectId: invoice.id });
const invoicePath = (invoice: { id: string }): string => `/console/resources/MemberInvoice/records/${invoice.id}/show`;

function answer(row: { state: string; windowEndsAt: Date | null }, letters: Letters, more: Partial<MemberInvoiceAnswer>): MemberInvoiceAnswer {
  return { state: row.state as MemberInvoiceState, windowEndsAt: row.windowEndsAt?.getTime() ?? 0, mailIds: letters.mailIds, clientInvoice: null, settling: false, ...more };
}

function guard(invoice: Invoice, action: MemberInvoiceAction): void {
  if (!allows(memberInvoiceLifecycle, invoice.state, action)) throw new Problem('stage_changed', `${invoice.ref} is ${invoice.state}: ${action} is not possible`, { stage: invoice.state });
}

function vatOf(billing: { vatRegime: string; vatRateBp: number }, amountCents: number): number {
  return memberVat({ amountCents, regime: billing.vatRegime as 'standard' | 'franchise', rateBp: billing.vatRateBp });
}

/**
 * The fee that goes with an amount, counted on the final invoices of the round only: those are never cancelled, so the fees of all
 * invoices add up to the quote's (Q6). What a credit note gave back is invoiced again, with its fee (I12).
 * Until an invoice is final its fee is what it would be now.
 */
async function feeOf(tx: Tx, roundId: string, amountCents: number): Promise<number> {
  const signed = await tx.clientQuote.findFirstOrThrow({ where: { roundId, state: 'signed' } });
  const final = await tx.memberInvoice.aggregate({ where: { quote: { roundId }, state: 'final' }, _sum: { amountCents: true, feeCents: true } });
  const back = await tx.memberCreditNote.aggregate({ where: { memberInvoice: { quote: { roundId } }, creditNote: { givesBack: true } }, _sum: { amountCents: true, feeCents: true } });
  return feeOfInvoice({
    quoteMembersCents: signed.membersTotalCents, quoteFeeCents: signed.feeCents, invoicedBeforeCents: (final._sum.amountCents ?? 0) - (back._sum.amountCents ?? 0),
    feeBeforeCents: (final._sum.feeCents ?? 0) - (back._sum.feeCents ?? 0), amountCents,
  });
}

async function sendPreview({ tx, invoice, letters, at }: Deed, resolution: string): Promise<void> {
  const locale = documentLocale(invoice.member.locale);
  const data = await buildPreviewDocument(tx, invoice.id, at, locale);
  const document = await storeDocument(tx, {
    key: `member-invoice/${invoice.id}/preview/${invoice.previewVersion}`, kind: 'preview', at, title: documentTitle('preview', data, locale), html: renderDocument('preview', data, locale),
  });
  await tx.memberInvoice.update({ where: { id: invoice.id }, data: { documentId: document.id } });
  const { amountCents, vatCents, totalCents, ref, mandate, previewVersion, windowEndsAt } = invoice;
  await letters.toMember(
    invoice.member, 'invoice_preview',
    { amountCents, vatCents, totalCents, invoiceRef: ref, mandate, version: previewVersion, windowEndsAt: (windowEndsAt ?? new Date(at)).toISOString(), resolution },
    previewLink(invoice),
  );
}

/** I2, I4: numbered in the member's own series, posted, and joined to the client invoice that gathers the team's. */
async function finalise({ tx, project, invoice, letters, at, terms }: Deed, by: By): Promise<Partial<MemberInvoiceAnswer>> {
  const number = await nextMemberInvoiceNumber(tx, invoice.member, at);
  // I5: deposits are due at once, so they gather among themselves.
  const known = await tx.clientInvoice.findFirst({ where: { projectId: project.id, state: 'gathering', kind: invoice.kind === 'deposit' ? 'deposit' : { not: 'deposit' } } });
  const gathering = known ?? (await tx.clientInvoice.create({
    data: { ref: `${project.ref}-C${(await tx.clientInvoice.count({ where: { projectId: project.id } })) + 1}`, projectId: project.id, state: 'gathering', kind: invoice.kind, createdAt: new Date(at) },
  }));
  await tx.memberInvoice.update({
    where: { id: invoice.id },
    data: { state: after(memberInvoiceLifecycle, 'preview', 'windowCloses'), feeCents: await feeOf(tx, invoice.quote.roundId, invoice.amountCents), number, finalAt: new Date(at), legalDueAt: afterDelay(new Date(at), terms.memberLegalTerm), clientInvoiceId: gathering.id },
  });
  const locale = documentLocale(invoice.member.locale);
  const data = await buildMemberInvoiceDocument(tx, invoice.id, locale);
  const document = await keepInvoice(tx, { kind: 'member_invoice', locale, data }, { key: `member-invoice/${invoice.id}/final`, at });
  await tx.memberInvoice.update({ where: { id: invoice.id }, data: { documentId: document.id } });
  await postEntry(tx, { key: `member-invoice/${invoice.id}`, projectId: project.id, what: number, lines: memberInvoicePosting({ memberId: invoice.memberId, amountCents: invoice.amountCents, vatCents: invoice.vatCents }), at });
  const { amountCents, vatCents, totalCents, ref } = invoice;
  await letters.toMember(invoice.member, 'invoice_final', { amountCents, vatCents, totalCents, invoiceRef: ref, number }, { purpose: 'member_invoicing', subjectId: project.id });
  if (by.kind === 'clock') await recordEvent(tx, { by, action: 'memberInvoice.final', subject: invoice.ref, projectId: project.id, data: { number }, at });
  const { leftCents, openInvoices, openRounds } = await leftOnProject(tx, project.id);
  const settling = leftCents === 0 && openInvoices === 0 && openRounds === 0 && allows(projectLifecycle, project.stage, 'everythingInvoiced');
  if (settling) await moveProject(tx, project, 'everythingInvoiced', at);
  return { clientInvoice: { id: gathering.id, ref: gathering.ref, created: !known, deposit: gathering.kind === 'deposit' }, settling };
}
