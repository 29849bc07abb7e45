import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DocumentLocale } from './kinds.ts';

export const documentTemplates = fileURLToPath(new URL('../templates/documents/', import.meta.url));

/** The words of the documents in one language: sentences with {slots}, under dotted keys. */
export interface Words {
  readonly months: readonly string[];
  /** The first day of a month. */
  readonly first: string;
  /** Between a day and an hour. */
  readonly at: string;
  /** By ISO code; a country not in the list is shown by its code. */
  readonly countries: Readonly<Record<string, string>>;
  readonly say: Readonly<Record<string, string>>;
}

const loaded: Record<DocumentLocale, Words> = { fr: load('fr'), en: load('en') };

export function wordsOf(locale: DocumentLocale): Words {
  return loaded[locale];
}

/**
 * One sentence with its slots filled. An unknown sentence, a missing slot or one too many is an error:
 * a legal mention must not disappear because of a typing mistake.
 */
export function say(locale: DocumentLocale, key: string, slots: Readonly<Record<string, string | number>> = {}): string {
  const sentence = loaded[locale].say[key];
  if (sentence === undefined) throw new Error(`no words for ${key} in ${locale}`);
  const unused = new Set(Object.keys(slots));
  const filled = sentence.replace(/\{(\w+)\}/g, (_slot, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`${key} in ${locale} needs {${name}}`);
    unused.delete(name);
    return String(value);
  });
  if (unused.size > 0) throw new Error(`${key} in ${locale} has no slot for ${[...unused].join(', ')}`);
  return filled;
}

function load(locale: DocumentLocale): Words {
  return JSON.parse(readFileSync(`${documentTemplates}${locale}.json`, 'utf8')) as Words;
}
