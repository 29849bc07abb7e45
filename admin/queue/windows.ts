import { recordHref, type QueueSource } from './source.ts';

const soonMs = 12 * 3_600_000;

/** M11: previews whose 48 hours end soon. */
export const windows: QueueSource = {
  kind: 'window', act: 'resolveAnomaly',
  find: async ({ deps: { db }, say, now, project, take }) => (await db.memberInvoice.findMany({
    where: { state: 'preview', windowEndsAt: { lt: new Date(now.getTime() + soonMs) }, project }, include: { member: { select: { name: true } } }, orderBy: { windowEndsAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.member.name, detail: `${one.ref} · ${say.money(one.totalCents)}`, href: recordHref('MemberInvoice', one.id), until: one.windowEndsAt })),
};
