import { Problem } from '../domain/problem.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db } from './open.ts';

interface Deed { readonly form: string; readonly by: By; readonly at: number }

/** S3: somebody is away; their notices also go to the one who stands in. `from`, `until` (excluded) in ms. @throws Problem `form_invalid`, `reason_missing` */
export async function addAbsence(db: Db, { form, by, at, staffId, standInId, from, until, reason }: Deed & { staffId: string; standInId: string; from: number; until: number; reason: string }): Promise<void> {
  if (reason.trim() === '') throw new Problem('reason_missing', 'an absence');
  if (staffId === standInId || !(until > from)) throw new Problem('form_invalid', `${staffId} from ${from} to ${until}`);
  await once(db, `absence/${form}`, async (tx) => {
    const [away, standIn] = await Promise.all([staffId, standInId].map((id) => tx.staff.findFirst({ where: { id, active: true } })));
    if (!away || !standIn) throw new Problem('not_found', 'no such staff');
    const { id } = await tx.staffAbsence.create({ data: { staffId, standInId, from: new Date(from), until: new Date(until), reason: reason.trim(), createdBy: by.name, createdAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'absence.added', subject: `staff/${away.handle}`, data: { standIn: standIn.name, from: new Date(from).toISOString(), until: new Date(until).toISOString(), reason: reason.trim() }, at });
    return { id };
  });
}

/** S3: back earlier than said. @throws Problem `not_found` */
export async function endAbsence(db: Db, { form, by, at, id }: Deed & { id: string }): Promise<void> {
  await once(db, `absence-end/${form}`, async (tx) => {
    const absence = await tx.staffAbsence.findFirst({ where: { id, until: { gt: new Date(at) } } });
    if (!absence) throw new Problem('not_found', `no absence ${id}`);
    await tx.staffAbsence.update({ where: { id }, data: { until: new Date(Math.max(at, absence.from.getTime())), endedBy: by.name } });
    const { handle } = await tx.staff.findUniqueOrThrow({ where: { id: absence.staffId } });
    await recordEvent(tx, { by, action: 'absence.ended', subject: `staff/${handle}`, data: {}, at });
    return {};
  });
}
