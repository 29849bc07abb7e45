import type { Tx } from '../database/open.ts';

/** What a setting said at `at` (ms), or null when it had not been set yet (S4: a change never touches what was before it). */
export async function settingAt(tx: Tx, key: string, at: number): Promise<unknown> {
  const row = await tx.setting.findFirst({
    where: { key, effectiveFrom: { lte: new Date(at) }, cancelledAt: null },
    orderBy: [{ effectiveFrom: 'desc' }, { createdAt: 'desc' }],
  });
  return row ? row.value : null;
}
