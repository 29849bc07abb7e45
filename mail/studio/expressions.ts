import Handlebars from 'handlebars';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import { variablesOf, type VariableKind } from '../../templates/mail/variables.ts';
import type { Finding } from './finding.ts';

interface Shape { readonly [name: string]: VariableKind | Shape }
type Known = VariableKind | Shape;
type Part = Finding['part'];

const common: Shape = {
  recipient: { name: 'text' },
  project: { ref: 'text', title: 'text', clientName: 'text' },
  manager: { name: 'text', email: 'text', phone: 'text' },
};
const mate: Shape = { name: 'text', link: 'link' };

/** What each helper prints. */
const printers: Readonly<Record<string, readonly VariableKind[]>> = {
  money: ['cents', 'optionalCents'], percent: ['rate'], day: ['moment'], moment: ['moment'], list: ['names'], documentKind: ['documentKind'],
};
/** How a kind is printed; the others print as they are. */
const printer: Readonly<Record<string, string>> = { cents: 'money', optionalCents: 'money', rate: 'percent', moment: 'day', names: 'list', documentKind: 'documentKind' };

/** Everything a wording may name, for one e-mail. `link` only where the built-in wording has it: nobody makes one for the others. */
export function shapeOf(template: MailTemplate, hasLink: boolean): Shape {
  return { ...variablesOf(template), ...common, ...(hasLink ? { link: 'link' } : {}) };
}

export interface Expressions {
  readonly findings: readonly Finding[];
  /** Names of the variables asked for, in partials too. */
  readonly used: ReadonlySet<string>;
}

/** Reads the Handlebars of a part: what does not parse, what nobody knows, what would not print as people read it. */
export function readExpressions(part: Part, text: string, shape: Shape, partials: Readonly<Record<string, string>>): Expressions {
  const findings: Finding[] = [];
  const used = new Set<string>();
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(text);
  } catch (cause) {
    return { findings: [{ part, ...unreadable(String((cause as Error).message)) }], used };
  }
  const reader = new Reader(part, partials, findings, used);
  reader.program(program, [shape]);
  return { findings, used };
}

function unreadable(message: string): Pick<Finding, 'line' | 'code' | 'details'> {
  const unmatched = /^(\S+) doesn't match (\S+) - (\d+):/.exec(message);
  if (unmatched) return { line: Number(unmatched[3]), code: 'blockUnmatched', details: { open: String(unmatched[1]), close: String(unmatched[2]) } };
  const line = Number(/line (\d+)/.exec(message)?.[1] ?? /- (\d+):\d+/.exec(message)?.[1] ?? 0);
  return { line, code: /got 'EOF'|got 'INVALID'/.test(message) && message.includes('EOF') ? 'blockNotClosed' : 'expressionUnreadable', details: { near: (message.split('\n')[1] ?? '').trim().slice(-60) } };
}

class Reader {
  readonly #part: Part;
  readonly #partials: Readonly<Record<string, string>>;
  readonly #findings: Finding[];
  readonly #used: Set<string>;
  /** Inside a partial, the line and name of who called it. */
  #called: { line: number; name: string } | null = null;

  constructor(part: Part, partials: Readonly<Record<string, string>>, findings: Finding[], used: Set<string>) {
    this.#part = part;
    this.#partials = partials;
    this.#findings = findings;
    this.#used = used;
  }

  program(program: hbs.AST.Program | undefined, scopes: readonly Known[]): void {
    for (const statement of program?.body ?? []) this.#statement(statement, scopes);
  }

  #say(node: hbs.AST.Node, code: string, details: Record<string, string> = {}): void {
    if (this.#called) this.#findings.push({ part: this.#part, line: this.#called.line, code: 'inPartial', details: { partial: this.#called.name, ...details } });
    else this.#findings.push({ part: this.#part, line: node.loc.start.line, code, details });
  }

