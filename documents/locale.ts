import type { DocumentLocale } from './kinds.ts';

/** French first: any other language the documents do not speak is answered in French. */
export function documentLocale(locale: string): DocumentLocale {
  return locale === 'en' ? 'en' : 'fr';
}
