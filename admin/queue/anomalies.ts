import { recordHref, type QueueSource } from './source.ts';

export const anomalies: QueueSource = {
  kind: 'anomaly', act: 'resolveAnomaly',
  find: async ({ deps: { db }, project, take }) => (await db.memberInvoice.findMany({
    where: { state: 'anomaly', project }, include: { member: { select: { name: true } } }, orderBy: { createdAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.member.name, detail: `${one.ref} · ${one.anomaly ?? ''}`.slice(0, 140), href: recordHref('MemberInvoice', one.id, 'resolveAnomaly'), until: null })),
};
