import { creditFigures, earned, standing, type InvoiceAccount } from './invoice-account.ts';
import { creditNotePosting, revivalPosting, settlementPosting, writeOffPosting, type PostingLine } from './ledger.ts';

export type MovementKind = 'transfer' | 'client_credit' | 'taken_back' | 'credit_note' | 'write_off' | 'revived';

export interface PostedMovement {
  readonly clientInvoiceId: string;
  readonly companyId: string;
  readonly kind: MovementKind;
  readonly before: InvoiceAccount;
  readonly after: InvoiceAccount;
  /** Signed: what more came in than was due, or what the bank took back of it. */
  readonly excessCents: number;
  readonly referral: { readonly memberId: string; readonly cents: number } | null;
}

/** What a movement of an invoice adds to the client's credit, signed, in cents. */
export function clientCreditMove({ kind, before, after, excessCents }: Pick<PostedMovement, 'kind' | 'before' | 'after' | 'excessCents'>): number {
  if (kind === 'client_credit' || kind === 'credit_note') return before.paidCents - after.paidCents;
  return kind === 'transfer' || kind === 'taken_back' ? excessCents : 0;
}

/** I9: the entry of a movement of an invoice, from what its account said before and says after. */
export function movementPosting(movement: PostedMovement): PostingLine[] {
  const { clientInvoiceId, companyId, kind, before, after, referral } = movement;
  if (kind === 'write_off' || kind === 'revived') {
    const given = kind === 'write_off' ? after : before;
    const lost = { clientInvoiceId, lostCents: given.writtenOffCents, vatCents: standing(given).vatCents - earned(given).vatDueCents };
    return kind === 'write_off' ? writeOffPosting(lost) : revivalPosting(lost);
  }
  const settled = settlementPosting({
    clientInvoiceId, companyId, referral, paidCents: after.paidCents - before.paidCents, clientCreditCents: clientCreditMove(movement),
    vatDueCents: earned(after).vatDueCents - earned(before).vatDueCents,
  });
  return kind === 'credit_note' ? [...creditNotePosting({ clientInvoiceId, ...creditFigures(before, after) }), ...settled] : settled;
}
