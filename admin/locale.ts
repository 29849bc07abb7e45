import { readFileSync } from 'node:fs';

const read = (locale: string): object => JSON.parse(readFileSync(new URL(`../locales/${locale}/adminjs.json`, import.meta.url), 'utf8')) as object;

/** AdminJS's own words and ours, French first. */
export const adminLocale = {
  language: 'fr',
  availableLanguages: ['fr', 'en'],
  localeDetection: false,
  withBackend: false,
  translations: { fr: read('fr'), en: read('en') },
};
