import { z } from 'zod';
import { defineStep } from './step.ts';
import { cents, idText, longText, optionalLongText } from './fields.ts';

export const reportAnomaly = defineStep({ name: 'reportAnomaly', workflow: 'member-invoice', by: ['member'], payload: z.object({ reason: longText }) });
/** A corrected preview: the amount changes, or the explanation is enough and it stays. The window opens again. */
export const resolveAnomaly = defineStep({ name: 'resolveAnomaly', workflow: 'member-invoice', by: ['staff'], payload: z.object({ amountCents: cents, resolution: longText }) });
export const approvePreview = defineStep({ name: 'approvePreview', workflow: 'member-invoice', by: ['member'], payload: z.object({}) });
export const cancelInvoice = defineStep({ name: 'cancelInvoice', workflow: 'member-invoice', by: ['member', 'staff'], payload: z.object({ reason: longText }) });

export const declareTransfer = defineStep({ name: 'declareTransfer', workflow: 'client-invoice', by: ['client'], payload: z.object({ reference: z.string().trim().max(140).default('') }) });
export const recordPayment = defineStep({
  name: 'recordPayment', workflow: 'client-invoice', by: ['staff'],
  payload: z.object({ amountCents: cents, receivedOn: z.iso.date(), reference: z.string().trim().min(1).max(140) }),
});
export const pauseDunning = defineStep({ name: 'pauseDunning', workflow: 'client-invoice', by: ['staff'], payload: z.object({ reason: longText }) });
export const resumeDunning = defineStep({ name: 'resumeDunning', workflow: 'client-invoice', by: ['staff'], payload: z.object({ reason: optionalLongText }) });
export const sendPayout = defineStep({ name: 'sendPayout', workflow: 'client-invoice', by: ['staff'], payload: z.object({ payoutIds: z.array(idText).min(1).max(100) }) });
