import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { mailHelpers } from '../mail/format.ts';
import type { Problem } from '../domain/problem.ts';
import { pageTexts, problemTexts, stateTexts, type PageLocale } from './locale.ts';
import type { Typed } from './page.ts';

const folder = fileURLToPath(new URL('../templates/pages/', import.meta.url));

export interface PageView {
  readonly locale: PageLocale;
  readonly person: { readonly name: string } | null;
  readonly notice?: string;
  readonly problem?: Problem;
  readonly typed?: Typed | null;
  readonly base?: string;
  readonly root?: string;
  readonly path?: string;
}

const compiled = { fr: compileAll('fr'), en: compileAll('en') };
const engines: Record<PageLocale, Map<string, Handlebars.TemplateDelegate>> = { fr: compiled.fr.pages, en: compiled.en.pages };
const parts = { fr: compiled.fr.part, en: compiled.en.part };

/** One whole page, in its layout. */
export function renderPage(template: string, view: PageView & Record<string, unknown>): string {
  const pages = engines[view.locale];
  const body = pages.get(template)?.(shown(view));
  return pages.get('layout')?.({ ...shown(view), body, template }) ?? '';
}

/** One partial by itself: what is added to a page already open. */
export function renderPart(partial: string, locale: PageLocale, view: object): string {
  return parts[locale](partial)(view);
}

/** One sentence of the pages by itself, filled in; the key itself when there is none. */
export function sentence(locale: PageLocale, key: string, values: object = {}): string {
  return compiled[locale].sentence(key)(values);
}

/** The sentence a person reads for a problem. */
export function sentenceOf(problem: Problem, locale: PageLocale): string {
  return Handlebars.create().compile(problemTexts[locale][problem.code] ?? problemTexts[locale].stage_changed ?? '', { noEscape: true })(problem.details, { helpers: mailHelpers(locale) });
}

function shown(view: PageView): Record<string, unknown> {
  const { notice, problem, locale } = view;
  // Of an address: one of our confirmations, or nothing at all.
  const said = notice !== undefined && Object.hasOwn(pageTexts[locale], `done.${notice}`) ? notice : undefined;
  return { ...view, notice: said, sentence: problem ? sentenceOf(problem, locale) : null };
}

function compileAll(locale: PageLocale): { pages: Map<string, Handlebars.TemplateDelegate>; part: (name: string) => Handlebars.TemplateDelegate; sentence: (key: string) => Handlebars.TemplateDelegate } {
  const engine = Handlebars.create();
  const texts = pageTexts[locale];
  const known = new Map<string, Handlebars.TemplateDelegate>();
  // Apart from the pages' own helpers, whose names are words that sentences may use.
  const sentences = Handlebars.create();
  sentences.registerHelper(mailHelpers(locale));
  /** Compiled once: a page calls dozens of them. */
  const sentence = (key: string): Handlebars.TemplateDelegate => {
    const compiled = known.get(key) ?? (Object.hasOwn(texts, key) ? sentences.compile(texts[key] ?? '', { noEscape: true }) : null);
    // A key may come from an address: what is no text of ours is never read as a template.
    if (!compiled) return () => key;
    known.set(key, compiled);
    return compiled;
  };
  const count = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB');
  const shortDay = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: 'short', timeZone: 'Europe/Paris' });
  const amount = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: 2 });
  engine.registerHelper({
    ...mailHelpers(locale),
    t: (key: string, options: Handlebars.HelperOptions) => sentence(key)(options.hash as object),
    state: (lifecycle: string, state: string) => stateTexts[locale][lifecycle]?.[state] ?? state,
    shortDay: (iso: string) => shortDay.format(new Date(iso)),
    amount: (cents: number | null) => (cents === null ? '' : amount.format(cents / 100)),
    quantity: (milli: number) => count.format(milli / 1000),
    either: (one: unknown, other: unknown) => one || other,
    and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
    or: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
    not: (value: unknown) => !value,
    add: (a: number, b: number) => a + b,
    initials: (name: string) => String(name).split(/\s+/).slice(0, 2).map((word) => word.charAt(0).toUpperCase()).join(''),
    includes: (list: unknown, value: unknown) => (Array.isArray(list) ? list : [list]).includes(value),
    array: (...values: unknown[]) => values.slice(0, -1),
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    /** The form's key: the one already posted when the form comes back, a fresh one otherwise. */
    formKey: (act: string, options: Handlebars.HelperOptions) => typedFor(options, act)?.key ?? randomUUID(),
    /** What was typed in a field, or its default. */
    typed: (act: string, name: string, fallback: unknown, options: Handlebars.HelperOptions) => {
      const typed = typedFor(options, act);
      const value = typed ? typed.body[name] : fallback;
      return typeof value === 'string' || typeof value === 'number' ? value : (value ?? '');
    },
    ticked: (act: string, name: string, value: string, options: Handlebars.HelperOptions) => {
      const given = typedFor(options, act)?.body[name];
      return given === value || (Array.isArray(given) && given.includes(value)) ? 'checked' : '';
    },
    invalid: (act: string, name: string, options: Handlebars.HelperOptions) => {
      const root = rootOf(options);
      const fields = String(root.problem?.details.fields ?? '').split(', ').filter(Boolean);
      return typedFor(options, act) && fields.some((field) => field === name || field.startsWith(`${name}.`)) ? 'true' : 'false';
    },
  });
  const sources = (path: string): [string, string][] =>
    readdirSync(path).filter((file) => file.endsWith('.hbs')).map((file) => [file.replace('.hbs', ''), readFileSync(`${path}/${file}`, 'utf8')]);
  for (const [name, source] of sources(`${folder}partials`)) engine.registerPartial(name, source);
  const alone = new Map<string, Handlebars.TemplateDelegate>();
  const part = (name: string): Handlebars.TemplateDelegate => {
    const made = alone.get(name) ?? engine.compile(`{{> ${name}}}`);
    alone.set(name, made);
    return made;
  };
  return { pages: new Map(sources(folder).map(([name, source]) => [name, engine.compile(source)])), part, sentence };
}

function rootOf(options: Handlebars.HelperOptions): PageView {
  return (options.data as { root: PageView }).root;
}

function typedFor(options: Handlebars.HelperOptions, act: string): Typed | null {
  const { typed } = rootOf(options);
  return typed?.act === act ? typed : null;
}
