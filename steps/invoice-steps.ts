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
  /** I11: `bankMatchId` names the match of a statement's line that is confirmed: it is recorded once, whoever asks. */
  payload: z.object({ amountCents: cents, receivedOn: z.iso.date(), reference: z.string().trim().min(1).max(140), bankMatchId: idText.optional(),
    /** I12: what is more than the invoice takes is kept as the client's credit. */
    keepExcess: z.boolean().default(false) }),
});
/** C10: the client says what is wrong with an invoice; staff answer in words. */
export const dispute = defineStep({ name: 'dispute', workflow: 'client-invoice', by: ['client'], payload: z.object({ reason: longText }) });
export const settleDispute = defineStep({ name: 'settleDispute', workflow: 'client-invoice', by: ['staff'], payload: z.object({ answer: longText }) });
/** S2, I6: the reminder that fits today leaves at once; the cadence goes on as it was. */
export const chaseNow = defineStep({ name: 'chaseNow', workflow: 'client-invoice', by: ['staff'], payload: z.object({}) });
export const pauseDunning = defineStep({ name: 'pauseDunning', workflow: 'client-invoice', by: ['staff'], payload: z.object({ reason: longText }) });
export const resumeDunning = defineStep({ name: 'resumeDunning', workflow: 'client-invoice', by: ['staff'], payload: z.object({ reason: optionalLongText }) });
export const sendPayout = defineStep({ name: 'sendPayout', workflow: 'client-invoice', by: ['staff'], payload: z.object({ payoutIds: z.array(idText).min(1).max(100) }) });
