import { hasLeft } from './lifecycle/payout.ts';

/** What was set aside for somebody: positive when it goes to them, negative when they are to give it back. Cents. */
export interface SetAside {
  readonly id: string;
  readonly state: string;
  readonly amountCents: number;
}

type Amount = Pick<SetAside, 'state' | 'amountCents'>;

/** What must happen to payouts so that they say what is due. Amounts in cents. */
export interface PayoutChange {
  /** No longer due, or no longer to give back. */
  readonly cancel: readonly string[];
  /** In place of the last one cancelled, or new: to send when positive, to recover when negative. Zero: nothing. */
  readonly newCents: number;
}

const counts = (state: string): boolean => state !== 'cancelled';
const waits = (state: string): boolean => state === 'to_send' || state === 'held';

/** What was set aside, all in all. */
export function setAside(payouts: readonly Amount[]): number {
  return payouts.filter(({ state }) => counts(state)).reduce((total, { amountCents }) => total + amountCents, 0);
}

/** What has reached them, less what they gave back. */
export function received(payouts: readonly Amount[]): number {
  return payouts.filter(({ state }) => hasLeft(state) || state === 'recovered').reduce((total, { amountCents }) => total + amountCents, 0);
}

/**
 * I7, I12: brings what is set aside for somebody to what is due. More: what they were to give back is dropped first, then a payout is made. Less:
 * what has not left yet stays, newest first; what has left is to be recovered.
 *
 * `advanceUpToCents`: a member's work stays owed when a client's payment is taken back: what has left of it is an advance that the next payment
 * absorbs, and is never asked back. Zero where only what the client has paid is owed (a referral).
 */
export function payoutChange(payouts: readonly SetAside[], dueCents: number, advanceUpToCents = 0): PayoutChange {
  const target = Math.max(dueCents, Math.min(received(payouts), advanceUpToCents));
  let difference = target - setAside(payouts);
  const cancel: string[] = [];
  const undo = difference > 0 ? (one: SetAside) => one.state === 'to_recover' : (one: SetAside) => waits(one.state);
  for (const one of [...payouts].reverse().filter(undo)) {
    if (difference === 0 || difference > 0 !== one.amountCents < 0) break;
    cancel.push(one.id);
    difference += one.amountCents;
    // Too much of it was cancelled: what remains of it is made anew.
    if (difference > 0 === one.amountCents > 0) break;
  }
  return { cancel, newCents: difference || 0 };
}
