import { mostPeriods, wrongPeriod } from '../../domain/availability-calendar.ts';
import { dayOf, type Period } from '../../domain/availability.ts';
import { Problem } from '../../domain/problem.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { lockMember, stepKey } from './profile.ts';

export interface NewPeriod extends Period {
  /** For the member alone. */
  readonly note: string;
}

/**
 * M2: days told to be free, partly free or taken. Posted twice, they are told once; what has gone by is forgotten on the way. `today` as YYYY-MM-DD.
 * @throws Problem `period_overlaps`, `calendar_full`
 */
export async function addPeriod(db: Db, memberId: string, { from, to, kind, note }: NewPeriod, key: string, today: string): Promise<void> {
  await once(db, stepKey(memberId, key), async (tx) => {
    await lockMember(tx, memberId);
    await tx.availabilityPeriod.deleteMany({ where: { memberId, toOn: { lt: new Date(today) } } });
    const days = { fromOn: new Date(from), toOn: new Date(to) };
    await requireUntold(tx, memberId, days);
    if ((await tx.availabilityPeriod.count({ where: { memberId } })) >= mostPeriods) throw new Problem('calendar_full', `${mostPeriods} periods already`, { most: mostPeriods });
    await tx.availabilityPeriod.create({ data: { memberId, ...days, kind, note } });
    return {};
  });
}

/**
 * M2: a period's days, kind and note as they are to be from now on. Posted twice, they are changed once. `today` as YYYY-MM-DD.
 * @throws Problem `period_gone`, `period_overlaps`, `form_invalid` for days that it may not have
 */
export async function changePeriod(db: Db, memberId: string, id: string, { from, to, kind, note }: NewPeriod, key: string, today: string): Promise<void> {
  await once(db, stepKey(memberId, key), async (tx) => {
    await lockMember(tx, memberId);
    const before = await tx.availabilityPeriod.findFirst({ where: { id, memberId } });
    if (!before) throw new Problem('period_gone', `no period ${id} of theirs`);
    const wrong = wrongPeriod({ from, to }, today, dayOf(before.fromOn));
    if (wrong.length > 0) throw new Problem('form_invalid', `period: ${wrong.join(', ')}`, { fields: wrong.join(', ') });
    const days = { fromOn: new Date(from), toOn: new Date(to) };
    await requireUntold(tx, memberId, days, id);
    await tx.availabilityPeriod.update({ where: { id }, data: { ...days, kind, note } });
    return {};
  });
}

/** A day is one thing: no other period has any of these. @throws Problem `period_overlaps` */
async function requireUntold(tx: Tx, memberId: string, { fromOn, toOn }: { readonly fromOn: Date; readonly toOn: Date }, but?: string): Promise<void> {
  const other = await tx.availabilityPeriod.findFirst({ where: { memberId, fromOn: { lte: toOn }, toOn: { gte: fromOn }, ...(but && { id: { not: but } }) }, orderBy: { fromOn: 'asc' } });
  if (other) throw new Problem('period_overlaps', `${dayOf(fromOn)} to ${dayOf(toOn)} meets the period ${other.id}`, { from: dayOf(other.fromOn), to: dayOf(other.toOn) });
}

/** M2: twice is once. */
export async function removePeriod(db: Db, memberId: string, id: string): Promise<void> {
  await db.availabilityPeriod.deleteMany({ where: { id, memberId } });
}
