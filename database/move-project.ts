import type { Prisma } from '@prisma/client';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { projectLifecycle, type ProjectAction, type ProjectStage } from '../domain/lifecycle/project.ts';
import { Problem } from '../domain/problem.ts';
import { stageDeadline } from '../domain/stage-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import type { Tx } from './open.ts';

const withPeople = { company: true, owner: true, accountManager: true } satisfies Prisma.ProjectInclude;
export type ProjectWithPeople = Prisma.ProjectGetPayload<{ include: typeof withPeople }>;

/** Locks a project for the rest of the transaction: two people acting at once act one after the other. */
export async function lockProject(tx: Tx, projectId: string): Promise<ProjectWithPeople> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId} FOR UPDATE`;
  return tx.project.findUniqueOrThrow({ where: { id: projectId }, include: withPeople });
}

export interface Moved {
  readonly project: ProjectWithPeople;
  readonly stage: ProjectStage;
  readonly deadlineAt: number | null;
}

/**
 * Takes an action of the project's lifecycle in the database, under lock, or says that the stage has changed.
 * `at` in ms; the deadline of the new stage is set with it.
 * @throws Problem `stage_changed`
 */
export async function moveProject(
  tx: Tx,
  projectId: string,
  action: ProjectAction,
  at: number,
  change: Prisma.ProjectUncheckedUpdateInput = {},
  deadline?: { at: number | null; what: string },
): Promise<Moved> {
  const before = await lockProject(tx, projectId);
  if (!allows(projectLifecycle, before.stage, action)) {
    throw new Problem('stage_changed', `${before.ref} is ${before.stage}: ${action} is not possible`, { stage: before.stage });
  }
  const stage = after(projectLifecycle, before.stage as ProjectStage, action);
  const deadlineAt = deadline ? deadline.at : stageDeadline(stage, before.terms as unknown as Terms, at);
  const over = (projectLifecycle.ends as readonly string[]).includes(stage);
  const moved = await tx.project.update({
    where: { id: projectId },
    data: {
      ...change,
      stage,
      nextDeadlineAt: over || deadlineAt === null ? null : new Date(deadlineAt),
      nextDeadlineWhat: over ? null : (deadline?.what ?? stage),
      ...(over ? { closedAt: new Date(at) } : {}),
    },
  });
  // Only the account manager may have changed among the people: the others are known already.
  const sameManager = moved.accountManagerId === before.accountManagerId;
  const accountManager = sameManager ? before.accountManager : await tx.staff.findUnique({ where: { id: moved.accountManagerId ?? '' } });
  const project: ProjectWithPeople = { ...before, ...moved, accountManager };
  return { project, stage, deadlineAt: over ? null : deadlineAt };
}
