import { lateFeeCents } from '../../domain/late-fees.ts';
import type { QueueSource } from './source.ts';

/** I6: an invoice was paid late: interest and indemnity are to claim, or to waive for a reason. */
export const lateFees: QueueSource = {
  kind: 'lateFee', act: 'claimLateFee',
  find: async ({ deps: { db }, say, project, take }) => (await db.lateFee.findMany({
    where: { state: 'owed', clientInvoice: { project } }, include: { clientInvoice: { select: { ref: true, number: true, project: { select: { company: { select: { name: true } } } } } } }, orderBy: { createdAt: 'asc' }, take,
  })).map((one) => ({
    id: one.id, title: one.clientInvoice.project.company.name, detail: `${one.clientInvoice.number ?? one.clientInvoice.ref} · ${say.money(lateFeeCents(one))}`, href: `/console/pages/lateFees?invoice=${one.clientInvoice.ref}`, until: null,
  })),
};
