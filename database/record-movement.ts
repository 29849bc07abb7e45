import type { Payment, Payout } from '@prisma/client';
import { leftOnAccount, moved, referralMove, standing, stateByAccount, type InvoiceAccount } from '../domain/invoice-account.ts';
import { sum } from '../domain/money.ts';
import { movementPosting, type MovementKind } from '../domain/movement-posting.ts';
import { alignPayouts } from './align-payouts.ts';
import { accountOf, movementOf, type AccountedInvoice } from './invoice-account.ts';
import { oweLateFee } from './late-fees.ts';
import { postEntry } from './ledger.ts';
import type { Tx } from './open.ts';
import { holdDocumentsStill, reviewPayouts } from './vigilance.ts';

export interface Movement {
  readonly key: string;
  readonly kind: MovementKind;
  /** Signed, on the invoice; a credit note's is worked out. */
  readonly amountCents?: number;
  readonly excessCents?: number;
  readonly creditNote?: { readonly id: string; readonly parts: readonly { readonly memberInvoiceId: string; readonly amountCents: number }[] };
  readonly takesBackId?: string;
  readonly bankMatchId?: string | null;
  readonly reference: string;
  readonly reason?: string;
  readonly happenedOn: Date;
  readonly by: string;
  readonly at: number;
}

export interface Recorded {
  readonly payment: Payment;
  readonly before: InvoiceAccount;
  readonly after: InvoiceAccount;
  /** What the movement set aside, or asks back, as it stands once documents were looked at. */
  readonly payouts: readonly Payout[];
}

/** An entry of a movement is known by it, a credit note's by the note. */
export const movementKey = ({ id, creditNoteId }: { id: string; creditNoteId: string | null }): string => (creditNoteId ? `credit-note/${creditNoteId}` : `payment/${id}`);

/**
 * I7, I9, I12: one movement of an invoice, whole: what is paid, credited or lost on it, its state, the ledger, what is set aside for members and the
 * referrer, and what its delay has earned once it is paid whole (I6). The project is locked, and the client's credit held still, by whoever calls.
 * @throws Problem whatever domain/invoice-account says
 */
export async function recordMovement(tx: Tx, invoice: AccountedInvoice, companyId: string, movement: Movement): Promise<Recorded> {
  const { key, kind, creditNote, excessCents = 0, takesBackId, bankMatchId, reference, reason = '', happenedOn, by, at } = movement;
  const before = accountOf(invoice);
  const after = moved(before, movementOf({ kind, amountCents: movement.amountCents ?? 0, creditNote: creditNote ? { parts: creditNote.parts } : null }));
  const referral = await tx.referral.findUnique({ where: { projectId: invoice.projectId } });
  const referralCents = referral ? referralMove(before, after, referral.rateBp, sum(invoice.payments.map((payment) => payment.referralCents))) : 0;
  const payment = await tx.payment.create({
    data: {
      key, kind, clientInvoiceId: invoice.id, amountCents: after.paidCents - before.paidCents, excessCents, referralCents, referralId: referralCents === 0 ? null : (referral?.id ?? null),
      takesBackId: takesBackId ?? null, creditNoteId: creditNote?.id ?? null, bankMatchId: bankMatchId ?? null, reference, reason, receivedOn: happenedOn, recordedBy: by, createdAt: new Date(at),
    },
  });
  const state = stateByAccount(after);
  const wasPaid = invoice.paidAt !== null;
  await tx.clientInvoice.update({
    where: { id: invoice.id },
    data: {
      state, paidCents: after.paidCents, creditedCents: invoice.totalCents - standing(after).totalCents, writtenOffCents: after.writtenOffCents,
      paidAt: state === 'paid' ? (wasPaid ? undefined : new Date(at)) : null,
    },
  });
  if (state === 'paid' && !wasPaid) await oweLateFee(tx, invoice.id, at);
  await postEntry(tx, {
    key: movementKey(payment), projectId: invoice.projectId, what: reference, at,
    lines: movementPosting({ clientInvoiceId: invoice.id, companyId, kind, before, after, excessCents, referral: referral && referralCents !== 0 ? { memberId: referral.memberId, cents: referralCents } : null }),
  });
  const owed = [...new Set([...invoice.memberInvoices.map(({ memberId }) => memberId), ...(referral ? [referral.memberId] : [])])];
  await holdDocumentsStill(tx, owed);
  const made = await alignPayouts(tx, invoice, after, { paymentId: payment.id, referral, referralCents, at });
  for (const memberId of owed) await reviewPayouts(tx, memberId, at);
  return { payment, before, after, payouts: made.length > 0 ? await tx.payout.findMany({ where: { id: { in: made.map(({ id }) => id) } } }) : [] };
}

/** What is left to pay once a movement has happened, in cents including tax. */
export const leftAfter = ({ after }: Recorded): number => leftOnAccount(after);

