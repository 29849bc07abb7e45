import { sleep } from '@temporalio/workflow';
import type { ReminderInput } from './messages.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { standingTeller } from './standing.ts';

/** S4: one entry of one subject in the stage of a rule. It waits once and rings once; whether it still may is read in the transaction that rings it. */
export async function reminderRule({ firingId, ref, stage, dueAt }: ReminderInput): Promise<{ state: string }> {
  const tellStanding = standingTeller();
  const outbox = openOutbox();
  const wait = dueAt - Date.now();
  if (wait > 0) {
    tellStanding({ stage: 'waiting', nextDeadline: dueAt, details: `**${ref}** · rings if it is still ${stage}.` });
    await sleep(wait, { summary: `${ref} still ${stage}?` });
  }
  const { state, mailIds } = await local.ringReminder.executeWithOptions({ summary: 'ring, unless it has left' }, [{ firingId, at: Date.now() }]);
  outbox.add(mailIds);
  await outbox.emptied();
  tellStanding({ stage: state, nextDeadline: null, details: `**${ref}** · ${state}.` });
  return { state };
}
