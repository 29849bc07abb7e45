import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { Problem } from '../domain/problem.ts';
import type { InvoiceCorrectionInput } from '../workflows/messages.ts';

/** One workflow a deed: `key` is the form's own, so that posting again joins the one under way. */
export const correctionSubject = (ref: string, key: string): string => `invoice-correction/${ref}/${key}`;

/**
 * I12: what carries out one correction of an issued invoice, whether or not the invoice's own workflow has ended. Started again once an earlier one
 * has waited in vain. @throws Problem `temporal_away`
 */
export async function startInvoiceCorrection({ temporal, taskQueue }: { temporal: Client; taskQueue: string }, input: InvoiceCorrectionInput, key: string): Promise<void> {
  const workflowId = correctionSubject(input.ref, key);
  try {
    await temporal.workflow.start('invoiceCorrection', {
      workflowId, taskQueue, workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE, workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL, staticSummary: `correction of ${input.ref}`, args: [input],
    });
  } catch (cause) {
    if (!(cause instanceof WorkflowExecutionAlreadyStartedError)) throw new Problem('temporal_away', `cannot start ${workflowId}: ${String(cause)}`);
  }
}
