import type { Db } from '../database/open.ts';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import type { WrittenWording } from './compile.ts';
import type { MailLocale } from './format.ts';

/** The wording a mail queued now would leave with (S4): null for the built-in one. */
export async function publishedWording(db: Db, template: MailTemplate, locale: MailLocale): Promise<WrittenWording | null> {
  return db.mailTemplateVersion.findFirst({ where: { template, locale, state: 'published' }, select: { id: true, subject: true, source: true } });
}
