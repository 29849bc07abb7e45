import { readFileSync } from 'node:fs';
import type { DocumentLocale } from '../kinds.ts';

export type DeckWords = (key: string, slots?: Readonly<Record<string, string>>) => string;

const read = (locale: DocumentLocale): Readonly<Record<string, string>> => JSON.parse(readFileSync(new URL(`../../templates/presentation/${locale}.json`, import.meta.url), 'utf8')) as Record<string, string>;
const words = { fr: read('fr'), en: read('en') };

/** The sentences of the slides in one language; one that is not there is an error. */
export function deckWords(locale: DocumentLocale): DeckWords {
  return (key, slots = {}) => {
    const sentence = words[locale][key];
    if (sentence === undefined) throw new Error(`no words for ${key} in ${locale}`);
    return sentence.replace(/\{(\w+)\}/g, (_slot, name: string) => slots[name] ?? '');
  };
}
