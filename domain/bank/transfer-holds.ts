import { isIban } from '../identifiers.ts';
import { inSepaArea } from './sepa-countries.ts';

/** How long a payout waits after its member's account number was changed, in ms: a change nobody asked for is noticed meanwhile. */
export const ibanChangeWait = 48 * 3_600_000;

/** What the bank says when the account itself is wrong, closed, blocked or of somebody who is no more (ExternalReturnReason1Code). */
const accountRefused = ['AC01', 'AC03', 'AC04', 'AC06', 'AC13', 'AG01', 'BE04', 'MD07', 'RC01', 'RR01'];

export type TransferHold =
  | { readonly why: 'no_account' | 'iban_invalid' | 'outside_sepa' }
  /** `until` in ms. */
  | { readonly why: 'iban_changed'; readonly until: number }
  | { readonly why: 'account_refused'; readonly code: string };

export interface AccountHistory {
  /** ms; null: as it was first given. */
  readonly ibanChangedAt: number | null;
  /** The last time a transfer to this member came back, in ms, and what the bank said. */
  readonly lastReturn: { readonly at: number; readonly code: string } | null;
}

export interface Destination extends AccountHistory {
  /** Null: nobody has said where to pay. */
  readonly iban: string | null;
}

/** What the history of an account says against it, however money would leave for it. `now` in ms. */
export function accountHold({ ibanChangedAt, lastReturn }: AccountHistory, now: number): TransferHold | null {
  if (lastReturn && accountRefused.includes(lastReturn.code) && (ibanChangedAt === null || ibanChangedAt < lastReturn.at)) return { why: 'account_refused', code: lastReturn.code };
  if (ibanChangedAt !== null && now - ibanChangedAt < ibanChangeWait) return { why: 'iban_changed', until: ibanChangedAt + ibanChangeWait };
  return null;
}

/** Why nothing may leave for there now, or null. `now` in ms. */
export function transferHold({ iban, ...history }: Destination, now: number): TransferHold | null {
  if (iban === null) return { why: 'no_account' };
  if (!isIban(iban)) return { why: 'iban_invalid' };
  if (!inSepaArea(iban)) return { why: 'outside_sepa' };
  return accountHold(history, now);
}
