import { readdirSync, readFileSync } from 'node:fs';
import type { Request, Response } from 'express';

export type PageLocale = 'fr' | 'en';
type Texts = Record<string, string>;

const read = (locale: PageLocale, file: string): unknown => JSON.parse(readFileSync(new URL(`../locales/${locale}/${file}.json`, import.meta.url), 'utf8'));

/** Every file of pages/, one an area. */
const all = (locale: PageLocale): Texts => Object.assign({}, ...readdirSync(new URL(`../locales/${locale}/pages/`, import.meta.url)).map((name) => read(locale, `pages/${name.replace('.json', '')}`))) as Texts;

export const pageTexts = { fr: all('fr'), en: all('en') };
export const problemTexts = { fr: read('fr', 'problems') as Texts, en: read('en', 'problems') as Texts };
export const stateTexts = { fr: read('fr', 'states') as Record<string, Texts>, en: read('en', 'states') as Record<string, Texts> };

const cookie = 'lang';

/** The reader's language: what they chose, else what their browser asks for, else French. */
export function localeOf(request: Request): PageLocale {
  const asked = typeof request.query.lang === 'string' ? request.query.lang : cookiesOf(request).get(cookie);
  if (asked === 'fr' || asked === 'en') return asked;
  return request.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr';
}

/** Keeps a language chosen for good. */
export function rememberChoice(locale: PageLocale, response: Response): void {
  response.cookie(cookie, locale, { sameSite: 'lax', maxAge: 365 * 86_400_000 });
}

/** Remembers the language somebody asked for in the address. */
export function rememberLocale(request: Request, response: Response): void {
  if (request.query.lang === 'fr' || request.query.lang === 'en') {
    rememberChoice(request.query.lang, response);
  }
}

export function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, decodeURIComponent(value.join('='))]));
}
