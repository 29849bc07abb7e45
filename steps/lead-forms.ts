import { z } from 'zod';
import { isSiren } from '../domain/identifiers.ts';
import { referralLevelNames } from '../domain/referral.ts';
import { longText, optionalLongText, shortText } from './fields.ts';
import { briefFields } from './project-steps.ts';

/** M14: what a member says of a lead. `agrees`: the person they name knows of it. */
export const leadFields = z.object({
  company: z.string().trim().min(2).max(160),
  siren: z.union([z.literal('').transform(() => null), z.string().trim().max(20).refine(isSiren).transform((text) => text.replace(/\D/g, ''))]),
  contactName: z.string().trim().min(2).max(120),
  contactEmail: z.string().trim().toLowerCase().pipe(z.email().max(160)),
  contactPhone: z.string().trim().max(40).default(''),
  need: longText,
  wishedLevel: z.enum(referralLevelNames),
  agrees: z.literal('yes'),
});
export type LeadFields = z.infer<typeof leadFields>;

export const leadAcceptance = z.object({ level: z.enum(referralLevelNames), message: optionalLongText });
export const leadRefusal = z.object({ reason: longText });
/** What staff make of it: the client is somebody known, or (empty) the person the lead names. */
export const leadBrief = z.object({ title: shortText, problem: briefFields.shape.problem, budgetCents: briefFields.shape.budgetCents, clientUserId: z.string().max(64).default('') });
