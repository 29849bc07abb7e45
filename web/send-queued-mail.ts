import { mailActivities } from '../activities/mail.ts';
import type { Deps } from '../deps.ts';

/** Sends a mail that belongs to no workflow, after the answer; the worker's upkeep sends it later if this fails. */
export function sendQueuedMail(deps: Deps, mailId: string): void {
  const { publicUrl, mailFrom, smtpUrl } = deps.config;
  mailActivities({ db: deps.db, secret: deps.secret, publicUrl, mailFrom, smtpUrl })
    .deliverMails({ mailIds: [mailId] })
    .catch((cause: unknown) => deps.log.warn({ err: cause, mailId }, 'this mail will be sent later'));
}
