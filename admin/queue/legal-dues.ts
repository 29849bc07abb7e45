import { legalDueHorizonMs, stillOwed } from '../../domain/legal-due.ts';
import { recordHref, type QueueSource } from './source.ts';

/** I5: what the law grants a member is about to fall due, whatever the client does. */
export const legalDues: QueueSource = {
  kind: 'legal', act: 'sendPayout',
  find: async ({ deps: { db }, say, now, project, take }) => {
    const legalDueAt = { lt: new Date(now.getTime() + legalDueHorizonMs) };
    const invoices = await db.clientInvoice.findMany({
      where: { state: { in: ['issued', 'part_paid', 'paid'] }, memberInvoices: { some: { legalDueAt } }, project }, orderBy: { dueAt: 'asc' }, take,
      include: { memberInvoices: { where: { legalDueAt }, include: { member: true, payouts: true } } },
    });
    return invoices.flatMap(({ memberInvoices }) => memberInvoices).filter((one) => stillOwed(one) > 0).slice(0, take)
      .map((one) => ({ id: one.id, title: one.member.name, detail: `${one.number ?? one.ref} · ${say.money(stillOwed(one))}`, href: recordHref('MemberInvoice', one.id), until: one.legalDueAt }));
  },
};
