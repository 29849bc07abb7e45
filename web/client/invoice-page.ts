import type { Deps } from '../../deps.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { Problem } from '../../domain/problem.ts';
import { declareTransfer } from '../../steps/invoice-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';

/** C10: what is due and when, the document, and « my transfer has left ». */
export const clientInvoicePage: Page = {
  template: 'client-invoice',
  async show(deps, access) {
    const invoice = await invoiceOf(deps, access);
    return {
      title: invoice.number, invoice, project: invoice.project, left: invoice.totalCents - invoice.paidCents, documentBase: `${access.root}/document`,
      can: Object.fromEntries(actionsFrom(clientInvoiceLifecycle, invoice.state, 'client').map((action) => [action, true])),
    };
  },
  acts: {
    async declareTransfer(deps, access, body, key) {
      const { ref } = await invoiceOf(deps, access);
      await askStep(deps, access, key, declareTransfer, `client-invoice/${ref}`, { reference: text(body, 'reference') });
      return { notice: 'transferDeclared' };
    },
  },
};

async function invoiceOf(deps: Deps, access: Access) {
  const invoice = await deps.db.clientInvoice.findFirst({
    where: { id: access.subjectId ?? '', projectId: access.projectId ?? '', state: { not: 'gathering' } },
    include: { project: { include: { accountManager: true } }, payments: { orderBy: { receivedOn: 'asc' } } },
  });
  if (!invoice) throw new Problem('not_found', 'no such invoice for this person');
  return invoice;
}
