import { Problem } from './problem.ts';

/** What an invoice keeps of its last dispute (C10). */
export interface Disputed {
  readonly disputedAt: Date | null;
  readonly disputeSettledAt: Date | null;
}

/** The client disputes it, and nobody has answered yet: no reminder leaves meanwhile; what is due, and when, stays as it was. */
export function disputeOpen({ disputedAt, disputeSettledAt }: Disputed): boolean {
  return disputedAt !== null && disputeSettledAt === null;
}

/** @throws Problem `dispute_open` */
export function requireNoDispute(invoice: Disputed): void {
  if (disputeOpen(invoice)) throw new Problem('dispute_open', 'a dispute waits for its answer');
}

/** @throws Problem `no_dispute` */
export function requireDispute(invoice: Disputed): void {
  if (!disputeOpen(invoice)) throw new Problem('no_dispute', 'nothing is disputed, or it was answered already');
}

/** A pause that the dispute began ends with its answer; one that staff had begun for a reason of their own goes on. */
export function pausedByDispute(invoice: { readonly dunningPaused: boolean; readonly dunningPauseReason: string | null; readonly disputeReason: string | null }): boolean {
  return invoice.dunningPaused && invoice.dunningPauseReason === invoice.disputeReason;
}
