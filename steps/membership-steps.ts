import { z } from 'zod';
import { mostCandidatureFiles } from '../domain/candidature-files.ts';
import { obligatoryKinds } from '../domain/vigilance.ts';
import { defineStep } from './step.ts';
import { idText, longText, optionalCents, optionalLongText, shortText } from './fields.ts';

/** M1: what a candidature says: experience, references, expertise. An agency may fill in the form, and is told kindly why not. */
export const candidatureFields = z.object({
  name: z.string().trim().min(2).max(120),
  email: z.string().trim().toLowerCase().pipe(z.email().max(160)),
  structure: z.enum(['freelance', 'studio', 'collective', 'agency']),
  headline: shortText,
  experience: longText,
  references: z.array(z.object({ title: shortText, link: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]) })).min(1).max(12),
  skills: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
  themeIds: z.array(idText).max(20).default([]),
  dayRateCents: optionalCents,
  city: z.string().trim().max(80).default(''),
  recommendedBy: z.string().trim().max(160).default(''),
  /** M12: the shared project that brought them here. */
  shareId: idText.nullable().default(null),
  /** M1: or what a member wrote to them about us, or the member whose own link they followed. */
  recommendationId: idText.nullable().default(null),
  recommenderId: idText.nullable().default(null),
  /** Whoever recommended them is told the outcome. */
  tellRecommender: z.boolean().default(false),
  /** Files that came with the form and are kept already. */
  fileIds: z.array(idText).max(mostCandidatureFiles).default([]),
  locale: z.enum(['fr', 'en']).default('fr'),
});
export type CandidatureFields = z.infer<typeof candidatureFields>;

export const acceptCandidature = defineStep({ name: 'acceptCandidature', workflow: 'membership', by: ['staff'], payload: z.object({ message: optionalLongText }) });
export const refuseCandidature = defineStep({ name: 'refuseCandidature', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
/** M1: what it said is erased at once. */
export const withdrawCandidature = defineStep({ name: 'withdrawCandidature', workflow: 'membership', by: ['member'], payload: z.object({}) });
export const sendDocument = defineStep({
  name: 'sendDocument', workflow: 'membership', by: ['member', 'staff'],
  payload: z.object({ kind: z.enum(['registration', 'urssaf', 'insurance']), fileName: z.string().min(1).max(200), fileId: idText.nullable().default(null), expiresOn: z.iso.date().nullable().default(null) }),
});
export const acceptDocument = defineStep({
  name: 'acceptDocument', workflow: 'membership', by: ['staff'],
  /** `verification`: how it was found to be genuine (D8222-5), such as the security code of an URSSAF attestation. */
  payload: z.object({ documentId: idText, expiresOn: z.iso.date().nullable().default(null), verification: z.string().trim().max(200).default('') }),
});
export const refuseDocument = defineStep({ name: 'refuseDocument', workflow: 'membership', by: ['staff'], payload: z.object({ documentId: idText, reason: longText }) });
/** M4: what a missing document holds back is let through until the end of a day. */
export const overrideDocument = defineStep({
  name: 'overrideDocument', workflow: 'membership', by: ['staff'], payload: z.object({ kind: z.enum(obligatoryKinds), reason: longText, until: z.iso.date() }),
});
export const blockMember = defineStep({ name: 'blockMember', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
export const unblockMember = defineStep({ name: 'unblockMember', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
/** GDPR 17: what we hold about a member is erased, but for what the law makes us keep. */
export const eraseMember = defineStep({ name: 'eraseMember', workflow: 'membership', by: ['member'], payload: z.object({}) });
