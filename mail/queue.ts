import { createHash } from 'node:crypto';
import type { Prisma } from '@prisma/client';
import { closingOf, writeMails, type MailRow } from '../database/closing.ts';
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
  /** Kept documents that go with it, as PDF files. */
  readonly attached?: readonly string[];
  /** ms */
  readonly at: number;
}

/** Writes a mail to send, in the transaction that causes it, and returns its id; the same key is the same mail (W4). */
export async function queueMail<T extends MailTemplate>(tx: Tx, mail: NewMail<T>): Promise<string> {
  const row = rowOf(mail);
  const closing = closingOf(tx);
  if (closing) closing.mails.push(row);
  else await writeMails(tx, [row]);
  return row.id;
}

/** The same for a crowd, in one statement: the ids, in their order. */
export async function queueMails<T extends MailTemplate>(tx: Tx, mails: readonly NewMail<T>[]): Promise<string[]> {
  const rows = mails.map(rowOf);
  await writeMails(tx, rows);
  return rows.map(({ id }) => id);
}

function rowOf<T extends MailTemplate>(mail: NewMail<T>): MailRow {
  const id = idOf(mail.key);
  return {
    id, key: mail.key, template: mail.template, locale: mail.to.locale, toEmail: mail.to.email, toName: mail.to.name, toKind: mail.to.kind,
    toId: mail.to.id, messageId: `<${id}@off-works>`, projectId: mail.projectId ?? null, createdAt: new Date(mail.at),
    data: { ...(mail.data as Prisma.InputJsonObject), linkId: mail.linkId ?? null, consolePath: mail.consolePath ?? null, ...(mail.attached?.length ? { attached: [...mail.attached] } : {}) },
  };
}

/** Made of the key, in the shape of a UUID (RFC 9562, version 8): whoever queues the same mail again knows its id without asking. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(`mail/${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
