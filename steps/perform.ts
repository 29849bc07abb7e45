import { ApplicationFailure, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Prisma } from '@prisma/client';
import type { Db } from '../database/open.ts';
import { Problem, type ProblemCode } from '../domain/problem.ts';
import type { PayloadOf, Person, Step, StepInput } from './step.ts';

export interface Asked<S extends Step<unknown>> {
  readonly step: S;
  /** Id of the workflow: project/REF, quote-review/REF, member-invoice/REF … */
  readonly subject: string;
  readonly person: Person;
  /** The form's own key: the same key is the same deed, however often it is posted. */
  readonly key: string;
  readonly payload: unknown;
  readonly context?: { ip?: string; userAgent?: string };
}

/** How long a person waits for the answer, in ms, before being told that it will come. */
const patience = 15_000;

/**
 * The one way a person changes a lifecycle: what was typed is kept first, then the workflow is asked.
 * @throws Problem `form_invalid`, whatever rule said no, `stage_changed`, `over`, `temporal_away`, `database_away`, `taking_longer`.
 */
export async function perform<S extends Step<unknown>>(deps: { db: Db; temporal: Client }, asked: Asked<S>): Promise<Record<string, unknown>> {
  const payload = parse(asked.step, asked.payload);
  if (!asked.step.by.includes(asked.person.kind)) throw new Problem('not_allowed', `${asked.person.kind} may not ${asked.step.name}`);
  const submission = await keep(deps.db, asked, payload);
  if (submission.state === 'done') return { again: true };
  return askWorkflow(deps, submission);
}

/** Asks the workflow for what a submission holds; asking again joins the attempt under way instead of doubling it. */
export async function askWorkflow(
  deps: { db: Db; temporal: Client },
  submission: { id: string; step: string; subject: string; attempt: number },
): Promise<Record<string, unknown>> {
  try {
    const answer = await deps.temporal.withDeadline(Date.now() + patience, async () =>
      deps.temporal.workflow.getHandle(submission.subject).executeUpdate<Record<string, unknown>, [StepInput]>(submission.step, {
        args: [{ submissionId: submission.id }],
        // A refused attempt may be corrected and tried again under the same key, so each attempt has an id of its own.
        updateId: `${submission.id}.${submission.attempt}`,
      }),
    );
    return answer ?? {};
  } catch (cause) {
    const problem = problemOf(cause);
    if (problem.code !== 'temporal_away' && problem.code !== 'taking_longer') await refuse(deps.db, submission.id, problem);
    throw problem;
  }
}

function parse<S extends Step<unknown>>(step: S, payload: unknown): PayloadOf<S> {
  const parsed = step.payload.safeParse(payload);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Problem('form_invalid', `${step.name}: ${fields}`, { fields });
  }
  return parsed.data as PayloadOf<S>;
}

async function keep<S extends Step<unknown>>(db: Db, asked: Asked<S>, payload: PayloadOf<S>) {
  try {
    const data = { payload: payload as Prisma.InputJsonValue, context: (asked.context ?? {}) as Prisma.InputJsonValue };
    const [fresh] = await db.submission.createManyAndReturn({
      skipDuplicates: true,
      data: { id: asked.key, step: asked.step.name, actorKind: asked.person.kind, actorId: asked.person.id, subject: asked.subject, ...data },
    });
    if (fresh) return fresh;
    const known = await db.submission.findUniqueOrThrow({ where: { id: asked.key } });
    if (known.actorId !== asked.person.id || known.step !== asked.step.name || known.subject !== asked.subject) {
      throw new Problem('not_allowed', `key ${asked.key} belongs to another form`);
    }
    if (known.state === 'done') return known;
    if (known.state === 'refused') {
      return await db.submission.update({ where: { id: known.id }, data: { ...data, state: 'pending', attempt: known.attempt + 1 } });
    }
    // Pending: the earlier post never got an answer. What is typed now is what counts, unless it was applied meanwhile.
    await db.submission.updateMany({ where: { id: known.id, state: 'pending' }, data });
    return await db.submission.findUniqueOrThrow({ where: { id: known.id } });
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('database_away', `cannot keep the submission: ${String(cause)}`);
  }
}

async function refuse(db: Db, id: string, problem: Problem): Promise<void> {
  // Done already means that another post of the same form went through.
  await db.submission.updateMany({ where: { id, state: 'pending' }, data: { state: 'refused', problem: problem.code } }).catch(() => undefined);
}

/** Puts whatever went wrong between here and the workflow into words a person can act on. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof WorkflowUpdateFailedError) {
    const failure = rootOf(cause.cause);
    if (failure?.type === 'Problem') {
      const [code, details] = failure.details as [ProblemCode, Record<string, string | number>];
      return new Problem(code, failure.message, details);
    }
    if (failure?.type === 'AcceptedUpdateCompletedWorkflow') return new Problem('over', failure.message);
    return new Problem('stage_changed', `update refused: ${cause.cause?.message ?? cause.message}`);
  }
  if (cause instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return new Problem('taking_longer', 'no answer from the workflow in time');
  const name = (cause as { name?: string }).name;
  if (name === 'WorkflowNotFoundError') return new Problem('over', 'the workflow has ended or never was');
  const code = (cause as { code?: number; cause?: { code?: number } }).code ?? (cause as { cause?: { code?: number } }).cause?.code;
  if (code === 5) return new Problem('over', 'the workflow has ended');
  if (code === 4) return new Problem('taking_longer', 'no answer from the workflow in time');
  return new Problem('temporal_away', `cannot reach the workflow: ${String(cause)}`);
}

function rootOf(error: Error | undefined): ApplicationFailure | undefined {
  let current: unknown = error;
  while (current) {
    if (current instanceof ApplicationFailure) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return undefined;
}
