import { continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { messagesWait, type ConversationMailsInput } from './messages.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { standingTeller } from './standing.ts';

/**
 * C7: what was said while somebody is away. It waits once for all the messages of the meantime, tells each of those who have not read them in one e-mail,
 * and ends unless newer ones wait by then. Only the first message of a wait is told to it: a long talk makes no long history.
 */
export async function conversationMails(input: ConversationMailsInput): Promise<{ mails: number }> {
  const tellStanding = standingTeller();
  const outbox = openOutbox();
  let dueAt: number | null = input.dueAt;
  let mails = input.mails ?? 0;
  setHandler(messagesWait, (news) => void (dueAt ??= news.dueAt));
  while (dueAt !== null) {
    const wait: number = dueAt - Date.now();
    if (wait > 0) {
      tellStanding({ stage: 'waiting', nextDeadline: dueAt, details: 'Messages wait for those who are away.' });
      await sleep(wait, { summary: 'tell those who are away' });
    }
    dueAt = null;
    const answer = await local.mailAway.executeWithOptions({ summary: 'one e-mail for each who has not read' }, [{ conversationId: input.conversationId, at: Date.now() }]);
    mails += answer.mailIds.length;
    outbox.add(answer.mailIds);
    await outbox.emptied();
    dueAt ??= answer.dueAt;
    if (dueAt !== null && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof conversationMails>({ ...input, dueAt, mails });
  }
  tellStanding({ stage: 'told', nextDeadline: null, details: `Everybody is told: ${mails} e-mails.` });
  return { mails };
}
