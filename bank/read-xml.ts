import { SaxesParser } from 'saxes';
import type { XmlNode } from '../domain/bank/xml-node.ts';

/** Why a text is no XML document we take: it stops in the middle, says what it must not, or is none. */
export class XmlRefused extends Error {
  readonly why: 'cut_short' | 'not_well_formed' | 'doctype';

  constructor(why: XmlRefused['why'], message: string) {
    super(message);
    this.why = why;
  }
}

interface Open { name: string; namespace: string; attributes: Readonly<Record<string, string>>; children: Open[]; text: string }

/** Most elements have no attribute, and half have no child: they share these. */
const noAttributes: Readonly<Record<string, string>> = Object.freeze({});
const noChildren: Open[] = [];

/**
 * Reads a document strictly: well formed, with its namespaces, and without a document type, so that no entity is ever declared, expanded or fetched.
 * @throws XmlRefused
 */
export function readXml(bytes: Uint8Array): XmlNode {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Open[] = [];
  const found: { root: Open | null } = { root: null };
  let ended = false;
  parser.on('doctype', () => { throw new XmlRefused('doctype', 'a document type'); });
  parser.on('error', (cause) => { throw new XmlRefused(ended ? 'cut_short' : 'not_well_formed', cause.message); });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const names = Object.keys(attributes);
    const node: Open = { name: local, namespace: uri, attributes: names.length === 0 ? noAttributes : Object.fromEntries(names.map((name) => [name, attributes[name]?.value ?? ''])), children: noChildren, text: '' };
    const parent = open.at(-1);
    if (parent && parent.children === noChildren) parent.children = [node];
    else parent?.children.push(node);
    found.root ??= node;
    open.push(node);
  });
  parser.on('closetag', () => { open.pop(); });
  // Spaces between elements are nobody's text.
  const say = (text: string): void => {
    const node = open.at(-1);
    if (node && (node.text !== '' || text.trim() !== '')) node.text += text;
  };
  parser.on('text', say);
  parser.on('cdata', say);
  const text = decoded(bytes);
  if (text.trim() === '') throw new XmlRefused('cut_short', 'an empty file');
  parser.write(text);
  ended = true;
  parser.close();
  if (!found.root) throw new XmlRefused('not_well_formed', 'no element');
  return found.root;
}

/** By its byte order mark, or as its first line says; UTF-8 otherwise. */
function decoded(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : (/^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8');
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw new XmlRefused('not_well_formed', `not written in ${label}`);
  }
}
