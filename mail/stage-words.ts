import { readFileSync } from 'node:fs';
import type { MailLocale } from './format.ts';

const read = (locale: MailLocale): Record<string, Record<string, string>> => JSON.parse(readFileSync(new URL(`../locales/${locale}/states.json`, import.meta.url), 'utf8')) as Record<string, Record<string, string>>;
const words = { fr: read('fr'), en: read('en') };

/** A stage of a lifecycle, as people read it. */
export function stageInWords(lifecycle: string, stage: string, locale: MailLocale): string {
  return words[locale][lifecycle]?.[stage] ?? stage;
}
