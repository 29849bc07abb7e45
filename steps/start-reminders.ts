import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import type { Db } from '../database/open.ts';
import { ruleOf } from '../database/reminder-rules.ts';
import { ruleDueAt } from '../domain/reminder-rules.ts';
import type { ReminderInput } from '../workflows/messages.ts';

interface ReminderDeps { readonly db: Db; readonly temporal: Client; readonly taskQueue: string }

const batch = 100;

/**
 * S4: starts the workflow of each entry the database noted, oldest first, and returns how many. Its id is the entry's, so that doing it again,
 * after a crash or on several workers at once, starts nothing twice.
 */
export async function startReminders(deps: ReminderDeps): Promise<number> {
  const entered = await deps.db.reminderFiring.findMany({ where: { state: 'entered' }, include: { rule: true }, orderBy: { enteredAt: 'asc' }, take: batch });
  for (let at = 0; at < entered.length; at += 10) {
    await Promise.all(entered.slice(at, at + 10).map(async ({ id, subjectRef, enteredAt, rule: row }) => {
      const rule = ruleOf(row);
      const dueAt = ruleDueAt(rule, enteredAt);
      await start(deps, { firingId: id, ref: subjectRef, stage: rule.stage, dueAt: dueAt.getTime() });
      await deps.db.reminderFiring.updateMany({ where: { id, state: 'entered' }, data: { state: 'scheduled', dueAt } });
    }));
  }
  return entered.length;
}

async function start({ temporal, taskQueue }: ReminderDeps, input: ReminderInput): Promise<void> {
  try {
    await temporal.workflow.start('reminderRule', {
      workflowId: `reminder/${input.ref}/${input.firingId}`, taskQueue, staticSummary: `reminder ${input.ref}`,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE, workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL, args: [input],
    });
  } catch (cause) {
    if (!(cause instanceof WorkflowExecutionAlreadyStartedError)) throw cause;
  }
}
