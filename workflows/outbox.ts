import { condition } from '@temporalio/workflow';
import { remote } from './proxies.ts';

export interface Outbox {
  /** Queues mails that a transaction has written; they leave together, after the answer. */
  add(mailIds: readonly string[]): void;
  /** Waits until everything has left. */
  emptied(): Promise<void>;
}

/** One delivery at a time, in order, beside whatever the workflow is doing. Mails added meanwhile leave with the next one. */
export function openOutbox(): Outbox {
  const waiting: string[] = [];
  let delivering = false;

  const deliver = async (): Promise<void> => {
    delivering = true;
    while (waiting.length > 0) {
      const mailIds = waiting.splice(0);
      await remote.deliverMails.executeWithOptions({ summary: mailIds.length === 1 ? 'send 1 e-mail' : `send ${mailIds.length} e-mails` }, [{ mailIds }]);
    }
    delivering = false;
  };

  return {
    add(mailIds) {
      waiting.push(...mailIds);
      if (waiting.length > 0 && !delivering) void deliver();
    },
    emptied: () => condition(() => !delivering && waiting.length === 0),
  };
}
