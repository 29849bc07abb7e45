import { z } from 'zod';
import { remarkedFields } from '../domain/brief-steps.ts';
import { referralLevelNames } from '../domain/referral.ts';
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
/** C2: what is to be made clearer: in all, and beside some of its texts. */
export const askBriefChanges = defineStep({ name: 'askBriefChanges', workflow: 'project', by: ['staff'], payload: z.object({ remarks: longText, points: z.array(z.object({ field: z.enum(remarkedFields), text: longText })).max(remarkedFields.length).default([]) }) });
export const rejectBrief = defineStep({ name: 'rejectBrief', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
export const resubmitBrief = defineStep({ name: 'resubmitBrief', workflow: 'project', by: ['client'], payload: briefFields });
export const startCasting = defineStep({ name: 'startCasting', workflow: 'project', by: ['client', 'staff'], payload: z.object({}) });
export const publish = defineStep({ name: 'publish', workflow: 'project', by: ['client', 'staff'], payload: z.object({}) });
export const inviteMember = defineStep({ name: 'inviteMember', workflow: 'project', by: ['client', 'staff'], payload: z.object({ memberIds: z.array(idText).min(1).max(50), message: longText }) });
export const answerInvitation = defineStep({ name: 'answerInvitation', workflow: 'project', by: ['member'], payload: z.object({ interested: z.boolean(), message: optionalLongText, mateIds: z.array(idText).max(10) }) });
export const apply = defineStep({ name: 'apply', workflow: 'project', by: ['member'], payload: z.object({ message: longText, mateIds: z.array(idText).max(10) }) });
/** M6: other members are asked into one's application, where they count once they have accepted. */
export const inviteMates = defineStep({ name: 'inviteMates', workflow: 'project', by: ['member'], payload: z.object({ mateIds: z.array(idText).min(1).max(10) }) });
export const answerTeamInvitation = defineStep({ name: 'answerTeamInvitation', workflow: 'project', by: ['member'], payload: z.object({ applicationId: idText, accepted: z.boolean(), message: optionalLongText }) });
export const dropMate = defineStep({ name: 'dropMate', workflow: 'project', by: ['member'], payload: z.object({ memberId: idText }) });
export const withdrawApplication = defineStep({ name: 'withdrawApplication', workflow: 'project', by: ['member'], payload: z.object({}) });
export const postNotice = defineStep({ name: 'postNotice', workflow: 'project', by: ['client', 'staff'], payload: z.object({ body: longText }) });
/** C8: the chosen applications (one or several make the team), and the answer to each of the others. */
export const selectTeam = defineStep({
  name: 'selectTeam', workflow: 'project', by: ['client', 'staff'],
  payload: z.object({
    applicationIds: z.array(idText).min(1).max(20),
    message: optionalLongText,
    answerToOthers: longText,
    /** A word of their own to some of them. */
    answers: z.array(z.object({ applicationId: idText, text: longText })).max(200).default([]),
  }),
});
export const withdraw = defineStep({ name: 'withdraw', workflow: 'project', by: ['client', 'staff'], payload: z.object({ reason: longText }) });
export const abandon = defineStep({ name: 'abandon', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
export const assignManager = defineStep({ name: 'assignManager', workflow: 'project', by: ['staff'], payload: z.object({ accountManagerId: idText }) });
/** I8: who brought the project, how much of it they did, and the lead they had declared. */
export const setReferral = defineStep({
  name: 'setReferral', workflow: 'project', by: ['staff'],
  payload: z.object({ memberId: idText, level: z.enum(referralLevelNames), leadId: idText.nullable().default(null) }),
});
export const openAmendment = defineStep({ name: 'openAmendment', workflow: 'project', by: ['staff'], payload: z.object({ purpose: longText, memberIds: z.array(idText).min(1).max(20) }) });
export const closeProject = defineStep({ name: 'closeProject', workflow: 'project', by: ['staff'], payload: z.object({ reason: longText }) });
/** M10: the amount excluding tax of one invoice. */
export const enterAmount = defineStep({
  name: 'enterAmount', workflow: 'project', by: ['member', 'staff'],
  payload: z.object({ quoteId: idText, amountCents: cents, kind: z.enum(['progress', 'deposit', 'balance']) }),
});
