import type { Db, Tx } from './open.ts';
import { openClosing, writeClosing } from './closing.ts';

/**
 * Runs a transaction once per key and keeps its answer: repeating it, after a crash or a second post, returns the same answer (W4).
 * The key is taken first, so that two simultaneous attempts wait for one another and only one applies.
 */
export async function once<Result extends object>(db: Db, key: string, apply: (tx: Tx) => Promise<Result>): Promise<Result> {
  return onceTaken(db, key, async (tx) => (await tx.$executeRaw`INSERT INTO "AppliedStep" ("key", "result") VALUES (${key}, 'null'::jsonb) ON CONFLICT DO NOTHING`) > 0, apply);
}

/** The same, for whoever takes the key in a statement of their own: `take` inserts it or answers false when it was there already. */
export async function onceTaken<Result extends object, Taken>(
  db: Db, key: string, take: (tx: Tx) => Promise<Taken | false>, apply: (tx: Tx, taken: Taken) => Promise<Result>,
): Promise<Result> {
  return db.$transaction(
    async (tx) => {
      const taken = await take(tx);
      if (taken === false) {
        const done = await tx.appliedStep.findUniqueOrThrow({ where: { key } });
        return done.result as Result;
      }
      openClosing(tx);
      const result = await apply(tx, taken);
      await writeClosing(tx, key, result);
      return result;
    },
    { timeout: 15_000, maxWait: 10_000 },
  );
}
