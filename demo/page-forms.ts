/** The forms of a page as a browser sees them, read from its HTML: enough of the language for pages that are ours. */

export interface PageForm {
  /** Where it posts to, as it is written. */
  readonly action: string;
  /** What would be sent as the page stands. */
  readonly values: readonly (readonly [string, string])[];
  /** Every field a person could fill in, with the values that may be chosen where there is a choice. */
  readonly fields: ReadonlyMap<string, { readonly many: boolean; readonly choices: readonly string[] | null }>;
}

export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inside = '']) => readForm(attribute(attributes, 'action') ?? '', inside + elsewhere(html, attribute(attributes, 'id'))));
}

/** The fields that stand outside of a form and name it. */
function elsewhere(html: string, id: string | null): string {
  if (!id) return '';
  return [...html.matchAll(/<(input|textarea|select)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/g)].filter(([, , attributes = '']) => attribute(attributes, 'form') === id).map(([whole]) => whole).join('');
}

/** The value of the choice of a field whose label says this. @throws Error when no label does */
export function choiceLabelled(html: string, field: string, said: string): string {
  for (const [, label = ''] of html.matchAll(/<label\b[^>]*>([\s\S]*?)<\/label>/g)) {
    const [, attributes = ''] = /<input\b([^>]*)>/.exec(label) ?? [];
    if (attribute(attributes, 'name') === field && plainText(label).includes(said)) return attribute(attributes, 'value') ?? '';
  }
  throw new Error(`nothing to choose under ${field} says ${said}`);
}

/** The page's text, without its tags. */
export function plainText(html: string): string {
  return decoded(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}

function readForm(action: string, inside: string): PageForm {
  const values: [string, string][] = [];
  const fields = new Map<string, { many: boolean; choices: string[] | null }>();
  const choice = (name: string, value: string, many: boolean): void => {
    const known = fields.get(name) ?? { many, choices: [] };
    fields.set(name, { many, choices: [...(known.choices ?? []), value] });
  };
  for (const [, tag = '', attributes = '', content = ''] of inside.matchAll(/<(input|textarea|select)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/g)) {
    const name = attribute(attributes, 'name');
    if (!name || has(attributes, 'disabled')) continue;
    if (tag === 'textarea') {
      fields.set(name, { many: false, choices: null });
      values.push([name, decoded(content)]);
    } else if (tag === 'select') {
      const options = [...content.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option);
      for (const option of options) choice(name, attribute(option, 'value') ?? '', false);
      const chosen = options.find((option) => has(option, 'selected')) ?? options[0];
      if (chosen !== undefined) values.push([name, attribute(chosen, 'value') ?? '']);
    } else {
      const type = attribute(attributes, 'type') ?? 'text';
      const value = attribute(attributes, 'value') ?? '';
      if (type === 'checkbox' || type === 'radio') {
        choice(name, value, type === 'checkbox');
        if (has(attributes, 'checked')) values.push([name, value]);
      } else {
        if (type !== 'hidden') fields.set(name, { many: false, choices: null });
        values.push([name, value]);
      }
    }
  }
  // A button that says something is a choice, made by pressing it.
  for (const [, attributes = ''] of inside.matchAll(/<button\b([^>]*)>/g)) {
    const name = attribute(attributes, 'name');
    if (name && !has(attributes, 'disabled')) choice(name, attribute(attributes, 'value') ?? '', false);
  }
  return { action: decoded(action), values, fields };
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes);
  return found ? decoded(found[1] ?? '') : null;
}

const has = (attributes: string, name: string): boolean => new RegExp(`(?:^|\\s)${name}(?:\\s|=|$|/)`).test(attributes);

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hexadecimal?: string, decimal?: string, name?: string) => {
    if (hexadecimal) return String.fromCodePoint(parseInt(hexadecimal, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name ?? ''] ?? whole;
  });
}
