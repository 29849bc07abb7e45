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

const engines: Record<PageLocale, Map<string, Handlebars.TemplateDelegate>> = { fr: compileAll('fr'), en: compileAll('en') };

/** One whole page, in its layout. */
export function renderPage(template: string, view: PageView & Record<string, unknown>): string {
  const compiled = engines[view.locale];
  const body = compiled.get(template)?.(shown(view));
  return compiled.get('layout')?.({ ...shown(view), body, template }) ?? '';
}

/** The sentence a person reads for a problem. */
export function sentenceOf(problem: Problem, locale: PageLocale): string {
  return Handlebars.create().compile(problemTexts[locale][problem.code] ?? problemTexts[locale].stage_changed ?? '', { noEscape: true })(problem.details, { helpers: mailHelpers(locale) });
}

function shown(view: PageView): Record<string, unknown> {
  return { ...view, sentence: view.problem ? sentenceOf(view.problem, view.locale) : null };
}

function compileAll(locale: PageLocale): Map<string, Handlebars.TemplateDelegate> {
  const engine = Handlebars.create();
  const texts = pageTexts[locale];
  engine.registerHelper({
    ...mailHelpers(locale),
    t: (key: string, options: Handlebars.HelperOptions) =>
      Handlebars.create().compile(texts[key] ?? key, { noEscape: true })(options.hash as object, { helpers: mailHelpers(locale) }),
    state: (lifecycle: string, state: string) => stateTexts[locale][lifecycle]?.[state] ?? state,
    amount: (cents: number | null) => (cents === null ? '' : new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: 2 }).format(cents / 100)),
    quantity: (milli: number) => new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB').format(milli / 1000),
    and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
    or: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
    not: (value: unknown) => !value,
    add: (a: number, b: number) => a + b,
    includes: (list: unknown, value: unknown) => (Array.isArray(list) ? list : [list]).includes(value),
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
      const fields = root.problem?.code === 'form_invalid' ? String(root.problem.details.fields ?? '').split(', ') : [];
      return typedFor(options, act) && fields.some((field) => field === name || field.startsWith(`${name}.`)) ? 'true' : 'false';
    },
  });
  const sources = (path: string): [string, string][] =>
    readdirSync(path).filter((file) => file.endsWith('.hbs')).map((file) => [file.replace('.hbs', ''), readFileSync(`${path}/${file}`, 'utf8')]);
  for (const [name, source] of sources(`${folder}partials`)) engine.registerPartial(name, source);
  return new Map(sources(folder).map(([name, source]) => [name, engine.compile(source)]));
}

function rootOf(options: Handlebars.HelperOptions): PageView {
  return (options.data as { root: PageView }).root;
}

function typedFor(options: Handlebars.HelperOptions, act: string): Typed | null {
  const { typed } = rootOf(options);
  return typed?.act === act ? typed : null;
}
