import { Prisma } from '@prisma/client';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { projectLifecycle, type ProjectAction, type ProjectStage } from '../domain/lifecycle/project.ts';
import { Problem } from '../domain/problem.ts';
import { stageDeadline } from '../domain/stage-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import type { Tx } from './open.ts';

export type ProjectWithPeople = Prisma.ProjectGetPayload<{ include: { company: true; owner: true; accountManager: true } }>;

/**
 * Locks a project for the rest of the transaction: two people acting at once act one after the other.
 * One statement for the lock, the row and its people, since nearly every transaction begins here.
 * @throws when there is no such project
 */
export async function lockProject(tx: Tx, projectId: string): Promise<ProjectWithPeople> {
  return lockWhere(tx, Prisma.sql`${projectId}`, projectId);
}

/** The same, for the project of a quote round or of an invoice. */
export async function lockProjectOf(tx: Tx, what: 'QuoteRound' | 'MemberInvoice' | 'ClientInvoice', id: string): Promise<ProjectWithPeople> {
  return lockWhere(tx, Prisma.sql`(SELECT "projectId" FROM ${Prisma.raw(`"${what}"`)} WHERE "id" = ${id})`, `of ${what} ${id}`);
}

async function lockWhere(tx: Tx, projectId: Prisma.Sql, named: string): Promise<ProjectWithPeople> {
  const [row] = await tx.$queryRaw<{ project: unknown }[]>`
    SELECT to_jsonb(p) || jsonb_build_object('company', to_jsonb(c), 'owner', to_jsonb(o), 'accountManager', to_jsonb(s)) AS "project"
    FROM "Project" p JOIN "Company" c ON c."id" = p."companyId" JOIN "ClientUser" o ON o."id" = p."ownerId" LEFT JOIN "Staff" s ON s."id" = p."accountManagerId"
    WHERE p."id" = ${projectId} FOR UPDATE OF p`;
  if (!row) throw new Error(`no project ${named}`);
  return withDates(row.project) as ProjectWithPeople;
}

/** JSON has no dates: the columns that end in At are moments, in UTC; those of the terms are somebody's own. */
function withDates(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]: [string, unknown]) => {
    if (/At$/.test(name) && typeof held === 'string') return [name, new Date(`${held}Z`)];
    return [name, name === 'company' || name === 'owner' || name === 'accountManager' ? withDates(held) : held];
  }));
}

export interface Moved {
  readonly project: ProjectWithPeople;
  readonly stage: ProjectStage;
  readonly deadlineAt: number | null;
}

/**
 * Takes an action of the project's lifecycle in the database, under lock, or says that the stage has changed.
 * `known`: its id, or the project already locked and unchanged since. `at` in ms; the deadline of the new stage is set with it, unless it is
 * kept: whom a project belongs to says nothing about when somebody must act.
 * @throws Problem `stage_changed`
 */
export async function moveProject(
  tx: Tx,
  known: string | ProjectWithPeople,
  action: ProjectAction,
  at: number,
  change: Prisma.ProjectUncheckedUpdateInput = {},
  deadline?: { at: number | null; what: string } | 'kept',
): Promise<Moved> {
  const before = typeof known === 'string' ? await lockProject(tx, known) : known;
  if (!allows(projectLifecycle, before.stage, action)) {
    throw new Problem('stage_changed', `${before.ref} is ${before.stage}: ${action} is not possible`, { stage: before.stage });
  }
  const stage = after(projectLifecycle, before.stage as ProjectStage, action);
  const { at: deadlineAt, what } = deadline === 'kept'
    ? { at: before.nextDeadlineAt?.getTime() ?? null, what: before.nextDeadlineWhat }
    : (deadline ?? { at: stageDeadline(stage, before.terms as unknown as Terms, at), what: stage });
  const over = (projectLifecycle.ends as readonly string[]).includes(stage);
  const moved = await tx.project.update({
    where: { id: before.id },
    data: {
      ...change,
      stage,
      nextDeadlineAt: over || deadlineAt === null ? null : new Date(deadlineAt),
      nextDeadlineWhat: over ? null : what,
      ...(over ? { closedAt: new Date(at) } : {}),
    },
  });
  // Only the account manager may have changed among the people: the others are known already.
  const sameManager = moved.accountManagerId === before.accountManagerId;
  const accountManager = sameManager ? before.accountManager : await tx.staff.findUnique({ where: { id: moved.accountManagerId ?? '' } });
  const project: ProjectWithPeople = { ...before, ...moved, accountManager };
  return { project, stage, deadlineAt: over ? null : deadlineAt };
}
