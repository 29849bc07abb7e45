import type { HelperDelegate } from 'handlebars';

export type MailLocale = 'fr' | 'en';

const zone = 'Europe/Paris';
const tags: Record<MailLocale, string> = { fr: 'fr-FR', en: 'en-GB' };
const documentKinds: Record<MailLocale, Record<string, string>> = {
  fr: { registration: 'immatriculation', urssaf: 'attestation de vigilance URSSAF', insurance: 'assurance professionnelle' },
  en: { registration: 'company registration', urssaf: 'social contributions certificate', insurance: 'professional insurance' },
};

/** A document of a member, as the reader calls it. */
export function documentKindNamed(kind: string, locale: MailLocale): string {
  return documentKinds[locale][kind] ?? kind;
}

/** What templates may call, in the reader's language: amounts in cents, rates in basis points, moments as ISO strings shown in Paris time. */
export function mailHelpers(locale: MailLocale): Record<string, HelperDelegate> {
  const money = new Intl.NumberFormat(tags[locale], { style: 'currency', currency: 'EUR' });
  const percent = new Intl.NumberFormat(tags[locale], { style: 'percent', maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone: zone });
  const moment = new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const list = new Intl.ListFormat(tags[locale], { type: 'conjunction' });
  return {
    money: (cents: number) => money.format(cents / 100),
    percent: (bp: number) => percent.format(bp / 10_000),
    day: (iso: string) => day.format(new Date(iso)),
    moment: (iso: string) => moment.format(new Date(iso)),
    list: (items: readonly string[]) => list.format(items),
    documentKind: (kind: string) => documentKindNamed(kind, locale),
    is: (value: unknown, other: unknown) => value === other,
  };
}
