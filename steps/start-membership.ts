import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import { z } from 'zod';
import { recordEvent } from '../database/audit.ts';
import { freeHandle } from '../database/free-handle.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { administrationStaff, memberRecipient } from '../database/recipients.ts';
import { Problem } from '../domain/problem.ts';
import { queueMail } from '../mail/queue.ts';
import type { MembershipInput, MembershipTerms } from '../workflows/messages.ts';
import { idText, longText, optionalCents, optionalLongText, shortText } from './fields.ts';
import type { StartDeps } from './start-project.ts';

/** M1: what a candidature says. */
export const candidatureFields = z.object({
  name: shortText,
  email: z.email(),
  structure: z.enum(['freelance', 'studio', 'collective', 'agency']),
  headline: shortText,
  experience: longText,
  references: longText,
  skills: z.array(z.string().trim().min(1).max(60)).max(30).default([]),
  themeIds: z.array(idText).max(20).default([]),
  dayRateCents: optionalCents,
  city: z.string().trim().max(80).default(''),
  recommendedBy: optionalLongText,
  locale: z.enum(['fr', 'en']).default('fr'),
});
export type CandidatureFields = z.infer<typeof candidatureFields>;

const defaultTerms: MembershipTerms = {
  studyReminders: [{ unit: 'working_days', count: 2 }, { unit: 'working_days', count: 5 }],
  expiryNoticeDays: [30, 7],
};

/**
 * M1: a candidature becomes a member to study, with the workflow that follows them from then on. Idempotent by key.
 * @throws Problem `agency_refused` (agencies that subcontract freelancers), `candidature_exists`, `temporal_away`
 */
export async function startMembership(deps: StartDeps, given: { key: string; candidature: CandidatureFields; at?: number }): Promise<{ memberId: string; handle: string }> {
  if (given.candidature.structure === 'agency') throw new Problem('agency_refused', 'agencies that subcontract freelancers are not taken in');
  const at = given.at ?? Date.now();
  const { input } = await once(deps.db, `start-membership/${given.key}`, async (tx) => ({ input: await createCandidate(tx, given.candidature, given.key, at) }));
  await startMembershipWorkflow(deps, input);
  return { memberId: input.memberId, handle: input.handle };
}

/** Starts the workflow of a member, unless it runs already. @throws Problem `temporal_away` */
async function startMembershipWorkflow(deps: StartDeps, input: MembershipInput): Promise<void> {
  try {
    await deps.temporal.workflow.start('membership', {
      workflowId: `membership/${input.handle}`,
      taskQueue: deps.taskQueue,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      staticSummary: input.handle,
      args: [input],
    });
  } catch (cause) {
    if (cause instanceof WorkflowExecutionAlreadyStartedError) return;
    throw new Problem('temporal_away', `cannot start the workflow of ${input.handle}: ${String(cause)}`);
  }
}

async function createCandidate(tx: Tx, candidature: CandidatureFields, key: string, at: number): Promise<MembershipInput> {
  const email = candidature.email.trim().toLowerCase();
  if (await tx.member.findUnique({ where: { email } })) throw new Problem('candidature_exists', 'this address is a member or a candidate already');
  const handle = await freeHandle(candidature.name, async (wanted) => (await tx.member.count({ where: { handle: wanted } })) > 0);
  const { name, structure, headline, experience, references, skills, themeIds, dayRateCents, city, recommendedBy, locale } = candidature;
  const member = await tx.member.create({
    data: {
      handle, email, name, structure, headline, skills, dayRateCents, city, locale, state: 'candidate', presentation: experience, recommendedBy: recommendedBy || null,
      candidature: { experience, references }, createdAt: new Date(at), themes: { create: themeIds.map((themeId) => ({ themeId })) },
    },
  });
  const mailIds = [await queueMail(tx, { key: `start-membership/${key}/candidature_received`, template: 'candidature_received', to: memberRecipient(member), data: {}, at })];
  for (const to of await administrationStaff(tx)) {
    mailIds.push(await queueMail(tx, {
      key: `start-membership/${key}/staff/${to.id}`, template: 'staff_candidature_received', to, data: { memberName: name },
      consolePath: `/console/resources/Member/records/${member.id}/show`, at,
    }));
  }
  await recordEvent(tx, { by: { kind: 'visitor', id: null, name }, action: 'membership.applied', subject: handle, at });
  return { memberId: member.id, handle, terms: defaultTerms, mailIds };
}
