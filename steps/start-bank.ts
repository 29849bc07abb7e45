import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import type { Db } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import type { BankLineInput, SepaExportInput } from '../workflows/messages.ts';

interface BankDeps { readonly db: Db; readonly temporal: Client; readonly taskQueue: string }

export const bankLineSubject = (bankLineId: string): string => `bank-line/${bankLineId}`;
export const sepaExportSubject = (ref: string): string => `sepa-export/${ref}`;

/** What takes the confirmation of a line of a statement. Started again once an earlier one has waited in vain. @throws Problem `temporal_away` */
export function startBankLine(deps: BankDeps, input: BankLineInput): Promise<boolean> {
  return start(deps, 'bankLine', bankLineSubject(input.bankLineId), WorkflowIdReusePolicy.ALLOW_DUPLICATE, input);
}

/** What follows a file of transfers to its end. @throws Problem `temporal_away` */
export function startSepaExport(deps: BankDeps, input: SepaExportInput): Promise<boolean> {
  return start(deps, 'sepaExport', sepaExportSubject(input.ref), WorkflowIdReusePolicy.REJECT_DUPLICATE, input);
}

/** Starts what a crash left without its workflow: only files that nobody has approved can lack theirs. */
export async function startMissingSepaExports(deps: BankDeps): Promise<number> {
  let started = 0;
  for (const { id, ref } of await deps.db.sepaExport.findMany({ where: { state: 'prepared' }, orderBy: { createdAt: 'asc' }, take: 100 })) {
    if (await startSepaExport(deps, { exportId: id, ref })) started += 1;
  }
  return started;
}

/** True when it was started by this call. */
async function start({ temporal, taskQueue }: BankDeps, workflow: string, workflowId: string, workflowIdReusePolicy: WorkflowIdReusePolicy, input: BankLineInput | SepaExportInput): Promise<boolean> {
  try {
    await temporal.workflow.start(workflow, { workflowId, taskQueue, workflowIdReusePolicy, workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL, staticSummary: workflowId, args: [input] });
    return true;
  } catch (cause) {
    if (cause instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw new Problem('temporal_away', `cannot start ${workflowId}: ${String(cause)}`);
  }
}