  #statement(statement: hbs.AST.Statement, scopes: readonly Known[]): void {
    switch (statement.type) {
      case 'ContentStatement': case 'CommentStatement': return;
      case 'MustacheStatement': return this.#mustache(statement as hbs.AST.MustacheStatement, scopes);
      case 'BlockStatement': return this.#block(statement as hbs.AST.BlockStatement, scopes);
      case 'PartialStatement': return this.#partial(statement as hbs.AST.PartialStatement, scopes);
      default: this.#say(statement, 'notAllowed', { what: '{{#>' });
    }
  }

  #mustache(node: hbs.AST.MustacheStatement, scopes: readonly Known[]): void {
    if (!node.escaped) this.#say(node, 'unescaped');
    const path = node.path as hbs.AST.PathExpression;
    if (path.type !== 'PathExpression') return this.#say(node, 'notAllowed', { what: '{{…}}' });
    if (node.params.length === 0 && !node.hash) {
      if (path.original in printers) return this.#say(node, 'helperAlone', { helper: path.original });
      const kind = this.#kind(path, scopes);
      if (kind === null) return;
      const needs = typeof kind === 'string' ? printer[kind] : undefined;
      if (needs) this.#say(node, 'needsHelper', { variable: path.original, helper: needs, write: `{{${needs} ${path.original}}}` });
      else if (kind === 'flag' || kind === 'mates' || typeof kind === 'object') this.#say(node, kind === 'flag' ? 'flagPrinted' : Array.isArray(kind) ? 'choicePrinted' : 'listPrinted', { variable: path.original });
      else if (kind === 'link' && this.#part === 'subject') this.#say(node, 'linkInSubject', { variable: path.original });
      return;
    }
    const prints = printers[path.original];
    if (!prints) return this.#say(node, 'helperUnknown', { helper: path.original });
    const [argument, ...more] = node.params;
    if (!argument || more.length > 0 || node.hash || argument.type !== 'PathExpression') return this.#say(node, 'helperArguments', { helper: path.original });
    const kind = this.#kind(argument as hbs.AST.PathExpression, scopes);
    if (kind !== null && !(prints as readonly Known[]).includes(kind)) this.#say(node, 'helperMisused', { helper: path.original, variable: (argument as hbs.AST.PathExpression).original });
  }

  #block(node: hbs.AST.BlockStatement, scopes: readonly Known[]): void {
    const helper = (node.path).original;
    const [argument] = node.params;
    if (helper === 'if' || helper === 'unless') {
      if (node.params.length !== 1 || !argument || node.hash) this.#say(node, 'helperArguments', { helper });
      else this.#condition(argument, scopes);
      this.program(node.program, scopes);
      this.program(node.inverse, scopes);
      return;
    }
    if (helper !== 'each') return this.#say(node, 'blockUnknown', { helper });
    if (node.params.length !== 1 || argument?.type !== 'PathExpression' || node.hash || node.program?.blockParams) return this.#say(node, 'helperArguments', { helper });
    const path = argument as hbs.AST.PathExpression;
    const kind = this.#kind(path, scopes);
    if (kind === null) return;
    if (kind !== 'names' && kind !== 'mates') return this.#say(node, 'notAList', { variable: path.original });
    this.program(node.program, [kind === 'mates' ? mate : 'text', ...scopes]);
    this.program(node.inverse, scopes);
  }

  #condition(argument: hbs.AST.Expression, scopes: readonly Known[]): void {
    if (argument.type === 'PathExpression') {
      this.#kind(argument as hbs.AST.PathExpression, scopes);
      return;
    }
    const { path, params, hash } = argument as hbs.AST.SubExpression;
    const [left, right] = params ?? [];
    if (argument.type !== 'SubExpression' || (path).original !== 'is' || params.length !== 2 || hash || left?.type !== 'PathExpression') return this.#say(argument, 'helperArguments', { helper: 'is' });
    const kind = this.#kind(left as hbs.AST.PathExpression, scopes);
    const value = right?.type === 'StringLiteral' ? (right as hbs.AST.StringLiteral).value : null;
    if (Array.isArray(kind) && (value === null || !kind.includes(value))) this.#say(argument, 'choiceUnknown', { variable: (left as hbs.AST.PathExpression).original, choices: kind.join(', ') });
    if (right?.type === 'PathExpression') this.#kind(right as hbs.AST.PathExpression, scopes);
  }

  #partial(node: hbs.AST.PartialStatement, scopes: readonly Known[]): void {
    const name = (node.name as hbs.AST.PathExpression).original;
    if (node.params.length > 0 || node.hash || typeof name !== 'string') return this.#say(node, 'notAllowed', { what: '{{> …}}' });
    const source = this.#partials[name];
    if (source === undefined) return this.#say(node, 'partialUnknown', { partial: name, known: Object.keys(this.#partials).join(', ') });
    const outer = this.#called;
    this.#called ??= { line: node.loc.start.line, name };
    this.program(Handlebars.parse(source), scopes);
    this.#called = outer;
  }

  /** What a path names; null, and a finding, when nobody knows it. */
  #kind(path: hbs.AST.PathExpression, scopes: readonly Known[]): Known | null {
    const scope = scopes[path.depth];
    if (path.data && ['index', 'first', 'last'].includes(path.parts[0] ?? '') && scopes.length > 1) return path.parts[0] === 'index' ? 'count' : 'flag';
    let found: Known | undefined = path.data ? undefined : scope;
    for (const name of path.parts) found = typeof found === 'object' && !Array.isArray(found) && Object.hasOwn(found, name) ? (found as Shape)[name] : undefined;
    if (found === undefined || (path.parts.length === 0 && scopes.length === 1)) {
      this.#say(path, 'variableUnknown', { variable: path.original, ...near(path.parts[0] ?? '', scopes) });
      return null;
    }
    if (path.parts[0]) this.#used.add(path.parts.join('.'));
    return found;
  }
}

/** The variable somebody most likely meant. */
function near(name: string, scopes: readonly Known[]): { near: string } {
  const names = scopes.flatMap((scope) => (typeof scope === 'object' && !Array.isArray(scope) ? Object.keys(scope) : []));
  const [best] = names.map((one) => ({ one, distance: distance(name.toLowerCase(), one.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  return { near: best && best.distance <= Math.max(2, name.length / 3) ? best.one : '' };
}

/** Levenshtein's distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[to.length] ?? 0;
}
