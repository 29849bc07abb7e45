import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/open.ts';
import type { Recipient } from '../database/recipients.ts';
import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';

export interface NewMail<T extends MailTemplate> {
  /** Made of the deed, the template and the reader: queued once. */
  readonly key: string;
  readonly template: T;
  readonly to: Recipient;
  readonly data: MailData[T];
  /** The button's link. */
  readonly linkId?: string;
  /** The button's page in the console, for staff. */
  readonly consolePath?: string;
  readonly projectId?: string | null;
  /** ms */
  readonly at: number;
}

/** Writes a mail to send, in the transaction that causes it, and returns its id; the same key is the same mail (W4). */
export async function queueMail<T extends MailTemplate>(tx: Tx, mail: NewMail<T>): Promise<string> {
  const id = randomUUID();
  const written = await tx.mail.createMany({
    skipDuplicates: true,
    data: {
      id, key: mail.key, template: mail.template, locale: mail.to.locale, toEmail: mail.to.email, toName: mail.to.name, toKind: mail.to.kind,
      toId: mail.to.id, messageId: `<${id}@off-works>`, projectId: mail.projectId ?? null, createdAt: new Date(mail.at),
      data: { ...mail.data, linkId: mail.linkId ?? null, consolePath: mail.consolePath ?? null },
    },
  });
  if (written.count === 1) return id;
  return (await tx.mail.findUniqueOrThrow({ where: { key: mail.key }, select: { id: true } })).id;
}
