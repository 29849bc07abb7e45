import { hasLeft } from './lifecycle/payout.ts';
import { share, sum } from './money.ts';
import { referralStillToCome } from './referral.ts';

/** I8: why a referrer's share is not with them yet. */
export type WhyNotDue =
  | 'not_signed' // no quote is signed: nothing is known of the amount
  | 'not_invoiced' // signed, and this part of it has no invoice yet
  | 'not_issued' // the team's amounts are being gathered
  | 'client_has_time' // issued, and the client has until its due date
  | 'client_late'
  | 'client_disputes'
  | 'client_paid_part' // what is paid is a line of its own
  | 'documents_missing' // M4: due, and held back
  | 'no_account' // due, and there is nowhere to pay it to
  | 'account_held' // I11: the account has just changed, or the bank has sent a transfer back
  | 'next_transfers'; // due, and it leaves with the next transfers

/** A project somebody brought, and at what level. */
interface BroughtProject {
  readonly projectId: string;
  readonly ref: string;
  readonly title: string;
  readonly clientName: string;
  readonly level: string;
  readonly rateBp: number;
}

/** One share: of one payment received, or of what an invoice, or the quote, will still bring. */
export interface ReferralLine extends BroughtProject {
  /** The invoice's number, or its reference until it has one; null before there is any. */
  readonly invoice: string | null;
  /** OFF-WORKS's fee on it, in cents; null while unknown. */
  readonly feeCents: number | null;
  /** The share; null while unknown. */
  readonly cents: number | null;
  readonly state: 'to_come' | 'due' | 'sent' | 'paid';
  /** Null once it has left. */
  readonly why: WhyNotDue | null;
  /** When the client must pay, has paid, or the transfer left, as the state says. */
  readonly at: Date | null;
  /** M4: kinds of the documents it waits for. */
  readonly heldFor: readonly string[];
}

export interface ReferredInvoice {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly feeCents: number;
  readonly totalCents: number;
  readonly paidCents: number;
  readonly dueAt: Date | null;
  readonly disputed: boolean;
  /** The referrer's, in the order they fell due. */
  readonly payouts: readonly { readonly amountCents: number; readonly state: string; readonly heldFor: readonly string[]; readonly createdAt: Date; readonly sentAt: Date | null; readonly paidAt: Date | null }[];
}

export interface ReferredProject extends BroughtProject {
  /** No more work, invoice or payment will come of it. */
  readonly over: boolean;
  /** OFF-WORKS's fee on everything signed, in cents; null while nothing is. */
  readonly signedFeeCents: number | null;
  readonly invoices: readonly ReferredInvoice[];
}

/** What is known of the referrer's own account. */
export type AccountStanding = 'ready' | 'none' | 'held';

/** I8: every share of one project, first those that fell due, invoice by invoice, then what is still to come, each with why it is not due yet. `now` in ms. */
export function referralLines(project: ReferredProject, account: AccountStanding, now: number): ReferralLine[] {
  const { projectId, ref, title, clientName, level, rateBp, over, signedFeeCents, invoices } = project;
  const line = (more: Omit<ReferralLine, keyof BroughtProject | 'heldFor'> & { heldFor?: readonly string[] }): ReferralLine => ({ projectId, ref, title, clientName, level, rateBp, heldFor: [], ...more });
  const lines = invoices.flatMap((invoice) => {
    const { name, feeCents, payouts } = invoice;
    const left = referralStillToCome(invoice, rateBp);
    return [
      ...payouts.map(({ amountCents, state, heldFor, createdAt, sentAt, paidAt }) => {
        const gone = hasLeft(state);
        return line({
          invoice: name, feeCents, cents: amountCents, state: state === 'paid' ? 'paid' : gone ? 'sent' : 'due', heldFor,
          why: gone ? null : state === 'held' ? 'documents_missing' : account === 'none' ? 'no_account' : account === 'held' ? 'account_held' : 'next_transfers', at: paidAt ?? sentAt ?? createdAt,
        });
      }),
      ...(left > 0 ? [line({ invoice: name, feeCents, cents: left, state: 'to_come', why: whyNotPaid(invoice, now), at: invoice.dueAt })] : []),
    ];
  });
  if (over) return lines;
  if (signedFeeCents === null) return invoices.length > 0 ? lines : [line({ invoice: null, feeCents: null, cents: null, state: 'to_come', why: 'not_signed', at: null })];
  const toInvoiceCents = signedFeeCents - sum(invoices.map(({ feeCents }) => feeCents));
  const cents = share(Math.max(0, toInvoiceCents), rateBp);
  return cents > 0 ? [...lines, line({ invoice: null, feeCents: toInvoiceCents, cents, state: 'to_come', why: 'not_invoiced', at: null })] : lines;
}

function whyNotPaid({ state, disputed, dueAt, paidCents }: ReferredInvoice, now: number): WhyNotDue {
  if (state === 'gathering') return 'not_issued';
  if (disputed) return 'client_disputes';
  if (dueAt !== null && dueAt.getTime() < now) return 'client_late';
  return paidCents > 0 ? 'client_paid_part' : 'client_has_time';
}

/** Sums in cents: what has left, what is due and has not, and what the client's payments will bring. */
export function referralTotals(lines: readonly ReferralLine[]): { leftCents: number; dueCents: number; toComeCents: number } {
  const total = (...states: readonly ReferralLine['state'][]): number => sum(lines.filter(({ state }) => states.includes(state)).map(({ cents }) => cents ?? 0));
  return { leftCents: total('sent', 'paid'), dueCents: total('due'), toComeCents: total('to_come') };
}
