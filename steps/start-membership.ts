import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/client';
import type { Prisma } from '@prisma/client';
import { recordEvent } from '../database/audit.ts';
import { claimFormFiles } from '../database/candidature/files.ts';
import { freeHandle } from '../database/free-handle.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { administrationStaff, memberRecipient } from '../database/recipients.ts';
import { creditRecommendation, recommenderOf } from '../database/recommendations/recommender.ts';
import { membershipTermsInForce } from '../database/settings.ts';
import { membershipLifecycle } from '../domain/lifecycle/membership.ts';
import { answerExpected } from '../domain/membership-schedule.ts';
import { Problem } from '../domain/problem.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { MembershipInput } from '../workflows/messages.ts';
import { candidatureFields, type CandidatureFields } from './membership-steps.ts';
import type { StartDeps } from './start-project.ts';

export interface NewMembership {
  /** The form's own key: the same candidature is received once. */
  readonly key: string;
  readonly candidature: unknown;
  /** ms; now when absent. */
  readonly at?: number;
}

/**
 * M1: a candidature becomes a member to study: row first, then the workflow that follows them from then on. A crash in between is mended by
 * `startMissingMemberships`.
 * @throws Problem `form_invalid`, `agency_refused` (agencies that have freelancers work for them), `candidature_exists`, `temporal_away`
 */
export async function startMembership(deps: StartDeps, given: NewMembership): Promise<{ memberId: string; handle: string }> {
  const candidature = readCandidature(given.candidature);
  const at = given.at ?? Date.now();
  const { input } = await receive(deps, given.key, candidature, at);
  await startWorkflow(deps, input);
  return { memberId: input.memberId, handle: input.handle };
}

/** What a candidature says. @throws Problem `form_invalid` (details: fields), `agency_refused` (agencies that have freelancers work for them) */
export function readCandidature(given: unknown): CandidatureFields {
  const parsed = candidatureFields.safeParse(given);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', ');
    throw new Problem('form_invalid', `candidature: ${fields}`, { fields });
  }
  if (parsed.data.structure === 'agency') throw new Problem('agency_refused', 'agencies that have freelancers work for them are not taken in');
  return parsed.data;
}

/** Starts the workflow of every candidature that a crash left without one. Cheap: only those still to study can lack theirs. */
export async function startMissingMemberships(deps: StartDeps): Promise<number> {
  const waiting = await deps.db.member.findMany({ where: { state: membershipLifecycle.initial }, orderBy: { createdAt: 'asc' } });
  let started = 0;
  for (const { id, handle, createdAt } of waiting) {
    const queued = await deps.db.mail.findMany({ where: { key: { startsWith: mailKey(id) }, state: 'queued' }, select: { id: true } });
    const terms = await membershipTermsInForce(deps.db, createdAt.getTime());
    if (await startWorkflow(deps, { memberId: id, handle, terms, mailIds: queued.map((mail) => mail.id) })) started += 1;
  }
  return started;
}

/** True when the workflow was started by this call. */
async function startWorkflow(deps: StartDeps, input: MembershipInput): Promise<boolean> {
  try {
    await deps.temporal.workflow.start('membership', {
      workflowId: `membership/${input.handle}`,
      taskQueue: deps.taskQueue,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      staticSummary: input.handle,
      args: [input],
    });
    return true;
  } catch (cause) {
    if (cause instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw new Problem('temporal_away', `cannot start the workflow of ${input.handle}: ${String(cause)}`);
  }
}

async function receive(deps: StartDeps, key: string, candidature: CandidatureFields, at: number): Promise<{ input: MembershipInput }> {
  try {
    return await once(deps.db, `start-membership/${key}`, async (tx) => ({ input: await createCandidate(tx, deps.secret, candidature, at) }));
  } catch (cause) {
    // Two forms with the same address at once: the second finds the first one's row.
    if ((cause as { code?: string }).code === 'P2002') throw new Problem('candidature_exists', 'the same candidature arrived at the same moment');
    throw cause;
  }
}

async function createCandidate(tx: Tx, secret: string, candidature: CandidatureFields, at: number): Promise<MembershipInput> {
  const { name, email, structure, headline, experience, references, skills, themeIds, dayRateCents, city, locale } = candidature;
  if (await tx.member.findUnique({ where: { email } })) throw new Problem('candidature_exists', 'this address is a member or a candidate already');
  const { recommendedBy, through } = await recommenderOf(tx, candidature);
  const handle = await freeHandle(name, async (wanted) => (await tx.member.count({ where: { handle: wanted } })) > 0);
  const member = await tx.member.create({
    data: {
      handle, email, name, structure, headline, skills, dayRateCents, city, locale, state: membershipLifecycle.initial, presentation: experience,
      recommendedBy, candidature: { experience, references, ...(through ? { recommendedThrough: through, tellRecommender: candidature.tellRecommender } : {}) } satisfies Prisma.InputJsonObject,
      createdAt: new Date(at), themes: { create: [...new Set(themeIds)].map((themeId) => ({ themeId })) },
    },
  });
  await creditRecommendation(tx, candidature, member.id);
  await claimFormFiles(tx, candidature.fileIds, member.id);
  const terms = await membershipTermsInForce(tx, at);
  const expected = answerExpected(at, terms);
  const linkId = await createLink(tx, secret, { purpose: 'candidature', ownerKind: 'member', ownerId: member.id, at });
  const mailIds = [await queueMail(tx, {
    key: `${mailKey(member.id)}received`, template: 'candidature_received', to: memberRecipient(member), data: { expectedAt: expected === null ? '' : new Date(expected).toISOString() }, linkId, at,
  })];
  for (const to of await administrationStaff(tx)) {
    mailIds.push(await queueMail(tx, {
      key: `${mailKey(member.id)}staff/${to.id}`, template: 'staff_candidature_received', to, data: { memberName: name },
      consolePath: `/console/pages/candidatures?member=${member.id}`, at,
    }));
  }
  await recordEvent(tx, { by: { kind: 'visitor', id: null, name }, action: 'membership.applied', subject: handle, at });
  return { memberId: member.id, handle, terms, mailIds };
}

const mailKey = (memberId: string): string => `candidature/${memberId}/`;
