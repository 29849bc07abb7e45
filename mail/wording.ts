import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import type { MailLocale } from './format.ts';

/** The words of one e-mail in one language: its subject, and its MJML and Handlebars without a title, since the subject is the title. */
export interface Wording {
  readonly subject: string;
  readonly source: string;
}

export const templatesFolder = fileURLToPath(new URL('../templates/mail/', import.meta.url));

export function wordingPath(template: MailTemplate, locale: MailLocale): string {
  return `${templatesFolder}${locale}/${template}.mjml`;
}

/** The wording delivered with the product, in use until another is published (S4). */
export function builtInWording(template: MailTemplate, locale: MailLocale): Wording {
  const file = readFileSync(wordingPath(template, locale), 'utf8');
  const title = /[ \t]*<mj-title>([\s\S]*?)<\/mj-title>[ \t]*\n?/.exec(file);
  return { subject: (title?.[1] ?? '').trim(), source: title ? file.replace(title[0], '') : file };
}
