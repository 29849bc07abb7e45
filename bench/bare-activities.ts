import type { Db } from '../database/open.ts';

/** What the baselines do: nothing, or one transaction and nothing else. */
export function bareActivities(db: Db) {
  return {
    nothingHere: async (): Promise<void> => undefined,
    nothingElsewhere: async (): Promise<void> => undefined,
    oneTransaction: async ({ key }: { key: string }): Promise<void> => {
      await db.$transaction(async (tx) => {
        await tx.appliedStep.create({ data: { key, result: {} } });
      });
    },
  };
}

export type BareActivities = ReturnType<typeof bareActivities>;
