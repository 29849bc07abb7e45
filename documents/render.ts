import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { day, iban, money, parisMoment, parisTime, quantity, rate, registrationNumber, utcMoment } from './format.ts';
import type { DocumentData, DocumentDraft, DocumentKind, DocumentLocale, Lapse, LineKind } from './kinds.ts';
import { documentTemplates, say, wordsOf } from './words.ts';

/** The templates, compiled once per language: the words are bound when they are compiled, so that a template never asks for a language. */
const compiled: Record<DocumentLocale, Record<DocumentKind, Handlebars.TemplateDelegate>> = { fr: compileAll('fr'), en: compileAll('en') };

/**
 * One document as self-contained HTML: nothing is fetched, run or looked up when it is read, today or in ten years.
 * The same data gives the same bytes, hence the same SHA-256: no clock, no chance, no platform formatting.
 * A field the data lacks is an error, never a blank.
 */
export function renderDocument<Kind extends DocumentKind>(kind: Kind, data: DocumentData[Kind], locale: DocumentLocale): string {
  return compiled[locale][kind]({ ...data, documentTitle: documentTitle(kind, data, locale) });
}

/** How a document is called in lists, e-mails and file names. */
export function documentTitle<Kind extends DocumentKind>(kind: Kind, data: DocumentData[Kind], locale: DocumentLocale): string {
  const { data: d, kind: k } = { kind, data } as unknown as DocumentDraft;
  switch (k) {
    case 'client_quote': return say(locale, 'quote.title', { number: d.number, version: d.version });
    case 'member_quote': return say(locale, 'member_quote.title', { member: d.member.name, ref: d.roundRef, version: d.version });
    case 'signature_certificate': return say(locale, 'certificate.title', { number: d.quote.number, version: d.quote.version });
    case 'preview': return say(locale, 'preview.title', { ref: d.ref, version: d.version });
    case 'referral_statement': return say(locale, 'referrals.title', { member: d.member.name, day: day(d.drawnOn, locale) });
    case 'member_invoice':
    case 'client_invoice': return say(locale, `invoice.title.${d.kind}`, { number: d.number ?? '' });
    case 'credit_note': return say(locale, 'credit.title', { number: d.number });
    case 'dunning_letter': return say(locale, `dunning.doc.${d.tone}`, { reference: d.reference });
    case 'payout_advice': return say(locale, 'payout.title', { reference: d.reference });
    case 'statement': return say(locale, 'statement.title', { client: d.client.name, from: day(d.from, locale), until: day(d.until, locale) });
  }
}

function compileAll(locale: DocumentLocale): Record<DocumentKind, Handlebars.TemplateDelegate> {
  const engine = Handlebars.create();
  const helpers = helpersIn(locale);
  engine.registerHelper(helpers);
  const options: CompileOptions = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
  };
  const sources = new Map(
    readdirSync(documentTemplates)
      .filter((file) => file.endsWith('.hbs'))
      .sort()
      .map((file) => [file.slice(0, -'.hbs'.length), readFileSync(`${documentTemplates}${file}`, 'utf8')]),
  );
  for (const [name, source] of sources) engine.registerPartial(name, engine.compile(strictly(source), options));
  const templateOf = (kind: DocumentKind) => {
    const source = sources.get(kind);
    if (source === undefined) throw new Error(`no template for ${kind}`);
    return engine.compile(strictly(source), options);
  };
  return {
    client_quote: templateOf('client_quote'),
    member_quote: templateOf('member_quote'),
    signature_certificate: templateOf('signature_certificate'),
    preview: templateOf('preview'),
    member_invoice: templateOf('member_invoice'),
    client_invoice: templateOf('client_invoice'),
    credit_note: templateOf('credit_note'),
    dunning_letter: templateOf('dunning_letter'),
    payout_advice: templateOf('payout_advice'),
    statement: templateOf('statement'),
    referral_statement: templateOf('referral_statement'),
  };
}

