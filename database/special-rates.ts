import { Problem } from '../domain/problem.ts';
import { lastMoment, periodsMeet } from '../domain/special-rate-periods.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';

export interface NewSpecialRate {
  /** The form's own key: the same key is the same deed. */
  readonly form: string;
  readonly companyId: string;
  readonly rateBp: number;
  /** ms; null: at once. */
  readonly from: number | null;
  /** ms, excluded; null: without end. */
  readonly until: number | null;
  readonly reason: string;
  readonly by: By;
  /** ms */
  readonly at: number;
}

/**
 * C11: a rate agreed with one client for what they start from a moment on. Never retroactive, one at a time.
 * @throws Problem `not_found`, `setting_in_past`, `rate_overlaps` (details: from, until as ISO, until empty without end)
 */
export async function addSpecialRate(db: Db, { form, companyId, rateBp, from, until, reason, by, at }: NewSpecialRate): Promise<void> {
  await once(db, `fee-rate/${form}`, async (tx) => {
    const handle = await lockCompany(tx, companyId);
    const begins = new Date(from ?? at);
    const ends = until === null ? null : new Date(until);
    if (begins.getTime() < at || (ends !== null && ends <= begins)) throw new Problem('setting_in_past', `a rate of ${handle} from ${begins.toISOString()}`);
    const other = (await tx.specialFeeRate.findMany({ where: { companyId }, orderBy: { from: 'asc' } })).find((rate) => periodsMeet(rate, { from: begins, until: ends }));
    if (other) throw new Problem('rate_overlaps', `${handle} has ${other.id} meanwhile`, { from: other.from.toISOString(), until: lastMoment(other) });
    const { id } = await tx.specialFeeRate.create({ data: { companyId, rateBp, from: begins, until: ends, reason, createdBy: by.name, createdAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'feeRate.added', subject: `fee-rate/${handle}`, data: { rateBp, effectiveFrom: begins.toISOString(), until: ends?.toISOString() ?? '', reason }, at });
    return { id };
  });
}

/**
 * C11: a rate ends at a moment, never before now; one that has not begun will never run. What was promised under it stays.
 * `until` in ms, null: at once.
 * @throws Problem `not_found`, `setting_in_past`, `rate_over` (it ends no later already)
 */
export async function endSpecialRate(db: Db, { form, id, until, by, at }: { form: string; id: string; until: number | null; by: By; at: number }): Promise<void> {
  await once(db, `fee-rate/end/${form}`, async (tx) => {
    const { companyId } = (await tx.specialFeeRate.findUnique({ where: { id }, select: { companyId: true } })) ?? none(id);
    const handle = await lockCompany(tx, companyId);
    const rate = await tx.specialFeeRate.findUniqueOrThrow({ where: { id } });
    if (until !== null && until < at) throw new Problem('setting_in_past', `${id} until ${new Date(until).toISOString()}`);
    const ends = new Date(Math.max(until ?? at, rate.from.getTime()));
    if (rate.until !== null && rate.until <= ends) throw new Problem('rate_over', `${id} ends on ${rate.until.toISOString()}`);
    await tx.specialFeeRate.update({ where: { id }, data: { until: ends, endedBy: by.name } });
    await recordEvent(tx, { by, action: 'feeRate.ended', subject: `fee-rate/${handle}`, data: { rateBp: rate.rateBp, until: ends.toISOString() }, at });
    return {};
  });
}

function none(id: string): never {
  throw new Problem('not_found', `no special rate ${id}`);
}

/** The company's row is the lock, here as in the database's own check. @returns its handle */
async function lockCompany(tx: Tx, companyId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ handle: string }[]>`SELECT "handle" FROM "Company" WHERE "id" = ${companyId} FOR UPDATE`;
  if (!row) throw new Problem('not_found', `no company ${companyId}`);
  return row.handle;
}
