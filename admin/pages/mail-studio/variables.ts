import { partialsOf } from '../../../mail/compile.ts';
import { mailHelpers } from '../../../mail/format.ts';
import { hasLink } from '../../../mail/studio/check.ts';
import { fullSample } from '../../../templates/mail/samples.ts';
import { keptVariables, type VariableKind, variablesOf } from '../../../templates/mail/variables.ts';
import type { Speaker } from '../../text.ts';
import type { MailEditor } from '../blocks.ts';
import type { Mail } from './address.ts';
import { variableMeaning } from './finding-words.ts';

const people = ['recipient.name', 'project.title', 'project.ref', 'project.clientName', 'manager.name', 'manager.email', 'manager.phone'];

/** What a wording may name, how it is written, what it means and an example as it prints. */
export function variablesShown(mail: Mail, say: Speaker): MailEditor['variables'] {
  const { data, common } = fullSample(mail.template, mail.locale);
  const kept = keptVariables(mail.template);
  const own = Object.entries(variablesOf(mail.template)).map(([name, kind]) => ({
    name, write: writeOf(name, kind), example: exampleOf(data[name], kind, mail, say), kept: kept.includes(name),
    meaning: variableMeaning(name, say, typeof kind === 'string' ? kind : 'choice'),
  }));
  const shared = people.map((name) => {
    const [owner = '', property = ''] = name.split('.');
    const value = (common as unknown as Record<string, Record<string, string> | null>)[owner]?.[property] ?? '';
    return { name, write: `{{${name}}}`, example: value, kept: false, meaning: variableMeaning(name, say) };
  });
  const link = hasLink(mail.template, mail.locale) ? [{ name: 'link', write: '{{link}}', example: 'https://off-works.example/l/…', kept: true, meaning: variableMeaning('link', say) }] : [];
  return [...link, ...own, ...shared];
}

/** Pieces shared by many mails. */
export function piecesShown({ locale }: Mail): MailEditor['pieces'] {
  return Object.entries(partialsOf(locale)).map(([name, text]) => ({ write: `{{> ${name}}}`, text }));
}

function writeOf(name: string, kind: VariableKind): string {
  if (typeof kind === 'object') return kind.map((choice) => `{{#if (is ${name} "${choice}")}}…{{/if}}`).join('\n');
  switch (kind) {
    case 'cents': return `{{money ${name}}}`;
    case 'optionalCents': return `{{#if ${name}}}{{money ${name}}}{{/if}}`;
    case 'rate': return `{{percent ${name}}}`;
    case 'moment': return `{{day ${name}}}`;
    case 'flag': return `{{#if ${name}}}…{{else}}…{{/if}}`;
    case 'names': return `{{list ${name}}}`;
    case 'mates': return `{{#each ${name}}}{{name}} : <a href="{{link}}">…</a><br>{{/each}}`;
    case 'link': return `<a href="{{${name}}}">…</a>`;
    case 'documentKind': return `{{documentKind ${name}}}`;
    case 'text': case 'count': return `{{${name}}}`;
  }
}

function exampleOf(value: unknown, kind: VariableKind, { locale }: Mail, say: Speaker): string {
  const helpers = mailHelpers(locale) as Record<string, (value: unknown) => string>;
  if (typeof kind === 'object') return kind.join(', ');
  switch (kind) {
    case 'cents': case 'optionalCents': return helpers.money?.(value) ?? '';
    case 'rate': return helpers.percent?.(value) ?? '';
    case 'moment': return helpers.day?.(value) ?? '';
    case 'names': return helpers.list?.(value) ?? '';
    case 'documentKind': return helpers.documentKind?.(value) ?? '';
    case 'flag': return say.say('mailStudio.yesOrNo');
    case 'mates': return (value as { name: string }[]).map(({ name }) => name).join(', ');
    case 'link': return 'https://off-works.example/l/…';
    case 'text': case 'count': return String(value);
  }
}
