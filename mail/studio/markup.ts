import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import { htmlOf } from '../compile.ts';
import type { MailLocale } from '../format.ts';
import type { Wording } from '../wording.ts';
import type { Finding } from './finding.ts';
import { blank, lineAt } from './tags.ts';

const included = ['../theme.mjml', '../header.mjml', '../footer.mjml'];
/** Nothing in a mail runs, and nothing is taken from elsewhere than the product's own pieces. */
const forbidden: readonly [RegExp, string][] = [
  [/<script\b/gi, 'script'], [/\son[a-z]+\s*=/gi, 'script'], [/javascript:/gi, 'script'], [/<(?:iframe|object|embed|form)\b/gi, 'script'], [/<mj-title\b/g, 'titleInSource'],
];

/** What is wrong with the MJML, each time with its line; `html` when it compiles. */
export async function readMarkup(template: MailTemplate, locale: MailLocale, wording: Wording): Promise<{ findings: readonly Finding[]; html: string }> {
  const source = blank(wording.source, /<!--[\s\S]*?-->/g);
  const findings: Finding[] = [];
  const say = (index: number, code: string, details: Record<string, string> = {}): void => { findings.push({ part: 'source', line: lineAt(source, index), code, details }); };
  for (const [pattern, code] of forbidden) for (const { index } of source.matchAll(pattern)) say(index, code);
  for (const { index, 1: path = '' } of source.matchAll(/<mj-include\b[^>]*?path\s*=\s*["']([^"']*)["']/g)) {
    if (!included.includes(path)) say(index, 'includeUnknown', { path, known: included.join(', ') });
  }
  const root = /<mjml\b[^>]*>/.exec(source);
  if (!root) return { findings: [...findings, { part: 'source', line: 1, code: 'notMjml', details: {} }], html: '' };
  if (!new RegExp(`\\blang=["']${locale}["']`).test(root[0])) say(root.index, 'langWrong', { locale });
  if (!source.includes('<mj-head>')) say(root.index, 'headMissing');
  if (findings.length > 0) return { findings, html: '' };
  try {
    const html = await htmlOf(template, locale, wording);
    return { findings: lost(source, html), html };
  } catch (cause) {
    return { findings: mjmlFindings(cause), html: '' };
  }
}

/** Expressions between two tags vanish when MJML is compiled, conditions included. */
function lost(source: string, html: string): Finding[] {
  const findings: Finding[] = [];
  const tight = (text: string): string => text.replace(/\s+/g, '');
  const kept = tight(html);
  for (const { index, 0: expression } of source.matchAll(/\{\{[\s\S]*?\}\}/g)) {
    if (!kept.includes(tight(expression)) || betweenTags(source, index)) findings.push({ part: 'source', line: lineAt(source, index), code: 'expressionLost', details: { expression } });
  }
  return findings;
}

const structure = new Set(['mjml', 'mj-head', 'mj-body', 'mj-section', 'mj-column', 'mj-wrapper', 'mj-group', 'mj-hero', 'mj-attributes']);

/** Is this place directly inside a tag that holds only other tags? */
function betweenTags(source: string, index: number): boolean {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosed] of source.slice(0, index).matchAll(/<(\/?)(mj[\w-]*)(?:"[^"]*"|'[^']*'|[^"'<>])*?(\/?)>/g)) {
    if (closing) open.pop();
    else if (!selfClosed) open.push(name);
  }
  // In the middle of a tag, it is in one of its attributes.
  if (source.lastIndexOf('<', index) > source.lastIndexOf('>', index)) return false;
  return structure.has(open.at(-1) ?? '');
}

function mjmlFindings(cause: unknown): Finding[] {
  const { errors } = cause as { errors?: readonly { line: number; message: string; tagName: string }[] };
  if (!errors) return [{ part: 'source', line: 0, code: 'mjmlUnreadable', details: {} }];
  return errors.map(({ line, message, tagName }) => ({ part: 'source', line, ...mjmlWords(message, tagName) }));
}

function mjmlWords(message: string, tag: string): Pick<Finding, 'code' | 'details'> {
  if (message.includes("doesn't exist")) return { code: 'mjmlElementUnknown', details: { tag } };
  const attribute = /^Attributes? (.+?) (?:is|are) illegal/.exec(message);
  if (attribute) return { code: 'mjmlAttributeUnknown', details: { tag, attribute: String(attribute[1]) } };
  const place = /cannot be used inside (\S+?),? only inside: (.+)$/.exec(message);
  if (place) return { code: 'mjmlMisplaced', details: { tag, parent: String(place[1]), allowed: String(place[2]) } };
  const value = /^Attribute (\S+) has invalid value: (.+?) for type/.exec(message);
  if (value) return { code: 'mjmlValueWrong', details: { tag, attribute: String(value[1]), value: String(value[2]) } };
  return { code: 'mjmlOther', details: { tag, message } };
}
