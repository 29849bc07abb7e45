import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { payoutsReviewed } from './messages.ts';

/** A client invoice some of whose payouts left, or came back. */
export interface TouchedInvoice { readonly ref: string; readonly payoutsToSend: number; readonly settled?: boolean }

/** Tells each invoice's workflow; one that has ended has nothing to hear. */
export function tellInvoices(invoices: readonly TouchedInvoice[]): Promise<void>[] {
  return invoices.map(({ ref, ...reviewed }) => getExternalWorkflowHandle(`client-invoice/${ref}`).signal(payoutsReviewed, reviewed).catch(() => undefined));
}
