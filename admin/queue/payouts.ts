import { recordHref, type QueueSource } from './source.ts';

/** One line for each client invoice whose payment brought payouts to send. */
export const payouts: QueueSource = {
  kind: 'payout', act: 'sendPayout',
  find: async ({ deps: { db }, project, take }) => {
    const found = await db.payout.findMany({
      where: { state: 'to_send', payment: { clientInvoice: { project } } },
      select: { payment: { select: { clientInvoice: { select: { id: true, ref: true, number: true, project: { select: { title: true } } } } } } }, orderBy: { createdAt: 'asc' }, take: take * 4,
    });
    const invoices = new Map(found.map(({ payment: { clientInvoice } }) => [clientInvoice.id, clientInvoice]));
    return [...invoices.values()].slice(0, take).map((one) => ({ id: one.id, title: one.project.title, detail: one.number ?? one.ref, href: recordHref('ClientInvoice', one.id, 'sendPayout'), until: null }));
  },
};
