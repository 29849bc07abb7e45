import { z } from 'zod';
import { referralLevels, type ReferralLevel } from '../domain/referral.ts';
import { defineStep } from './step.ts';
import { cents, idText, longText, optionalCents, optionalLongText, shortText } from './fields.ts';

/** C1: what a brief holds. */
export const briefFields = z.object({
  title: shortText,
  problem: longText,
  objectives: optionalLongText,
  context: optionalLongText,
  deliverables: optionalLongText,
  constraints: optionalLongText,
  requirements: optionalLongText,
  timing: optionalLongText,
  /** null: unknown */
  budgetCents: optionalCents,
  themeIds: z.array(idText).max(20),
});
export type BriefFields = z.infer<typeof briefFields>;

export const approveBrief = defineStep({ name: 'approveBrief', workflow: 'project', by: ['staff'], payload: z.object({ accountManagerId: idText }) });
export const askBriefChanges = defineStep({ name: 'askBriefChanges', workflow: 'project', by: ['staff'], payload: z.object({ remarks: longText }) });
export const rejectBrief = defineStep({ name: 'rejectBrief', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
export const resubmitBrief = defineStep({ name: 'resubmitBrief', workflow: 'project', by: ['client'], payload: briefFields });
export const startCasting = defineStep({ name: 'startCasting', workflow: 'project', by: ['client', 'staff'], payload: z.object({}) });
export const publish = defineStep({ name: 'publish', workflow: 'project', by: ['client', 'staff'], payload: z.object({}) });
export const inviteMember = defineStep({ name: 'inviteMember', workflow: 'project', by: ['client', 'staff'], payload: z.object({ memberIds: z.array(idText).min(1).max(50), message: longText }) });
export const answerInvitation = defineStep({ name: 'answerInvitation', workflow: 'project', by: ['member'], payload: z.object({ interested: z.boolean(), message: optionalLongText, mateIds: z.array(idText).max(10) }) });
export const apply = defineStep({ name: 'apply', workflow: 'project', by: ['member'], payload: z.object({ message: longText, mateIds: z.array(idText).max(10) }) });
export const withdrawApplication = defineStep({ name: 'withdrawApplication', workflow: 'project', by: ['member'], payload: z.object({}) });
export const postNotice = defineStep({ name: 'postNotice', workflow: 'project', by: ['client', 'staff'], payload: z.object({ body: longText }) });
/** C8: the chosen applications (one or several make the team), and the answer to each of the others. */
export const selectTeam = defineStep({
  name: 'selectTeam', workflow: 'project', by: ['client', 'staff'],
  payload: z.object({
    applicationIds: z.array(idText).min(1).max(20),
    message: optionalLongText,
    answerToOthers: longText,
  }),
});
export const withdraw = defineStep({ name: 'withdraw', workflow: 'project', by: ['client', 'staff'], payload: z.object({ reason: longText }) });
export const abandon = defineStep({ name: 'abandon', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
export const assignManager = defineStep({ name: 'assignManager', workflow: 'project', by: ['staff'], payload: z.object({ accountManagerId: idText }) });
/** I8: who brought the project, and how much of it they did. */
export const setReferral = defineStep({
  name: 'setReferral', workflow: 'project', by: ['staff'],
  payload: z.object({ memberId: idText, level: z.enum(Object.keys(referralLevels) as [ReferralLevel, ...ReferralLevel[]]) }),
});
export const openAmendment = defineStep({ name: 'openAmendment', workflow: 'project', by: ['staff'], payload: z.object({ purpose: longText, memberIds: z.array(idText).min(1).max(20) }) });
export const closeProject = defineStep({ name: 'closeProject', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
/** M10: the amount excluding tax of one invoice. */
export const enterAmount = defineStep({
  name: 'enterAmount', workflow: 'project', by: ['member', 'staff'],
  payload: z.object({ quoteId: idText, amountCents: cents, kind: z.enum(['progress', 'deposit', 'balance']) }),
});
