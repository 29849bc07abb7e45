import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { DateTime } from 'luxon';
import type { Prisma } from '@prisma/client';
import { openLetters } from '../activities/letters.ts';
import type { ActivityDeps } from '../activities/deps.ts';
import { type By, recordEvent } from '../database/audit.ts';
import { freeHandle } from '../database/free-handle.ts';
import { winLead } from '../database/leads/win.ts';
import { lockProject } from '../database/move-project.ts';
import { nextNumber } from '../database/numbers.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { termsInForce } from '../database/settings.ts';
import { projectLifecycle } from '../domain/lifecycle/project.ts';
import { Problem } from '../domain/problem.ts';
import { referralRateBp, type ReferralLevel } from '../domain/referral.ts';
import { stageDeadline } from '../domain/stage-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import type { ProjectInput } from '../workflows/messages.ts';
import type { BriefFields } from './project-steps.ts';

export interface NewProject {
  /** The form's own key: the same brief is received once. */
  readonly key: string;
  readonly brief: BriefFields;
  /** A known client user, or somebody new with their company. */
  readonly client: { readonly id: string } | { readonly email: string; readonly name: string; readonly companyName: string; readonly siren?: string; readonly locale?: string };
  /** Terms of their own, for a demonstration; the terms in force otherwise. */
  readonly terms?: Partial<Terms>;
  readonly referral?: { readonly memberId: string; readonly level: ReferralLevel; readonly leadId?: string };
  /** Who hands it in; the client themselves when absent. */
  readonly by?: By;
  /** ms; now when absent. */
  readonly at?: number;
}

export interface StartDeps extends ActivityDeps {
  readonly temporal: Client;
  readonly taskQueue: string;
}

/**
 * C1: a brief becomes a project: rows first, then its workflow. A crash in between is mended by `startMissingProjects`.
 * @throws Problem `temporal_away`
 */
export async function startProject(deps: StartDeps, given: NewProject): Promise<{ ref: string; projectId: string }> {
  const at = given.at ?? Date.now();
  const { input } = await once(deps.db, `start-project/${given.key}`, async (tx) => ({ input: await createProject(tx, deps, given, at) }));
  await startWorkflow(deps, input);
  return { ref: input.ref, projectId: input.projectId };
}

/** Starts the workflow of every project that a crash left without one. Cheap: only briefs nobody has answered yet can lack theirs. */
export async function startMissingProjects(deps: StartDeps): Promise<number> {
  const waiting = await deps.db.project.findMany({
    where: { stage: projectLifecycle.initial },
    include: { company: true, mails: { where: { state: 'queued' } } },
    orderBy: { createdAt: 'asc' },
  });
  let started = 0;
  for (const { id, ref, terms, company, mails } of waiting) {
    const input: ProjectInput = { projectId: id, ref, terms: terms as unknown as Terms, clientHandle: company.handle, mailIds: mails.map((mail) => mail.id) };
    if (await startWorkflow(deps, input)) started += 1;
  }
  return started;
}

/** True when the workflow was started by this call. */
async function startWorkflow(deps: StartDeps, input: ProjectInput): Promise<boolean> {
  try {
    await deps.temporal.workflow.start('project', {
      workflowId: `project/${input.ref}`,
      taskQueue: deps.taskQueue,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      staticSummary: input.ref,
      args: [input],
    });
    return true;
  } catch (cause) {
    if (cause instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw new Problem('temporal_away', `cannot start the workflow of ${input.ref}: ${String(cause)}`);
  }
}

async function createProject(tx: Tx, deps: ActivityDeps, given: NewProject, at: number): Promise<ProjectInput> {
  const owner = await clientOf(tx, given.client, at);
  const terms: Terms = { ...(await termsInForce(tx, owner.companyId, at)), ...given.terms };
  const year = DateTime.fromMillis(at, { zone: 'Europe/Paris' }).toFormat('yy');
  const ref = `P${year}-${String(await nextNumber(tx, `project/${year}`)).padStart(4, '0')}`;
  const stage = projectLifecycle.initial;
  const deadlineAt = stageDeadline(stage, terms, at);
  const { themeIds, ...brief } = given.brief;
  const created = await tx.project.create({
    data: {
      ref, ...brief, stage, companyId: owner.companyId, ownerId: owner.id,
      terms: terms as unknown as Prisma.InputJsonValue, feeRateBp: terms.feeRateBp, feeBasis: terms.feeBasis,
      nextDeadlineAt: deadlineAt === null ? null : new Date(deadlineAt), nextDeadlineWhat: stage, createdAt: new Date(at),
      themes: { create: themeIds.map((themeId) => ({ themeId })) },
    },
  });
  if (given.referral) {
    const { memberId, level, leadId = null } = given.referral;
    await tx.referral.create({ data: { memberId, projectId: created.id, level, rateBp: referralRateBp(level), leadId, createdAt: new Date(at) } });
  }
  const project = await lockProject(tx, created.id);
  const letters = openLetters(tx, deps, project, `start-project/${given.key}`, at);
  await letters.toClient('brief_received', {});
  await letters.toStaff('staff_brief_submitted', { again: false });
  if (given.referral?.leadId) letters.mailIds.push(await winLead(tx, { ...given.referral, leadId: given.referral.leadId, project, secret: deps.secret, at }));
  await recordEvent(tx, { by: given.by ?? { kind: 'client', id: owner.id, name: owner.name }, action: 'project.submitted', subject: ref, projectId: project.id, at });
  return { projectId: project.id, ref, terms, clientHandle: project.company.handle, mailIds: letters.mailIds };
}

/** Somebody new brings a company of their own: a name alone never opens another company's space. */
async function clientOf(tx: Tx, client: NewProject['client'], at: number): Promise<{ id: string; companyId: string; name: string }> {
  if ('id' in client) return tx.clientUser.findUniqueOrThrow({ where: { id: client.id } });
  const email = client.email.trim().toLowerCase();
  const known = await tx.clientUser.findUnique({ where: { email } });
  if (known) return known;
  const handle = await freeHandle(client.companyName, async (wanted) => (await tx.company.count({ where: { handle: wanted } })) > 0);
  const company = await tx.company.create({ data: { handle, name: client.companyName, siren: client.siren ?? null, createdAt: new Date(at) } });
  return tx.clientUser.create({
    data: { companyId: company.id, email, name: client.name, role: 'owner', locale: client.locale ?? 'fr', confirmedAt: new Date(at), createdAt: new Date(at) },
  });
}
