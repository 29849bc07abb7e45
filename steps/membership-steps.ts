import { z } from 'zod';
import { defineStep } from './step.ts';
import { idText, longText, optionalLongText } from './fields.ts';

export const acceptCandidature = defineStep({ name: 'acceptCandidature', workflow: 'membership', by: ['staff'], payload: z.object({ message: optionalLongText }) });
export const refuseCandidature = defineStep({ name: 'refuseCandidature', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
export const sendDocument = defineStep({
  name: 'sendDocument', workflow: 'membership', by: ['member', 'staff'],
  payload: z.object({ kind: z.enum(['registration', 'urssaf', 'insurance']), fileName: z.string().min(1).max(200), expiresOn: z.iso.date().nullable().default(null) }),
});
export const acceptDocument = defineStep({ name: 'acceptDocument', workflow: 'membership', by: ['staff'], payload: z.object({ documentId: idText, expiresOn: z.iso.date().nullable().default(null) }) });
export const refuseDocument = defineStep({ name: 'refuseDocument', workflow: 'membership', by: ['staff'], payload: z.object({ documentId: idText, reason: longText }) });
export const blockMember = defineStep({ name: 'blockMember', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
export const unblockMember = defineStep({ name: 'unblockMember', workflow: 'membership', by: ['staff'], payload: z.object({ reason: longText }) });
