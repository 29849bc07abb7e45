import type { MailLocale } from '../../../mail/format.ts';
import type { MailTemplate } from '../../../templates/mail/catalogue.ts';
import { isMailTemplate } from '../../../templates/mail/variables.ts';

/** One e-mail in one language, as the studio's address names it. */
export interface Mail { readonly template: MailTemplate; readonly locale: MailLocale }

/** The e-mail a query names, or null for the list. */
export function asked(query: Readonly<Record<string, string>>): Mail | null {
  const template = query.template ?? '';
  return isMailTemplate(template) ? { template, locale: query.locale === 'en' ? 'en' : 'fr' } : null;
}

export function editorAddress({ template, locale }: Mail, more: Readonly<Record<string, string>> = {}): string {
  return `/console/pages/mailStudio?${new URLSearchParams({ template, locale, ...more }).toString()}`;
}
