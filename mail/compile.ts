import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import { mailHelpers, type MailLocale } from './format.ts';
import { plainText } from './plain-text.ts';
import { builtInWording, templatesFolder, wordingPath, type Wording } from './wording.ts';

export interface CompiledMail {
  readonly subject: Handlebars.TemplateDelegate;
  readonly html: Handlebars.TemplateDelegate;
  /** The same words without their page; the lines are not cut yet. */
  readonly text: Handlebars.TemplateDelegate;
}

/** A wording written in the console (S4). Its text never changes, so its id is enough to know it by. */
export interface WrittenWording extends Wording {
  readonly id: string;
}

const engines = new Map<MailLocale, typeof Handlebars>();
const compiled = new Map<string, Promise<CompiledMail>>();

/**
 * A wording ready to render, the built-in one when none is given: its MJML is compiled once per process.
 * A variable it lacks is an error, not a blank.
 */
export function compiledMail(template: MailTemplate, locale: MailLocale, written: WrittenWording | null): Promise<CompiledMail> {
  const key = written?.id ?? `${locale}/${template}`;
  const known = compiled.get(key);
  if (known) return known;
  const fresh = compileWording(template, locale, written ?? builtInWording(template, locale));
  compiled.set(key, fresh);
  fresh.catch(() => compiled.delete(key));
  return fresh;
}

/** Compiles any wording, kept nowhere. @throws Error of MJML (with `errors`, by line) or of Handlebars. */
export async function compileWording(template: MailTemplate, locale: MailLocale, { subject, source }: Wording): Promise<CompiledMail> {
  const engine = engineFor(locale);
  const html = await htmlOf(template, locale, { subject, source });
  return {
    subject: engine.compile(subject, { strict: true, noEscape: true }),
    html: engine.compile(html, { strict: true }),
    // Made of the page before it is filled in: reading the page of each mail again would cost several times its rendering.
    text: engine.compile(plainText(withPieces(html, locale)), { strict: true, noEscape: true }),
  };
}

/** A page with the pieces it shares with others in their place. */
function withPieces(html: string, locale: MailLocale): string {
  const pieces = piecesOf(locale);
  return html.replace(/\{\{>\s*([\w-]+)\s*\}\}/g, (whole, name: string) => pieces[name] ?? whole);
}

const pieces = new Map<MailLocale, Readonly<Record<string, string>>>();

function piecesOf(locale: MailLocale): Readonly<Record<string, string>> {
  const known = pieces.get(locale) ?? partialsOf(locale);
  pieces.set(locale, known);
  return known;
}

/** The HTML of a wording, its Handlebars still in it. On its first line stays what was there, so that MJML's lines are the writer's. */
export async function htmlOf(template: MailTemplate, locale: MailLocale, { subject, source }: Wording): Promise<string> {
  const titled = source.replace(/<mj-head>/, (head) => `${head}<mj-title>${subject.replaceAll('<', '&lt;')}</mj-title>`);
  const { html, errors } = await mjml2html(titled, { filePath: wordingPath(template, locale), ignoreIncludes: false, includePath: templatesFolder, validationLevel: 'strict', keepComments: false });
  if (errors.length > 0) throw new Error(`${template} in ${locale}: ${errors.map((error) => error.formattedMessage).join('; ')}`);
  return html;
}

/** The pieces shared by many mails (hello, figures …), by name. */
export function partialsOf(locale: MailLocale): Readonly<Record<string, string>> {
  const partials = `${templatesFolder}${locale}/partials/`;
  return Object.fromEntries(readdirSync(partials).map((file) => [file.replace('.hbs', ''), readFileSync(`${partials}${file}`, 'utf8').trim()]));
}

function engineFor(locale: MailLocale): typeof Handlebars {
  const known = engines.get(locale);
  if (known) return known;
  const engine = Handlebars.create();
  engine.registerHelper(mailHelpers(locale));
  engine.registerPartial(piecesOf(locale));
  engines.set(locale, engine);
  return engine;
}
