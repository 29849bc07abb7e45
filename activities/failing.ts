import type { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';
import type { Db } from '../database/open.ts';

/** A failure in a few words: the last line of its message, for the first ones of a database's say where in the code. */
const longest = 300;
const dayMs = 86_400_000;

/**
 * W4, S1: writes what fails a second time, and takes it away once it has succeeded. Temporal lists no workflow by what it keeps trying, and knows
 * nothing of a local activity that does; so the worker says it to the database. What goes well at once costs nothing; a database away hides nothing
 * else, and what cannot be written is left unsaid.
 */
export function tellFailing(db: Db): (context: Context) => ActivityInterceptors {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const key = { workflowId: info.workflowExecution?.workflowId ?? '', activity: info.activityType };
        const settle = async (): Promise<void> => {
          if (info.attempt > 1) await db.failingActivity.deleteMany({ where: key }).catch(() => undefined);
        };
        try {
          const result = await next(input);
          await settle();
          return result;
        } catch (cause) {
          const final = cause instanceof ApplicationFailure && cause.nonRetryable;
          if (final) await settle();
          else if (info.attempt > 1 && !(cause instanceof CancelledFailure)) await note(db, key, info, cause).catch(() => undefined);
          throw cause;
        }
      },
    },
  });
}

async function note(db: Db, key: { workflowId: string; activity: string }, { attempt, scheduledTimestampMs }: Context['info'], failure: unknown): Promise<void> {
  const told = { attempt, ...inShort(failure), lastAt: new Date() };
  await db.failingActivity.upsert({ where: { workflowId_activity: key }, create: { ...key, ...told, since: new Date(scheduledTimestampMs) }, update: told });
  // Of a workflow that was ended meanwhile nobody says that it goes well again.
  await db.failingActivity.deleteMany({ where: { lastAt: { lt: new Date(told.lastAt.getTime() - dayMs) } } });
}

function inShort(failure: unknown): { code: string; cause: string } {
  const { code, message } = (failure ?? {}) as { code?: unknown; message?: unknown };
  const lines = (typeof message === 'string' ? message : String(failure)).split('\n').map((line) => line.trim()).filter(Boolean);
  return { code: typeof code === 'string' ? code : '', cause: (lines.at(-1) ?? '').slice(0, longest) };
}
