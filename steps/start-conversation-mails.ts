import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import type { Db } from '../database/open.ts';
import { afterDelay } from '../domain/calendar.ts';
import { defaultTerms } from '../domain/default-terms.ts';
import type { Terms } from '../domain/terms.ts';
import type { ConversationMailsInput } from '../workflows/messages.ts';

interface MailsDeps { readonly db: Db; readonly temporal: Client; readonly taskQueue: string }

const patience = 5_000;
const batch = 200;

/**
 * C7: after the transaction of a message that begins a wait: starts the workflow that will tell those away, or tells the one under way. `waitingSince` in ms.
 * What fails here is done by `startMissingConversationMails`.
 */
export async function startConversationMails(deps: MailsDeps, conversationId: string, waitingSince: number): Promise<void> {
  const { project } = await deps.db.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { project: { select: { terms: true } } } });
  const dueAt = dueOf(waitingSince, project.terms);
  await deps.temporal.withDeadline(Date.now() + patience, async () =>
    deps.temporal.workflow.signalWithStart('conversationMails', { ...optionsFor(deps, { conversationId, dueAt }), signal: 'messagesWait', signalArgs: [{ dueAt }] }));
}

/** Starts what a crash, or a Temporal that was away, left unstarted: the wait stands in the database. Those under way are left alone. Returns how many it started. */
export async function startMissingConversationMails(deps: MailsDeps, now: number): Promise<number> {
  const waiting = await deps.db.conversation.findMany({
    where: { waitingSince: { lt: new Date(now - patience) } }, orderBy: { waitingSince: 'asc' }, take: batch, select: { id: true, waitingSince: true, project: { select: { terms: true } } },
  });
  let started = 0;
  for (const { id, waitingSince, project } of waiting) {
    try {
      await deps.temporal.workflow.start('conversationMails', {
        ...optionsFor(deps, { conversationId: id, dueAt: dueOf((waitingSince as Date).getTime(), project.terms) }), workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
      });
      started += 1;
    } catch (cause) {
      if (!(cause instanceof WorkflowExecutionAlreadyStartedError)) throw cause;
    }
  }
  return started;
}

function dueOf(waitingSince: number, terms: unknown): number {
  return afterDelay(new Date(waitingSince), (terms as Terms).awayMailDelay ?? defaultTerms.awayMailDelay).getTime();
}

function optionsFor({ taskQueue }: MailsDeps, input: ConversationMailsInput) {
  return { workflowId: `conversation-mails/${input.conversationId}`, taskQueue, staticSummary: 'messages to those who are away', workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE, args: [input] as [ConversationMailsInput] };
}
