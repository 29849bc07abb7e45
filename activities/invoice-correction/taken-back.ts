import type { By } from '../../database/audit.ts';
import { holdClientCredit, moveClientCredit } from '../../database/client-credit.ts';
import { leftAfter, recordMovement } from '../../database/record-movement.ts';
import { takingBack } from '../../domain/invoice-account.ts';
import { sum } from '../../domain/money.ts';
import { Problem } from '../../domain/problem.ts';
import { takeBackPayment } from '../../steps/correction-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { invoicePath, toBilling, type InvoiceDeed } from '../invoice-deed.ts';
import { correctionStep } from './answer.ts';
import { dueAgain } from './due-again.ts';

export interface TakenBack {
  readonly paymentId: string;
  readonly takenBackOn: Date;
  /** A person's words, or the bank's code. */
  readonly reason: string;
  /** The reason as others read it; a code of the bank says nothing to them. */
  readonly told?: string;
}

/** I11, I12: staff say that a payment of the client was taken back. A line of a statement says so through `takeBack` itself. */
export function takenBackActivities(deps: ActivityDeps) {
  return {
    takeBackPayment: correctionStep(deps, takeBackPayment, (deed, by, { paymentId, takenBackOn, reason }) => takeBack(deed, by, { paymentId, takenBackOn: new Date(takenBackOn), reason })),
  };
}

/**
 * The invoice is due again, its reminders begin anew, and what had not left for its members no longer does. What had left is an advance on what the
 * client still owes. @throws Problem `payment_taken_back`, `not_found`, `invoice_written_off`
 */
export async function takeBack(deed: InvoiceDeed, by: By, { paymentId, takenBackOn, reason, told = reason }: TakenBack): Promise<void> {
  const { tx, project, invoice, letters, at } = deed;
  const payment = invoice.payments.find(({ id, kind }) => id === paymentId && (kind === 'transfer' || kind === 'client_credit'));
  if (!payment) throw new Problem('not_found', `no payment ${paymentId} of ${invoice.ref}`);
  if (invoice.payments.some(({ takesBackId }) => takesBackId === paymentId)) throw new Problem('payment_taken_back', `${paymentId} was taken back`);
  await holdClientCredit(tx, project.companyId);
  const fromCredit = payment.kind === 'client_credit';
  const { keptCents } = await tx.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id }, select: { keptCents: true } });
  const { fromPaidCents, fromCreditCents } = takingBack({ receivedCents: payment.amountCents + payment.excessCents, keptCents, paidCents: invoice.paidCents });
  // The client's credit that paid is theirs again; a transfer leaves with the bank.
  const excessCents = fromCredit ? payment.amountCents - fromCreditCents : -fromCreditCents;
  const key = `${deed.deed}/${payment.id}`;
  const recorded = await recordMovement(tx, invoice, project.companyId, {
    key, kind: 'taken_back', amountCents: -fromPaidCents, excessCents, takesBackId: payment.id, reference: payment.reference, reason, happenedOn: takenBackOn, by: by.name, at,
  });
  const move = { companyId: project.companyId, paymentId: recorded.payment.id, reference: payment.reference, reason, happenedOn: takenBackOn, by: by.name, at };
  if (fromCreditCents > 0) await moveClientCredit(tx, { ...move, key: `${key}/credit`, clientInvoiceId: invoice.id, kind: 'taken_back', amountCents: -fromCreditCents });
  if (fromCredit) {
    for (const used of await tx.clientCredit.findMany({ where: { paymentId: payment.id, kind: 'used' }, orderBy: { id: 'asc' } })) {
      await moveClientCredit(tx, { ...move, key: `${key}/given-back/${used.id}`, clientInvoiceId: used.clientInvoiceId, kind: 'given_back', amountCents: -used.amountCents });
    }
  }
  const remainingCents = leftAfter(recorded);
  if (remainingCents > 0) await tx.clientInvoice.update({ where: { id: invoice.id }, data: dueAgain(at) });
  const number = invoice.number ?? invoice.ref;
  await toBilling(deed, 'payment_taken_back', { number, amountCents: payment.amountCents + payment.excessCents, remainingCents, reason: told, dueAt: (invoice.dueAt ?? new Date(at)).toISOString() });
  await letters.toStaff('staff_invoice_corrected', { number, how: 'taken_back', reason: told, amountCents: payment.amountCents + payment.excessCents }, invoicePath(invoice));
  await tellSuspended(deed);
}

/** Whoever waits for a transfer that no longer leaves is told, once for what they wait for. */
async function tellSuspended({ tx, project, invoice, letters }: InvoiceDeed): Promise<void> {
  const waited = invoice.payments.flatMap(({ payouts }) => payouts).filter(({ state }) => state === 'to_send' || state === 'held');
  const stopped = await tx.payout.findMany({ where: { id: { in: waited.map(({ id }) => id) }, state: 'cancelled' }, include: { member: true } });
  for (const member of new Map(stopped.map((one) => [one.memberId, one.member])).values()) {
    const amountCents = sum(stopped.filter(({ memberId }) => memberId === member.id).map((one) => one.amountCents));
    await letters.toMember(member, 'payout_suspended', { amountCents, clientInvoiceNumber: invoice.number ?? invoice.ref }, { purpose: 'member_invoicing', subjectId: project.id });
  }
}
