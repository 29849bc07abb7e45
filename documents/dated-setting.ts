import type { Tx } from '../database/open.ts';

/** What each of these settings said at `at` (ms); those that had not been set yet are not there (S4: a change never touches what was before it). */
export async function settingsAt(tx: Tx, keys: readonly string[], at: number): Promise<ReadonlyMap<string, unknown>> {
  const rows = await tx.setting.findMany({
    where: { key: { in: [...keys] }, effectiveFrom: { lte: new Date(at) }, cancelledAt: null },
    orderBy: [{ effectiveFrom: 'asc' }, { createdAt: 'asc' }],
  });
  return new Map(rows.map(({ key, value }) => [key, value]));
}
