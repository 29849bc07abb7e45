import { leftToPay } from '../../domain/left-to-pay.ts';
import type { Deps } from '../../deps.ts';
import type { ClientAct } from '../../domain/client-rights.ts';
import { lateFeeCents, lateFeeSettled } from '../../domain/late-fees.ts';
import { disputeOpen } from '../../domain/dispute.ts';
import { dunningFigures, isChased } from '../../domain/dunning-letter.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { Problem } from '../../domain/problem.ts';
import type { Terms } from '../../domain/terms.ts';
import { declareTransfer, dispute } from '../../steps/invoice-steps.ts';
import { requireRight } from '../access.ts';
import { iban } from '../../documents/format.ts';
import { issuerAt } from '../../documents/issuer.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';

/** C10: what is due and when, the document, « my transfer has left », and what is wrong with it. */
export const clientInvoicePage: Page = {
  template: 'client-invoice',
  async show(deps, access) {
    requireRight(access, 'readInvoices');
    const invoice = await invoiceOf(deps, access);
    const disputer = invoice.disputedById ? await deps.db.clientUser.findUnique({ where: { id: invoice.disputedById }, select: { name: true } }) : null;
    const disputed = disputeOpen(invoice);
    const left = leftToPay(invoice);
    // The account the document names: what is read here and there is the same.
    const issuer = left > 0 && invoice.issuedAt ? await issuerAt(deps.db, invoice.issuedAt.getTime()) : null;
    const can = Object.fromEntries(actionsFrom(clientInvoiceLifecycle, invoice.state, 'client').map((action) => [action, action in rights && access.may(rights[action as keyof typeof rights])]));
    return {
      title: invoice.number, invoice: { ...invoice, payments: invoice.payments.map((one) => ({ ...one, cents: one.amountCents + Math.max(0, one.excessCents), how: one.kind })) }, kept: Math.max(0, invoice.keptCents), deposit: invoice.kind === 'deposit', project: invoice.project, left, pay: issuer && { name: issuer.name, iban: iban(issuer.iban), bic: issuer.bic }, projectHref: access.base === access.root ? null : access.root, documentBase: `${access.root}/document`,
      late: lateOf(invoice), disputed, disputerName: disputer?.name ?? '', can: { ...can, dispute: can.dispute === true && !disputed },
    };
  },
  acts: {
    async declareTransfer(deps, access, body, key) {
      requireRight(access, 'declareTransfer');
      const { ref } = await invoiceOf(deps, access);
      await askStep(deps, access, key, declareTransfer, `client-invoice/${ref}`, { reference: text(body, 'reference') });
      return { notice: 'transferDeclared' };
    },
    async dispute(deps, access, body, key) {
      requireRight(access, 'disputeInvoice');
      const { ref } = await invoiceOf(deps, access);
      await askStep(deps, access, key, dispute, `client-invoice/${ref}`, { reason: text(body, 'reason') });
      return { notice: 'invoiceDisputed' };
    },
  },
};

/** C6 */
const rights = { declareTransfer: 'declareTransfer', dispute: 'disputeInvoice' } as const satisfies Record<string, ClientAct>;

/**
 * I6: what the delay has earned so far, or had when the invoice was paid whole, and where that stands; null for an invoice that is not late. Cents.
 * An invoice due again after a payment was taken back (I12) runs anew: what was received or waived of its first delay is taken off.
 */
function lateOf({ lateFee, dueAt, ...invoice }: Awaited<ReturnType<typeof invoiceOf>>) {
  const receivedCents = lateFee?.receivedCents ?? 0;
  const settled = { receivedCents, waivedCents: (lateFee ? lateFeeSettled(lateFee) : 0) - receivedCents };
  const withLeft = (late: { state: string; daysLate: number; interestCents: number; indemnityCents: number }) => ({
    ...late, ...settled, totalCents: lateFeeCents(late), leftCents: Math.max(0, lateFeeCents(late) - settled.receivedCents - settled.waivedCents), partly: settled.receivedCents + settled.waivedCents > 0,
  });
  if (!isChased(invoice.state)) return lateFee ? withLeft(lateFee) : null;
  if (!dueAt) return null;
  const { daysLate, interestCents, indemnityCents } = dunningFigures({ ...invoice, dueAt, lateFee: null }, invoice.project.terms as unknown as Terms, new Date());
  return daysLate > 0 ? withLeft({ state: 'running', daysLate, interestCents, indemnityCents }) : null;
}

async function invoiceOf(deps: Deps, access: Access) {
  const invoice = await deps.db.clientInvoice.findFirst({
    where: { id: access.subjectId ?? '', projectId: access.projectId ?? '', state: { not: 'gathering' } },
    include: { project: { include: { accountManager: true } }, payments: { where: { kind: { in: ['transfer', 'client_credit', 'taken_back'] } }, orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }] }, creditNotes: { orderBy: { issuedAt: 'asc' } }, dunningLetters: { include: { document: { select: { title: true } } }, orderBy: { sentAt: 'asc' } }, lateFee: true },
  });
  if (!invoice) throw new Problem('not_found', 'no such invoice for this person');
  return invoice;
}
