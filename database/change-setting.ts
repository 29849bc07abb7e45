import type { Prisma } from '@prisma/client';
import { historyMark } from '../domain/setting-history.ts';
import { Problem } from '../domain/problem.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';

export interface SettingChange {
  /** The form's own key: the same key is the same deed. */
  readonly form: string;
  readonly key: string;
  readonly value: unknown;
  /** ms; null: at once. */
  readonly from: number | null;
  readonly reason: string;
  /** The state of the setting its author saw (`historyMark`). */
  readonly seen: string;
  readonly by: By;
  /** ms */
  readonly at: number;
}

/**
 * S4: a new dated value of a setting, never before now. What was promised before it keeps its own copy.
 * @throws Problem `setting_in_past`, `setting_changed` (somebody changed it since it was seen; details: who)
 */
export async function changeSetting(db: Db, change: SettingChange): Promise<void> {
  const { form, key, value, from, reason, by, at } = change;
  await once(db, `setting/${form}`, async (tx) => {
    const rows = await lockedRows(tx, key, change.seen);
    if (from !== null && from < at) throw new Problem('setting_in_past', `${key} from ${new Date(from).toISOString()}`);
    const before = rows.filter(({ cancelledAt, effectiveFrom }) => cancelledAt === null && effectiveFrom.getTime() <= (from ?? at)).at(-1);
    const effectiveFrom = new Date(from ?? at);
    const { id } = await tx.setting.create({ data: { key, value: value as Prisma.InputJsonValue, effectiveFrom, reason, changedBy: by.name, createdAt: new Date(at) } });
    const data = { ...(before ? { before: before.value as Prisma.InputJsonValue } : {}), after: value as Prisma.InputJsonValue, effectiveFrom: effectiveFrom.toISOString(), reason };
    await recordEvent(tx, { by, action: 'setting.changed', subject: `setting/${key}`, data, at });
    return { id };
  });
}

/**
 * S4: takes back a change that is not in force yet; it stays in the history.
 * @throws Problem `not_found`, `setting_changed`, `setting_in_force`
 */
export async function cancelSetting(db: Db, { form, id, seen, by, at }: { form: string; id: string; seen: string; by: By; at: number }): Promise<void> {
  await once(db, `setting/cancel/${form}`, async (tx) => {
    const row = await tx.setting.findUnique({ where: { id } });
    if (!row) throw new Problem('not_found', `no setting ${id}`);
    await lockedRows(tx, row.key, seen);
    if (row.effectiveFrom.getTime() <= at) throw new Problem('setting_in_force', `${row.key} ${id} is in force`);
    await tx.setting.update({ where: { id }, data: { cancelledAt: new Date(at), cancelledBy: by.name } });
    await recordEvent(tx, { by, action: 'setting.cancelled', subject: `setting/${row.key}`, data: { after: row.value as Prisma.InputJsonValue, effectiveFrom: row.effectiveFrom.toISOString() }, at });
    return {};
  });
}

/** One change of a setting after the other: the second to come is told that somebody was faster. */
async function lockedRows(tx: Tx, key: string, seen: string) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`setting/${key}`}, 0))`;
  const rows = await tx.setting.findMany({ where: { key }, orderBy: [{ effectiveFrom: 'asc' }, { createdAt: 'asc' }] });
  const last = [...rows].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1);
  if (historyMark(rows) !== seen) throw new Problem('setting_changed', `${key} is ${historyMark(rows)}, seen ${seen}`, { who: last?.cancelledBy ?? last?.changedBy ?? '' });
  return rows;
}
