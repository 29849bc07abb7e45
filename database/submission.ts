import { Problem } from '../domain/problem.ts';
import type { PayloadOf, Step } from '../steps/step.ts';
import type { By } from './audit.ts';
import { onceTaken } from './once.ts';
import type { Db, Tx } from './open.ts';

export interface Submitted<Payload> {
  readonly id: string;
  readonly payload: Payload;
  readonly by: By;
  readonly ip: string;
  readonly userAgent: string;
}

/**
 * Applies what a person submitted, once, in one transaction, and marks the submission done with it.
 * The payload was parsed at the edge; it is parsed again here because a row outlives the code that wrote it.
 */
export async function applySubmission<S extends Step<unknown>, Result extends object>(
  db: Db,
  step: S,
  submissionId: string,
  at: number,
  apply: (tx: Tx, submitted: Submitted<PayloadOf<S>>) => Promise<Result>,
): Promise<Result> {
  const key = `submission/${submissionId}`;
  const take = async (tx: Tx): Promise<TakenSubmission | false> => {
    // One statement takes the key, marks the submission done (with this transaction, or not at all), and tells who acted.
    const [row] = await tx.$queryRaw<TakenSubmission[]>`
      WITH "taken" AS (INSERT INTO "AppliedStep" ("key", "result") VALUES (${key}, 'null'::jsonb) ON CONFLICT DO NOTHING RETURNING 1),
        "done" AS (UPDATE "Submission" SET "state" = 'done', "doneAt" = ${new Date(at)}, "problem" = NULL WHERE "id" = ${submissionId} AND EXISTS (SELECT 1 FROM "taken") RETURNING *)
      SELECT d."id", d."step", d."payload", d."context", d."actorKind", d."actorId", CASE d."actorKind"
        WHEN 'staff' THEN (SELECT s."name" FROM "Staff" s WHERE s."id" = d."actorId")
        WHEN 'client' THEN (SELECT c."name" FROM "ClientUser" c WHERE c."id" = d."actorId")
        WHEN 'member' THEN (SELECT m."name" FROM "Member" m WHERE m."id" = d."actorId")
        ELSE '' END AS "actorName"
      FROM "taken" LEFT JOIN "done" d ON true`;
    return row ?? false;
  };
  return onceTaken(db, key, take, async (tx, row) => {
    if (row.id === null) throw new Problem('not_found', `no submission ${submissionId}`);
    if (row.step !== step.name) throw new Problem('not_allowed', `submission ${submissionId} is for ${row.step}, not ${step.name}`);
    return apply(tx, {
      id: row.id,
      payload: step.payload.parse(row.payload) as PayloadOf<S>,
      by: whoActed(row),
      ip: row.context.ip ?? '',
      userAgent: row.context.userAgent ?? '',
    });
  });
}

interface TakenSubmission {
  /** Null when there is no such submission. */
  readonly id: string | null;
  readonly step: string;
  readonly payload: unknown;
  readonly context: { readonly ip?: string; readonly userAgent?: string };
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
}

/** The person behind a submission, with the name the timeline shows. @throws Error when nobody is known by that id */
function whoActed({ actorKind, actorId, actorName }: TakenSubmission): By {
  if (actorKind !== 'staff' && actorKind !== 'client' && actorKind !== 'member') return { kind: 'visitor', id: actorId, name: '' };
  if (actorName === null) throw new Error(`no ${actorKind} ${actorId}`);
  return { kind: actorKind, id: actorId, name: actorName };
}
