import { recordHref, type QueueSource } from './source.ts';

/** C10: a client disputes an invoice, and nobody has answered. */
export const disputes: QueueSource = {
  kind: 'dispute', act: 'settleDispute',
  find: async ({ deps: { db }, project, take }) => (await db.clientInvoice.findMany({
    where: { state: { in: ['issued', 'part_paid', 'paid'] }, disputedAt: { not: null }, disputeSettledAt: null, project }, include: { project: { select: { company: { select: { name: true } } } } }, orderBy: { disputedAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.project.company.name, detail: `${one.number ?? one.ref} · ${one.disputeReason ?? ''}`.slice(0, 140), href: recordHref('ClientInvoice', one.id, 'settleDispute'), until: null })),
};
