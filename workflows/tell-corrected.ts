import { getExternalWorkflowHandle, ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import type { CorrectedInvoice } from '../activities/invoice-correction/answer.ts';
import { clientInvoiceLifecycle } from '../domain/lifecycle/client-invoice.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { clientInvoice } from './client-invoice.ts';
import { invoiceCorrected, memberInvoiceClosed } from './messages.ts';

/** I12: tells the workflow of an invoice where it stands now; one that had ended begins again when the invoice is to be followed. */
export async function tellCorrected({ input, standing, reopensInvoicing }: CorrectedInvoice): Promise<void> {
  if (reopensInvoicing) {
    await getExternalWorkflowHandle(`project/${input.projectRef}`)
      .signal(memberInvoiceClosed, { ref: reopensInvoicing, outcome: 'cancelled', clientInvoice: null, settling: false })
      .catch(() => undefined);
  }
  const workflowId = `client-invoice/${input.ref}`;
  const heard = await getExternalWorkflowHandle(workflowId).signal(invoiceCorrected, standing).then(() => true, () => false);
  if (heard || isOver(clientInvoiceLifecycle, standing.state)) return;
  await startChild(clientInvoice, {
    workflowId, args: [{ ...input, resumed: standing }], staticSummary: `client invoice ${input.ref}, again`,
    parentClosePolicy: ParentClosePolicy.ABANDON, workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
  });
}
