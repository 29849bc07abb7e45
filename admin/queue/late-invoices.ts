import { leftToPay } from '../../domain/left-to-pay.ts';
import { recordHref, type QueueSource } from './source.ts';

export const lateInvoices: QueueSource = {
  kind: 'late', act: 'recordPayment',
  find: async ({ deps: { db }, say, now, project, take }) => (await db.clientInvoice.findMany({
    where: { state: { in: ['issued', 'part_paid'] }, dueAt: { lt: now }, project }, include: { project: { select: { company: { select: { name: true } } } } }, orderBy: { dueAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.project.company.name, detail: `${one.number ?? one.ref} · ${say.money(leftToPay(one))}`, href: recordHref('ClientInvoice', one.id, 'recordPayment'), until: one.dueAt })),
};
