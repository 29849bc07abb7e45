import { recordEvent } from '../../database/audit.ts';
import { moveProject } from '../../database/move-project.ts';
import { applySubmission, type Submitted } from '../../database/submission.ts';
import type { Tx } from '../../database/open.ts';
import type { Prisma } from '@prisma/client';
import type { ProjectAction, ProjectStage } from '../../domain/lifecycle/project.ts';
import type { PayloadOf, Step } from '../../steps/step.ts';
import type { ActivityDeps } from '../deps.ts';
import { openLetters, type Letters } from '../letters.ts';
import type { ProjectWithPeople } from '../../database/move-project.ts';

/** What the project workflow needs to go on: no more. Times in ms. */
export interface ProjectAnswer {
  readonly stage: ProjectStage;
  readonly deadlineAt: number | null;
  readonly mailIds: readonly string[];
  readonly managerHandle: string | null;
  /** A quote round to start. */
  readonly round?: { readonly id: string; readonly ref: string; readonly number: number };
  /** Ids of the workflows of its invoices that are found by who accompanies the project, when that has changed. */
  readonly invoices?: readonly string[];
}

export interface ProjectStepInput {
  readonly projectId: string;
  readonly submissionId: string;
  /** ms */
  readonly at: number;
}

interface Deed<Payload> {
  readonly tx: Tx;
  readonly project: ProjectWithPeople;
  readonly stage: ProjectStage;
  readonly submitted: Submitted<Payload>;
  readonly letters: Letters;
  readonly at: number;
}

/**
 * Applies one step of the project's lifecycle: state under lock, trail and mails in one transaction, once.
 * `change` is written with the state; `then` does what is particular to the step and may name a round to start.
 */
export async function projectStep<S extends Step<unknown>>(
  deps: ActivityDeps,
  step: S & { name: string },
  input: ProjectStepInput,
  particular: {
    change?: (payload: PayloadOf<S>, tx: Tx) => Promise<Prisma.ProjectUncheckedUpdateInput> | Prisma.ProjectUncheckedUpdateInput;
    /** What the timeline keeps of it. */
    told?: (payload: PayloadOf<S>) => Prisma.InputJsonObject;
    then?: (deed: Deed<PayloadOf<S>>) => Promise<Pick<ProjectAnswer, 'round' | 'invoices'> | void>;
    /** Nobody's patience starts again because of it. */
    keepsClock?: boolean;
  } = {},
): Promise<ProjectAnswer> {
  return applySubmission(deps.db, step, input.submissionId, input.at, async (tx, submitted) => {
    const change = (await particular.change?.(submitted.payload, tx)) ?? {};
    const { project, stage, deadlineAt } = await moveProject(tx, input.projectId, step.name as ProjectAction, input.at, change, particular.keepsClock ? 'kept' : undefined);
    const letters = openLetters(tx, deps, project, `submission/${submitted.id}`, input.at);
    const more = (await particular.then?.({ tx, project, stage, submitted, letters, at: input.at })) ?? {};
    await recordEvent(tx, {
      by: submitted.by, action: `project.${step.name}`, subject: project.ref, projectId: project.id,
      data: particular.told?.(submitted.payload) ?? {}, at: input.at,
    });
    return { stage, deadlineAt, mailIds: letters.mailIds, managerHandle: project.accountManager?.handle ?? null, ...more };
  });
}
