import type { Deps } from '../../deps.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/invoice-steps.ts';
import type { Step } from '../../steps/step.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Act, Page } from '../page.ts';

/** I2: the preview, the time left to report an anomaly, the approval where there is no mandate. */
export const memberPreviewPage: Page = {
  template: 'member-preview',
  async show(deps, access) {
    const invoice = await invoiceFor(deps, access);
    const can = Object.fromEntries(actionsFrom(memberInvoiceLifecycle, invoice.state, 'member').map((action) => [action, true]));
    return { title: invoice.ref, invoice, project: invoice.project, can: { ...can, approvePreview: can.approvePreview && !invoice.mandate }, documentBase: `${access.root}/document` };
  },
  acts: {
    reportAnomaly: act(steps.reportAnomaly, 'anomalyReported', (body) => ({ reason: text(body, 'reason') })),
    approvePreview: act(steps.approvePreview, 'approved', () => ({})),
    cancelInvoice: act(steps.cancelInvoice, 'cancelled', (body) => ({ reason: text(body, 'reason') })),
  },
};

function act(step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>) => unknown): Act {
  return async (deps, access, body, key) => {
    const { ref } = await invoiceFor(deps, access);
    await askStep(deps, access, key, step, `member-invoice/${ref}`, payloadOf(body));
    return { notice };
  };
}

async function invoiceFor(deps: Deps, access: Access) {
  const invoice = await deps.db.memberInvoice.findFirst({
    where: { id: access.subjectId ?? '', memberId: access.person.id },
    include: { project: { include: { accountManager: true } } },
  });
  if (!invoice) throw new Problem('not_found', 'no such invoice for this member');
  return invoice;
}
