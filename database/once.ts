import type { Prisma } from '@prisma/client';
import type { Db, Tx } from './open.ts';

/**
 * Runs a transaction once per key and keeps its answer: repeating it, after a crash or a second post, returns the same answer (W4).
 * The key is taken first, so that two simultaneous attempts wait for one another and only one applies.
 */
export async function once<Result extends object>(db: Db, key: string, apply: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(
    async (tx) => {
      const taken = await tx.$executeRaw`INSERT INTO "AppliedStep" ("key", "result") VALUES (${key}, 'null'::jsonb) ON CONFLICT DO NOTHING`;
      if (taken === 0) {
        const done = await tx.appliedStep.findUniqueOrThrow({ where: { key } });
        return done.result as Result;
      }
      const result = await apply(tx);
      await tx.appliedStep.update({ where: { key }, data: { result: result as Prisma.InputJsonValue } });
      return result;
    },
    { timeout: 15_000, maxWait: 10_000 },
  );
}
