import { z } from 'zod';
import { longestValidityDays, mostInstalments } from '../domain/quote-schedule.ts';
import { defineStep } from './step.ts';
import { cents, idText, longText, optionalLongText, shortText } from './fields.ts';

export const quoteLineFields = z.object({
  section: z.string().trim().max(120).default(''),
  kind: z.enum(['days', 'flat', 'cost', 'rights']),
  label: shortText,
  /** Thousandths: half a day is 500. */
  quantityMilli: z.number().int().positive().max(100_000_000),
  unitCents: cents,
  optional: z.boolean().default(false),
  offered: z.boolean().default(false),
});
export type QuoteLineFields = z.infer<typeof quoteLineFields>;

/** M3: given with the first quote; `iban` is encrypted before it is stored anywhere, submissions included. */
export const billingFields = z.object({
  legalName: shortText,
  legalForm: z.string().trim().min(2).max(60),
  siret: z.string(),
  vatNumber: z.string().nullable().default(null),
  vatRegime: z.enum(['standard', 'franchise']),
  vatRateBp: z.number().int().min(0).max(2_500),
  address: shortText,
  postcode: z.string().trim().min(2).max(12),
  city: z.string().trim().min(1).max(80),
  ibanEncrypted: z.string(),
  ibanLast4: z.string().length(4),
  bic: z.string().nullable().default(null),
  mandateAccepted: z.boolean(),
});
export type BillingFields = z.infer<typeof billingFields>;

export const submitQuote = defineStep({
  name: 'submitQuote', workflow: 'quote-review', by: ['member'],
  payload: z.object({
    lines: z.array(quoteLineFields).min(1).max(200),
    discountCents: z.number().int().min(0).max(1_000_000_000).default(0),
    conditions: optionalLongText,
    paymentSchedule: z.enum(['end', 'deposit_balance', 'instalments']),
    depositBp: z.number().int().min(0).max(10_000).nullable().default(null),
    instalments: z.number().int().min(2).max(mostInstalments).nullable().default(null),
    /** Q3: how long the member holds to it; null: as long as OFF-WORKS does. */
    validityDays: z.number().int().min(1).max(longestValidityDays).nullable().default(null),
    /** Stored files joined while it was written. */
    fileIds: z.array(idText).max(10).default([]),
    /** Only with the first quote. */
    billing: billingFields.nullable().default(null),
  }),
});
export const sendBackQuote = defineStep({ name: 'sendBackQuote', workflow: 'quote-review', by: ['staff'], payload: z.object({ quoteId: idText, remarks: longText }) });
/** Q4: order, titles and words of the global quote (domain/quote-layout); amounts are the members' own. */
export const quoteLayoutFields = z.object({
  parts: z.array(z.object({
    quoteId: idText,
    title: z.string().trim().max(120),
    lines: z.array(z.object({ id: idText, section: z.string().trim().max(120), label: shortText })).max(200),
    options: z.array(z.object({ id: idText, label: shortText, included: z.boolean() })).max(200),
  })).min(1).max(20),
  namesShown: z.boolean(),
  validityDays: z.number().int().min(1).max(365).nullable(),
});
/** Q4: the global quote of the team, built from the members' quotes still standing. */
export const sendClientQuote = defineStep({ name: 'sendClientQuote', workflow: 'quote-review', by: ['staff'], payload: z.object({
  quoteIds: z.array(idText).min(1).max(20),
  introduction: optionalLongText,
  layout: quoteLayoutFields.optional(),
  /** Why it leaves although a check blocks it: an administrator's word. */
  overrideReason: optionalLongText,
}) });
export const reopenQuote = defineStep({ name: 'reopenQuote', workflow: 'quote-review', by: ['staff'], payload: z.object({ reason: longText }) });
export const askQuoteChange = defineStep({ name: 'askQuoteChange', workflow: 'quote-review', by: ['client'], payload: z.object({ clientQuoteId: idText, reason: longText }) });
export const declineQuote = defineStep({ name: 'declineQuote', workflow: 'quote-review', by: ['client'], payload: z.object({ clientQuoteId: idText, reason: longText }) });
/** Q7: the exact document is the one of the version named here; another version is refused. */
export const signQuote = defineStep({
  name: 'signQuote', workflow: 'quote-review', by: ['client'],
  payload: z.object({
    clientQuoteId: idText,
    optionLineIds: z.array(idText).max(200),
    signerName: shortText,
    signerTitle: z.string().trim().max(120).default(''),
    consent: z.literal(true),
    orderNumber: z.string().trim().max(60).default(''),
  }),
});