/**
 * Handlebars' strict mode looks at `{{field}}` only: `{{#if field}}` takes a missing field for an empty one, and a mention of the law would
 * be left out in silence. Here the fields given to helpers, blocks and partials must exist as well.
 */
function strictly(source: string): hbs.AST.Program {
  const program = Handlebars.parse(source);
  const require = (value: hbs.AST.Node): void => {
    const path = value as hbs.AST.PathExpression & { strict?: boolean };
    if (path.type === 'PathExpression' && !path.data && path.parts.length > 0) path.strict = true;
  };
  class RequireFields extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void { given(node); super.MustacheStatement(node); }
    override BlockStatement(node: hbs.AST.BlockStatement): void { given(node); super.BlockStatement(node); }
    override SubExpression(node: hbs.AST.SubExpression): void { given(node); super.SubExpression(node); }
    override PartialStatement(node: hbs.AST.PartialStatement): void { given(node); super.PartialStatement(node); }
    override PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void { given(node); super.PartialBlockStatement(node); }
  }
  const given = (node: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }): void => {
    node.params.forEach(require);
    for (const { value } of node.hash?.pairs ?? []) require(value);
  };
  new RequireFields().accept(program);
  return program;
}

interface CountedLine { readonly amountCents: number; readonly offered: boolean }
const charged = (lines: readonly CountedLine[]): number => lines.reduce((sum, { amountCents, offered }) => (offered ? sum : sum + amountCents), 0);

function helpersIn(locale: DocumentLocale): Record<string, Handlebars.HelperDelegate> {
  return {
    lang: () => locale,
    say: (key: string, options: Handlebars.HelperOptions) => say(locale, key, options.hash as Record<string, string>),
    join: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    same: (left: unknown, right: unknown) => left === right,
    not: (value: unknown) => !value,
    several: (list: readonly unknown[]) => list.length > 1,
    either: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
    money: (cents: number) => money(cents, locale),
    taken: (cents: number) => money(-cents, locale),
    less: (cents: number, takenCents: number) => money(cents - takenCents, locale),
    /** What a table comes to with this line, for the foot of a page it goes past. */
    soFar: (lines: readonly CountedLine[], at: number) => money(charged(lines.slice(0, at + 1)), locale),
    soFarIn: (sections: readonly { readonly lines: readonly CountedLine[] }[], section: number, at: number) =>
      money(charged([...sections.slice(0, section).flatMap(({ lines }) => lines), ...(sections[section]?.lines ?? []).slice(0, at + 1)]), locale),
    soFarOf: (lines: readonly Readonly<Record<string, number>>[], field: string, at: number) => money(lines.slice(0, at + 1).reduce((sum, line) => sum + (line[field] ?? Number.NaN), 0), locale),
    rate: (bp: number) => rate(bp, locale),
    quantity: (milli: number) => quantity(milli, locale),
    /** « 2,5 j » for days, « 3 » for the rest. */
    counted: (kind: LineKind, milli: number) =>
      kind === 'days' ? say(locale, 'quote.unit.days', { quantity: quantity(milli, locale) }) : quantity(milli, locale),
    day: (value: string) => day(value, locale),
    parisMoment: (value: string) => parisMoment(value, locale),
    parisTime: (value: string) => parisTime(value, locale),
    utcMoment,
    digits: registrationNumber,
    iban,
    country: (code: string) => wordsOf(locale).countries[code] ?? code,
    /** Inside a CSS string: nothing that could end it. */
    printable: (text: string) => new Handlebars.SafeString(text.replace(/[^\p{L}\p{N} .,’\u00a0\u202f–-]/gu, '')),
    lapse: ({ unit, count }: Lapse) => say(locale, `lapse.${unit}.${count < 2 && locale === 'fr' || count === 1 ? 'one' : 'many'}`, { count }),
  };
}
