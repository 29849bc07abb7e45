import { z } from 'zod';
import { cents, idText, longText } from './fields.ts';
import { defineStep } from './step.ts';

const workflow = 'invoice-correction';
const transferRef = z.string().trim().min(1).max(140);

/** I12: takes back a part of the work of these members' invoices (excluding tax, shared between them); fee and VAT follow. `givesBack`: it may be invoiced again. */
export const creditInvoice = defineStep({
  name: 'creditInvoice', workflow, by: ['staff'],
  payload: z.object({ memberInvoiceIds: z.array(idText).min(1).max(100), amountCents: cents, givesBack: z.boolean(), reason: longText }),
});
/** Takes back everything that is left. */
export const cancelClientInvoice = defineStep({ name: 'cancelClientInvoice', workflow, by: ['staff'], payload: z.object({ givesBack: z.boolean(), reason: longText }) });
/** The client will never pay what is left. */
export const writeOff = defineStep({ name: 'writeOff', workflow, by: ['staff'], payload: z.object({ reason: longText }) });
/** They may, after all. */
export const reviveDebt = defineStep({ name: 'reviveDebt', workflow, by: ['staff'], payload: z.object({ reason: longText }) });
/** The bank took a payment of the client back, or it was recorded by mistake. */
export const takeBackPayment = defineStep({ name: 'takeBackPayment', workflow, by: ['staff'], payload: z.object({ paymentId: idText, takenBackOn: z.iso.date(), reason: longText }) });
/** What was kept for the client pays this invoice. */
export const useClientCredit = defineStep({ name: 'useClientCredit', workflow, by: ['staff'], payload: z.object({ amountCents: cents }) });
/** What was kept for the client leaves for them. */
export const refundClient = defineStep({ name: 'refundClient', workflow, by: ['staff'], payload: z.object({ amountCents: cents, refundedOn: z.iso.date(), reference: transferRef, reason: longText }) });
/** Somebody who was paid too much has given it back. */
export const recordRecovery = defineStep({ name: 'recordRecovery', workflow, by: ['staff'], payload: z.object({ payoutId: idText, recoveredOn: z.iso.date(), reference: transferRef }) });
