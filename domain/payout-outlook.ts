import type { TransferHold } from './bank/transfer-holds.ts';
import { received, setAside as allSetAside } from './payouts-due.ts';
import { sum } from './money.ts';

/** M11: the way of a member's invoice, as its member reads it. */
export const invoiceWay = ['preview', 'final', 'issued', 'client_paid', 'paid_out'] as const;
export type InvoiceWay = (typeof invoiceWay)[number];

/** Why an amount has not left yet. */
export type WaitingFor =
  | 'window' | 'approval' | 'anomaly' // the preview
  | 'mates' | 'issuing' // OFF-WORKS's invoice to the client
  | 'client' | 'client_late' | 'client_disputes' | 'client_announced' // the client's transfer
  | 'documents' | 'account_changed' | 'account_wrong' | 'transfer'; // the member's own transfer

export interface Waiting {
  /** Including tax. */
  readonly cents: number;
  readonly why: WaitingFor;
  /** Until when, or since when a client is late. */
  readonly at: Date | null;
  /** Kinds of documents that are missing. */
  readonly documents: readonly string[];
}

export interface OwnInvoice {
  readonly state: string;
  readonly totalCents: number;
  /** I12: what credit notes took back of it, including tax. */
  readonly creditedTotalCents: number;
  readonly mandate: boolean;
  readonly windowEndsAt: Date | null;
  readonly clientInvoice: {
    readonly state: string; readonly dueAt: Date | null; readonly declaredAt: Date | null; readonly disputedAt: Date | null; readonly disputeSettledAt: Date | null;
  } | null;
  readonly payouts: readonly { readonly state: string; readonly amountCents: number; readonly heldFor: readonly string[] }[];
}

export interface Outlook {
  /** The last step of the way that is done. */
  readonly reached: InvoiceWay;
  readonly paidOutCents: number;
  /** I12: what was paid and is no longer theirs. */
  readonly toRepayCents: number;
  readonly waiting: readonly Waiting[];
}

/**
 * M11: where an invoice stands until it is paid out, and for every amount that has not left, why (domain/waterfall explains the same to staff).
 * `openMates`: previews of team mates still open on the project. `account`: what is said against the member's account. `now` in ms.
 */
export function payoutOutlook(invoice: OwnInvoice, { openMates, account, now }: { openMates: number; account: TransferHold | null; now: number }): Outlook {
  const wait = (cents: number, why: WaitingFor, at: Date | null = null, documents: readonly string[] = []): Waiting => ({ cents, why, at, documents });
  if (invoice.state === 'cancelled') return { reached: 'preview', paidOutCents: 0, toRepayCents: 0, waiting: [] };
  if (invoice.state !== 'final') {
    const why = invoice.state === 'anomaly' ? 'anomaly' : invoice.mandate ? 'window' : 'approval';
    return { reached: 'preview', paidOutCents: 0, toRepayCents: 0, waiting: [wait(invoice.totalCents, why, why === 'anomaly' ? null : invoice.windowEndsAt)] };
  }
  const owedCents = invoice.totalCents - invoice.creditedTotalCents;
  const paidOutCents = received(invoice.payouts);
  const toRepayCents = -sum(invoice.payouts.filter(({ state }) => state === 'to_recover').map(({ amountCents }) => amountCents)) || 0;
  const setAside = invoice.payouts.filter(({ state }) => state === 'to_send' || state === 'held').map(({ state, amountCents, heldFor }) => {
    if (state === 'held') return wait(amountCents, 'documents', null, heldFor);
    if (account?.why === 'iban_changed') return wait(amountCents, 'account_changed', new Date(account.until));
    return wait(amountCents, account ? 'account_wrong' : 'transfer');
  });
  const fromClient = owedCents - allSetAside(invoice.payouts);
  const unpaid = fromClient > 0 ? [clientWaits(invoice.clientInvoice, fromClient, openMates, now)] : [];
  const issued = invoice.clientInvoice !== null && invoice.clientInvoice.state !== 'gathering';
  const reached: InvoiceWay = paidOutCents >= owedCents ? 'paid_out' : fromClient <= 0 ? 'client_paid' : issued ? 'issued' : 'final';
  return { reached, paidOutCents, toRepayCents, waiting: [...setAside, ...unpaid] };

  function clientWaits(client: OwnInvoice['clientInvoice'], cents: number, mates: number, at: number): Waiting {
    if (!client || client.state === 'gathering') return wait(cents, mates > 0 ? 'mates' : 'issuing');
    if (client.disputedAt && (!client.disputeSettledAt || client.disputeSettledAt < client.disputedAt)) return wait(cents, 'client_disputes');
    if (client.declaredAt) return wait(cents, 'client_announced', client.declaredAt);
    return client.dueAt && client.dueAt.getTime() < at ? wait(cents, 'client_late', client.dueAt) : wait(cents, 'client', client.dueAt);
  }
}
