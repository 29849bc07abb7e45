import { mostPeriods } from '../../domain/availability-calendar.ts';
import { dayOf, type Period } from '../../domain/availability.ts';
import { Problem } from '../../domain/problem.ts';
import { once } from '../once.ts';
import type { Db } from '../open.ts';
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
    const other = await tx.availabilityPeriod.findFirst({ where: { memberId, fromOn: { lte: days.toOn }, toOn: { gte: days.fromOn } }, orderBy: { fromOn: 'asc' } });
    if (other) throw new Problem('period_overlaps', `${from} to ${to} meets the period ${other.id}`, { from: dayOf(other.fromOn), to: dayOf(other.toOn) });
    if ((await tx.availabilityPeriod.count({ where: { memberId } })) >= mostPeriods) throw new Problem('calendar_full', `${mostPeriods} periods already`, { most: mostPeriods });
    await tx.availabilityPeriod.create({ data: { memberId, ...days, kind, note } });
    return {};
  });
}

/** M2: twice is once. */
export async function removePeriod(db: Db, memberId: string, id: string): Promise<void> {
  await db.availabilityPeriod.deleteMany({ where: { id, memberId } });
}
