import { Problem } from '../domain/problem.ts';
import type { PayloadOf, Step } from '../steps/step.ts';
import type { By } from './audit.ts';
import { once } from './once.ts';
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
  return once(db, `submission/${submissionId}`, async (tx) => {
    // Done with this transaction, or not at all: marking it first also locks it.
    const [row] = await tx.submission.updateManyAndReturn({ where: { id: submissionId }, data: { state: 'done', doneAt: new Date(at), problem: null } });
    if (!row) throw new Problem('not_found', `no submission ${submissionId}`);
    if (row.step !== step.name) throw new Problem('not_allowed', `submission ${submissionId} is for ${row.step}, not ${step.name}`);
    const context = row.context as { ip?: string; userAgent?: string };
    const submitted: Submitted<PayloadOf<S>> = {
      id: row.id,
      payload: step.payload.parse(row.payload) as PayloadOf<S>,
      by: await whoActed(tx, row.actorKind, row.actorId),
      ip: context.ip ?? '',
      userAgent: context.userAgent ?? '',
    };
    return apply(tx, submitted);
  });
}

/** The person behind a submission, with the name the timeline shows. */
async function whoActed(tx: Tx, kind: string, id: string | null): Promise<By> {
  const where = { id: id ?? '' };
  if (kind === 'staff') return { kind, id, name: (await tx.staff.findUniqueOrThrow({ where })).name };
  if (kind === 'client') return { kind, id, name: (await tx.clientUser.findUniqueOrThrow({ where })).name };
  if (kind === 'member') return { kind, id, name: (await tx.member.findUniqueOrThrow({ where })).name };
  return { kind: 'visitor', id, name: '' };
}
