import Handlebars from 'handlebars';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import { allSamples, fullSample, type MailSample } from '../../templates/mail/samples.ts';
import { keptVariables } from '../../templates/mail/variables.ts';
import { type CompiledMail, compileWording, partialsOf } from '../compile.ts';
import type { MailLocale } from '../format.ts';
import { renderCompiled, type RenderedMail } from '../render.ts';
import { builtInWording, type Wording } from '../wording.ts';
import { readExpressions, shapeOf } from './expressions.ts';
import type { Finding } from './finding.ts';
import { readMarkup } from './markup.ts';
import { tagFindings } from './tags.ts';

const longestSource = 60_000;
const longestSubject = 200;

/**
 * Everything that keeps a wording from being published (S4): a single finding is enough. It must be MJML and Handlebars, name only what the mail
 * has, keep the links and figures the mail is for, and render with every sample.
 */
export async function checkWording(template: MailTemplate, locale: MailLocale, wording: Wording): Promise<readonly Finding[]> {
  const subject = checkSubject(wording.subject);
  if (wording.source.length > longestSource) return [...subject, { part: 'source', line: 0, code: 'tooLong', details: { limit: String(longestSource) } }];
  const partials = partialsOf(locale);
  const shape = shapeOf(template, hasLink(template, locale));
  const asked = [readExpressions('subject', wording.subject, shape, partials), readExpressions('source', wording.source, shape, partials)];
  const expressions = asked.flatMap(({ findings }) => findings);
  const tags = tagFindings(wording.source);
  const markup = tags.length > 0 ? { findings: [], html: '' } : await readMarkup(template, locale, wording);
  const broken = [...subject, ...expressions, ...tags, ...markup.findings];
  if (broken.length > 0) return broken;

  const used = new Set(asked.flatMap((one) => [...one.used]));
  const missing: Finding[] = keptVariables(template).filter((name) => !used.has(name)).map((variable) => ({ part: 'source', line: 0, code: 'variableMissing', details: { variable } }));
  const { findings, full } = await renderAll(template, locale, wording);
  if (!full) return [...missing, ...findings];
  const links = linksOf(full.html);
  const lostLinks: Finding[] = [...(await builtInLinks(template, locale))].filter(([address]) => !links.has(address)).map(([, words]) => ({ part: 'source', line: 0, code: 'linkMissing', details: { words } }));
  return [...missing, ...findings, ...lostLinks];
}

function checkSubject(subject: string): Finding[] {
  const say = (code: string, details: Record<string, string> = {}): Finding[] => [{ part: 'subject', line: 1, code, details }];
  if (subject.trim() === '') return say('subjectMissing');
  if (/[\r\n]/.test(subject)) return say('subjectLines');
  return subject.length > longestSubject ? say('subjectTooLong', { limit: String(longestSubject) }) : [];
}

/** Whether the mail comes with a link of its own: its built-in wording says. */
export function hasLink(template: MailTemplate, locale: MailLocale): boolean {
  return /\{\{\s*link\s*\}\}/.test(builtInWording(template, locale).source.replace(/\{\{#each[\s\S]*?\{\{\/each\}\}/g, ''));
}

/** One wording on one sample, its links shown as examples. @throws Error when it cannot be rendered */
export async function renderSample(template: MailTemplate, locale: MailLocale, wording: Wording, sample: MailSample): Promise<RenderedMail> {
  return onSample(await compileWording(template, locale, wording), sample);
}

function onSample(compiled: CompiledMail, sample: MailSample): RenderedMail {
  return renderCompiled(compiled, { ...sample, linkUrl: (linkId) => `https://off-works.example/l/${encodeURIComponent(linkId)}`, consoleUrl: (path) => `https://off-works.example${path}` });
}

async function renderAll(template: MailTemplate, locale: MailLocale, wording: Wording): Promise<{ findings: Finding[]; full: RenderedMail | null }> {
  try {
    const compiled = await compileWording(template, locale, wording);
    const rendered = allSamples(template, locale).map((sample) => onSample(compiled, sample));
    const findings: Finding[] = [];
    if (rendered.some(({ subject, html }) => /\bNaN\b|\[object |\bundefined\b/.test(`${subject} ${html}`))) findings.push({ part: 'source', line: 0, code: 'printsNonsense', details: {} });
    if (rendered.some(({ subject }) => subject === '')) findings.push({ part: 'subject', line: 1, code: 'subjectEmptySometimes', details: {} });
    return { findings, full: rendered[0] ?? null };
  } catch (cause) {
    return { findings: [{ part: 'source', line: 0, code: 'rendersNot', details: { cause: cause instanceof Handlebars.Exception ? cause.message : String((cause as Error).message) } }], full: null };
  }
}

/** The addresses a mail's links lead to. */
function linksOf(html: string): Map<string, string> {
  return new Map([...html.matchAll(/<a\b[^>]*?href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, address = '', words = '']) => [address, words.replace(/<[^>]+>|\s+/g, ' ').trim()]));
}

async function builtInLinks(template: MailTemplate, locale: MailLocale): Promise<Map<string, string>> {
  return linksOf((await renderSample(template, locale, builtInWording(template, locale), fullSample(template, locale))).html);
}
