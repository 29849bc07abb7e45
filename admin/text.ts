import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { type Problem } from '../domain/problem.ts';
import { mailHelpers } from '../mail/format.ts';

export type ConsoleLocale = 'fr' | 'en';
type Texts = Record<string, string>;

const read = <T>(locale: ConsoleLocale, file: string): T => JSON.parse(readFileSync(new URL(`../locales/${locale}/${file}.json`, import.meta.url), 'utf8')) as T;
const folder = (locale: ConsoleLocale): string[] => readdirSync(new URL(`../locales/${locale}/console/`, import.meta.url)).map((name) => `console/${name.replace('.json', '')}`);
/** Every file of console/, one an area. */
const all = (locale: ConsoleLocale): Texts => Object.assign({}, ...folder(locale).map((file) => read<Texts>(locale, file))) as Texts;
const texts = { fr: all('fr'), en: all('en') };
const problems = { fr: read<Texts>('fr', 'problems'), en: read<Texts>('en', 'problems') };
const states = { fr: read<Record<string, Texts>>('fr', 'states'), en: read<Record<string, Texts>>('en', 'states') };

export interface Speaker {
  readonly locale: ConsoleLocale;
  /** A text of locales/…/console/, filled in; the key itself when there is none. */
  say(key: string, values?: Record<string, unknown>): string;
  has(key: string): boolean;
  state(lifecycle: string, state: string): string;
  problem(problem: Problem): string;
  money(cents: number): string;
  day(date: Date | null): string;
  moment(date: Date | null): string;
}

export function speaker(locale: ConsoleLocale): Speaker {
  const helpers = mailHelpers(locale) as Record<string, (value: unknown) => string>;
  const fill = (text: string, values: object): string => Handlebars.compile(text, { noEscape: true })(values, { helpers });
  return {
    locale,
    say: (key, values = {}) => fill(texts[locale][key] ?? key, values),
    has: (key) => key in texts[locale],
    state: (lifecycle, state) => states[locale][lifecycle]?.[state] ?? state,
    problem: (problem) => fill(problems[locale][problem.code] ?? problems[locale].stage_changed ?? '', problem.details),
    money: (cents) => helpers.money?.(cents) ?? '',
    day: (date) => (date ? (helpers.day?.(date.toISOString()) ?? '') : ''),
    moment: (date) => (date ? (helpers.moment?.(date.toISOString()) ?? '') : ''),
  };
}

/** The language the console's page is shown in, as its components say. */
export function localeAsked(request: { query?: Record<string, unknown> } | undefined): ConsoleLocale {
  return request?.query?.lang === 'en' ? 'en' : 'fr';
}

