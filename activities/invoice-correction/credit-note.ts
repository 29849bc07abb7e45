import type { By } from '../../database/audit.ts';
import { holdClientCredit, moveClientCredit } from '../../database/client-credit.ts';
import { accountOf } from '../../database/invoice-account.ts';
import { postEntry } from '../../database/ledger.ts';
import { moveProject } from '../../database/move-project.ts';
import { nextCreditNoteNumber, nextMemberCreditNoteNumber } from '../../database/numbers.ts';
import { leftAfter, recordMovement } from '../../database/record-movement.ts';
import { buildCreditNoteDocument, buildMemberCreditNoteDocument } from '../../documents/build-credit-note.ts';
import { keepInvoice } from '../../documents/keep-invoice.ts';
import { documentLocale } from '../../documents/locale.ts';
import { creditFigures, moved, standing, type CreditedPart } from '../../domain/invoice-account.ts';
import { memberCreditNotePosting } from '../../domain/ledger.ts';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { allocate, sum } from '../../domain/money.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import { cancelClientInvoice, creditInvoice } from '../../steps/correction-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { invoicePath, tellEveryoneOwed, toBilling, type InvoiceDeed } from '../invoice-deed.ts';
import { correctionStep, type Corrected } from './answer.ts';

/** I12: credit notes, the client's and each member's, with what they take back of fee, VAT, payouts and referral. */
export function creditNoteActivities(deps: ActivityDeps) {
  return {
    creditInvoice: correctionStep(deps, creditInvoice, async (deed, by, { memberInvoiceIds, amountCents, givesBack, reason }) => {
      const chosen = standing(accountOf(deed.invoice)).parts.filter(({ id }) => memberInvoiceIds.includes(id));
      const leftCents = sum(chosen.map((part) => part.amountCents));
      if (amountCents > leftCents) throw new Problem('credit_above_invoice', `${amountCents} cents credited, ${leftCents} left`, { leftCents });
      const shares = allocate(amountCents, chosen.map((part) => part.amountCents));
      return issue(deed, by, chosen.map(({ id }, index) => ({ id, cents: shares[index] ?? 0 })), givesBack, reason);
    }),

    cancelClientInvoice: correctionStep(deps, cancelClientInvoice, (deed, by, { givesBack, reason }) =>
      issue(deed, by, standing(accountOf(deed.invoice)).parts.map(({ id, amountCents }) => ({ id, cents: amountCents })), givesBack, reason)),
  };
}

async function issue(deed: InvoiceDeed, by: By, wanted: readonly CreditedPart[], givesBack: boolean, reason: string): Promise<Corrected> {
  const { tx, project, invoice, letters, at } = deed;
  if (givesBack && isOver(projectLifecycle, project.stage)) throw new Problem('allowance_closed', `${project.ref} is ${project.stage}`);
  const parts = wanted.filter(({ cents }) => cents > 0);
  const before = accountOf(invoice);
  const after = moved(before, { kind: 'credit_note', parts });
  const figures = creditFigures(before, after);
  if (figures.keptCents > 0) await holdClientCredit(tx, project.companyId);
  const issuedAt = new Date(at);
  const number = await nextCreditNoteNumber(tx, at);
  const { membersCents, feeCents, vatCents, totalCents, keptCents } = figures;
  const note = await tx.creditNote.create({
    data: { number, clientInvoiceId: invoice.id, reason, givesBack, cancels: standing(after).totalCents === 0, membersCents, feeCents, vatCents, totalCents, keptCents, issuedAt, issuedBy: by.name, createdAt: issuedAt },
  });
  const own = [];
  for (const part of figures.parts) {
    const billed = invoice.memberInvoices.find(({ id }) => id === part.id);
    if (!billed) continue;
    const credited = await tx.memberCreditNote.create({
      data: {
        number: await nextMemberCreditNoteNumber(tx, billed.member, at), creditNoteId: note.id, memberInvoiceId: billed.id, memberId: billed.memberId,
        amountCents: part.amountCents, vatCents: part.vatCents, totalCents: part.totalCents, feeCents: part.feeCents, issuedAt, createdAt: issuedAt,
      },
    });
    await tx.memberInvoice.update({
      where: { id: billed.id },
      data: { creditedCents: { increment: part.amountCents }, creditedTotalCents: { increment: part.totalCents }, ...(givesBack ? { givenBackCents: { increment: part.amountCents } } : {}) },
    });
    await postEntry(tx, { key: `member-credit/${credited.id}`, projectId: project.id, what: credited.number, lines: memberCreditNotePosting(credited), at });
    own.push({ credited, billed });
  }
  const recorded = await recordMovement(tx, invoice, project.companyId, {
    key: deed.deed, kind: 'credit_note', creditNote: { id: note.id, parts: own.map(({ credited }) => credited) }, reference: number, reason, happenedOn: new Date(parisDay(at)), by: by.name, at,
  });
  if (keptCents > 0) {
    await moveClientCredit(tx, {
      key: `${deed.deed}/kept`, companyId: project.companyId, clientInvoiceId: invoice.id, kind: 'kept', amountCents: keptCents, creditNoteId: note.id, paymentId: recorded.payment.id, reference: number, reason, happenedOn: new Date(parisDay(at)), by: by.name, at,
    });
  }
  const locale = documentLocale(project.owner.locale);
  const data = await buildCreditNoteDocument(tx, note.id, locale);
  const document = await keepInvoice(tx, { kind: 'credit_note', locale, data }, { key: `credit-note/${note.id}`, at });
  await tx.creditNote.update({ where: { id: note.id }, data: { documentId: document.id } });
  const invoiceNumber = invoice.number ?? invoice.ref;
  await toBilling(deed, 'credit_note_issued', { number, invoiceNumber, reason, totalCents, keptCents, remainingCents: leftAfter(recorded), dueAt: (invoice.dueAt ?? issuedAt).toISOString() });
  for (const { credited, billed } of own) {
    const language = documentLocale(billed.member.locale);
    const toRepayCents = -sum(recorded.payouts.filter(({ memberInvoiceId, amountCents }) => memberInvoiceId === billed.id && amountCents < 0).map(({ amountCents }) => amountCents)) || 0;
    const said = await buildMemberCreditNoteDocument(tx, credited.id, toRepayCents, language);
    const paper = await keepInvoice(tx, { kind: 'credit_note', locale: language, data: said }, { key: `member-credit/${credited.id}`, at });
    await tx.memberCreditNote.update({ where: { id: credited.id }, data: { documentId: paper.id } });
    await letters.toMember(billed.member, 'member_credit_note_issued', {
      number: credited.number, invoiceNumber: billed.number ?? billed.ref, reason, amountCents: credited.amountCents, vatCents: credited.vatCents, totalCents: credited.totalCents, givesBack, toRepayCents,
    }, { purpose: 'member_invoicing', subjectId: project.id });
  }
  await letters.toStaff('staff_invoice_corrected', { number: invoiceNumber, how: 'credited', reason, amountCents: totalCents }, invoicePath(invoice));
  await tellEveryoneOwed(deed, recorded.payouts);
  const reopens = givesBack && project.stage === 'settling';
  if (reopens) await moveProject(tx, project, 'invoicingReopened', at);
  return { reopensInvoicing: reopens ? (own[0]?.billed.ref ?? null) : null };
}
