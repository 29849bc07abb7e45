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
export function say(locale: DocumentLocale, key: string, slots: Slots = {}): string {
  const sentence = loaded[locale].say[key];
  if (sentence === undefined) throw new Error(`no words for ${key} in ${locale}`);
  return filled(sentence, slots, `${key} in ${locale}`);
}

export type Slots = Readonly<Record<string, string | number>>;

/** A sentence with its slots filled; `name` says in an error which one it is. */
export function filled(sentence: string, slots: Slots, name: string): string {
  const unused = new Set(Object.keys(slots));
  const said = sentence.replace(/\{(\w+)\}/g, (_whole, slot: string) => {
    const value = slots[slot];
    if (value === undefined) throw new Error(`${name} needs {${slot}}`);
    unused.delete(slot);
    return String(value);
  });
  if (unused.size > 0) throw new Error(`${name} has no slot for ${[...unused].join(', ')}`);
  return said;
}

function load(locale: DocumentLocale): Words {
  return JSON.parse(readFileSync(`${documentTemplates}${locale}.json`, 'utf8')) as Words;
}
