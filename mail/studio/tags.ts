import type { Finding } from './finding.ts';

const closedByThemselves = new Set(['br', 'hr', 'img', 'col', 'wbr', 'meta', 'link', 'input']);
const tag = /<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*?)(\/?)>/g;

/** Tags opened and never closed, or closed and never opened: MJML repairs them in silence, and loses words on the way. */
export function tagFindings(source: string): Finding[] {
  const text = blank(blank(source, /<!--[\s\S]*?-->/g), /\{\{[\s\S]*?\}\}/g);
  const open: { name: string; line: number }[] = [];
  const finding = (line: number, code: string, name: string): Finding => ({ part: 'source', line, code, details: { tag: name } });
  for (const match of text.matchAll(tag)) {
    const [, closing, name = '', , selfClosed] = match;
    const line = lineAt(text, match.index);
    if (selfClosed || closedByThemselves.has(name)) continue;
    if (!closing) {
      open.push({ name, line });
      continue;
    }
    const last = open.pop();
    if (!last) return [finding(line, 'tagNotOpened', name)];
    if (last.name !== name) return [finding(last.line, 'tagNotClosed', last.name)];
  }
  return open.slice(-1).map((last) => finding(last.line, 'tagNotClosed', last.name));
}

/** Takes a part of the text out without moving its lines. */
export function blank(text: string, part: RegExp): string {
  return text.replace(part, (found) => found.replace(/[^\n]/g, ' '));
}

/** The line, from 1, of a place in the text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
