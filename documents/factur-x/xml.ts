/** The little of XML an invoice needs: elements with attributes, in the order they are written. Nothing empty is left out in silence: `null` is. */

export type Xml = string | null;

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML may hold it: what XML 1.0 has no way to write (control signs) becomes a space. */
export function text(value: string): string {
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ' ').replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);
}

/** An element that holds others; null when it holds none of them. */
export function group(name: string, parts: readonly Xml[], attributes: Readonly<Record<string, string>> = {}): Xml {
  const kept = parts.filter((part) => part !== null);
  return kept.length === 0 ? null : `<${opening(name, attributes)}>${kept.join('')}</${name}>`;
}

/** An element that holds a text; null when there is none. */
export function leaf(name: string, value: string | null, attributes: Readonly<Record<string, string>> = {}): Xml {
  return value === null || value === '' ? null : `<${opening(name, attributes)}>${text(value)}</${name}>`;
}

function opening(name: string, attributes: Readonly<Record<string, string>>): string {
  return [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${text(value)}"`)].join(' ');
}
