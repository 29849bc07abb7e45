import type { Tx } from './open.ts';

/** What these mails said and to whom is taken away; those that have not left yet do not leave any more. `keys`: as they were queued. */
export async function forgetMails(tx: Tx, keys: readonly string[]): Promise<void> {
  const key = { in: [...keys] };
  await tx.mail.updateMany({ where: { key, state: { not: 'queued' } }, data: { toEmail: '', toName: '', subject: '', data: {}, html: null, text: null } });
  await tx.mail.deleteMany({ where: { key, state: 'queued' } });
}
