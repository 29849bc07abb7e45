import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import { mailHelpers, type MailLocale } from './format.ts';

const folder = fileURLToPath(new URL('../templates/mail/', import.meta.url));

export interface CompiledMail {
  readonly subject: Handlebars.TemplateDelegate;
  readonly html: Handlebars.TemplateDelegate;
}

const engines = new Map<MailLocale, typeof Handlebars>();
const compiled = new Map<string, Promise<CompiledMail>>();

/** A template ready to render: its MJML is compiled once per language and process. A variable it lacks is an error, not a blank. */
export function compiledMail(template: MailTemplate, locale: MailLocale): Promise<CompiledMail> {
  const key = `${locale}/${template}`;
  const known = compiled.get(key);
  if (known) return known;
  const fresh = compile(template, locale);
  compiled.set(key, fresh);
  fresh.catch(() => compiled.delete(key));
  return fresh;
}

async function compile(template: MailTemplate, locale: MailLocale): Promise<CompiledMail> {
  const path = `${folder}${locale}/${template}.mjml`;
  const source = readFileSync(path, 'utf8');
  const subject = /<mj-title>([\s\S]*?)<\/mj-title>/.exec(source)?.[1] ?? '';
  const { html, errors } = await mjml2html(source, { filePath: path, ignoreIncludes: false, includePath: folder, validationLevel: 'strict', keepComments: false });
  if (errors.length > 0) throw new Error(`${template} in ${locale}: ${errors.map((error) => error.formattedMessage).join('; ')}`);
  const engine = engineFor(locale);
  return {
    subject: engine.compile(subject, { strict: true, noEscape: true }),
    html: engine.compile(html, { strict: true }),
  };
}

function engineFor(locale: MailLocale): typeof Handlebars {
  const known = engines.get(locale);
  if (known) return known;
  const engine = Handlebars.create();
  engine.registerHelper(mailHelpers(locale));
  const partials = `${folder}${locale}/partials/`;
  for (const file of readdirSync(partials)) engine.registerPartial(file.replace('.hbs', ''), readFileSync(`${partials}${file}`, 'utf8').trim());
  engines.set(locale, engine);
  return engine;
}
