import { parse } from 'parse5';
import type { Block, TableBlock, TableRow, TextBlock } from './blocks.ts';
import { hands, type Hand } from './look.ts';
import { attribute, elementsIn, firstOf, hasClass, isElement, isHidden, runsOf, textOf, type Element, type Run } from './runs.ts';

export interface ReadDocument {
  readonly title: string;
  readonly lang: string;
  /** Written across each page: a specimen. */
  readonly watermark: string | null;
  readonly blocks: readonly Block[];
}

/**
 * A kept document as blocks to set. The page of ours it knows by its classes; what it does not know it sets plainly, so that a document of another
 * time loses its looks and never a word.
 */
export function readBlocks(html: string): ReadDocument {
  const tree = parse(html);
  const named = (tag: string) => firstOf(tree, ({ tagName }) => tagName === tag);
  const [root, title] = [named('html'), named('title')];
  const body = firstOf(tree, (element) => hasClass(element, 'sheet')) ?? named('body');
  const watermark = firstOf(tree, (element) => hasClass(element, 'watermark'));
  return {
    title: title ? textOf(title).trim() : '', lang: root ? attribute(root, 'lang') || 'fr' : 'fr',
    watermark: watermark ? textOf(watermark).trim() : null,
    blocks: body ? childrenOf(body, { hand: hands.body, inside: null }) : [],
  };
}

interface Place { readonly hand: Hand; readonly inside: 'head' | 'party' | 'terms' | 'recap' | 'foot' | 'pay' | null }

const inlineTags = new Set(['a', 'abbr', 'b', 'br', 'code', 'del', 'em', 'i', 'q', 's', 'small', 'span', 'strong', 'sub', 'sup', 'time']);

/** The blocks of an element, its loose text as paragraphs. */
function childrenOf(element: Element, place: Place): Block[] {
  const blocks: Block[] = [];
  let loose: Element['childNodes'] = [];
  const flush = (): void => {
    if (loose.length > 0) blocks.push(...paragraph({ ...element, childNodes: loose }, place.hand, 3));
    loose = [];
  };
  for (const node of element.childNodes) {
    if (isElement(node) && isHidden(node)) continue;
    if ('value' in node || (isElement(node) && inlineTags.has(node.tagName))) loose.push(node);
    else if (isElement(node)) {
      flush();
      blocks.push(...blocksOf(node, place));
    }
  }
  flush();
  return blocks;
}

function paragraph(element: Element, hand: Hand, before: number, more: Partial<TextBlock> = {}): TextBlock[] {
  const runs = runsOf(element, hand);
  return runs.length === 0 ? [] : [{ kind: 'text', tag: 'P', runs, before, ...more }];
}

function blocksOf(element: Element, place: Place): Block[] {
  const { tagName: tag } = element;
  const is = (name: string): boolean => hasClass(element, name);
  const children = (next: Partial<Place> = {}): Block[] => childrenOf(element, { ...place, ...next });
  if (is('head')) return [besides(element)];
  if (is('parties')) return parties(element, place);
  if (is('facts')) return [columnsOf(element, 12, { ruled: true })];
  if (is('loud')) return [{ kind: 'framed', blocks: elementsIn(element).flatMap((one) => paragraph(one, one.tagName === 'strong' ? hands.loud : { ...hands.term, colour: 'white' }, 1)), ground: 'accent', bar: false, before: 0 }];
  if (is('pay')) return [{ kind: 'framed', blocks: children({ inside: 'pay' }), ground: 'paper', bar: false, before: 14 }];
  if (is('notice') || is('remarks')) return [{ kind: 'framed', blocks: tag === 'p' ? paragraph(element, place.hand, 0) : children(), ground: 'paper', bar: true, before: 12 }];
  if (is('mandate')) return [{ kind: 'framed', blocks: paragraph(element, place.hand, 0), ground: null, bar: true, before: 12 }];
  if (is('recap')) return children({ inside: 'recap' });
  if (is('terms')) return children({ inside: 'terms' });
  if (tag === 'footer') return [{ kind: 'framed', blocks: children({ hand: hands.foot, inside: 'foot' }), ground: null, bar: false, before: 16, closing: true }];
  if (tag === 'dl') return [is('references') || place.inside === 'pay' ? columnsOf(element, 9, {}) : pairsOf(element, is('proof'))];
  if (tag === 'table') return [tableOf(element, place)];
  if (tag === 'h1') return [{ kind: 'text', tag: 'H1', runs: runsOf(element, hands.h1), before: 2, keep: true }];
  if (/^h[2-6]$/.test(tag)) {
    const eyebrow = is('eyebrow');
    return [{ kind: 'text', tag: 'H2', runs: runsOf(element, eyebrow ? hands.eyebrow : hands.h2), before: eyebrow || place.inside === 'pay' ? 0 : 16, keep: true, narrow: place.inside === 'recap', ...(place.inside === 'terms' || isOf(element, 'earlier') || isOf(element, 'chosen') ? { ruleBelow: 'ink' as const } : {}) }];
  }
  if (tag === 'address') return paragraph(element, place.hand, 2);
  if (tag === 'p' && is('wordmark')) return paragraph(element, hands.mark, 0, { marked: true });
  if (tag === 'p' && is('letterhead')) return paragraph(element, hands.mark, 0);
  if (tag === 'p' && is('eyebrow')) return paragraph(element, hands.eyebrow, 14, { keep: true });
  if (tag === 'p' && is('kind')) return paragraph(element, hands.kind, 0);
  if (tag === 'p' && is('self')) return paragraph(element, { ...hands.term, colour: 'accent' }, 2);
  if (tag === 'p' && is('demo')) return paragraph(element, { ...place.hand, face: 'semibold', colour: 'accent' }, 2);
  if (tag === 'p' && is('purpose')) return paragraph(element, { ...hands.beside, typed: true }, 5);
  if (is('prose')) return paragraph(element, { ...place.hand, typed: true }, 12);
  if (is('typed')) return paragraph(element, { ...place.hand, typed: true }, 2);
  if (tag === 'p' || tag === 'li') return paragraph(element, place.hand, 3);
  return children();
}

const isOf = (element: Element, name: string): boolean => element.parentNode !== null && 'tagName' in element.parentNode && hasClass(element.parentNode, name);

/** The head of a page: who on the left, what it is on the right. */
function besides(element: Element): Block {
  const [who, ...what] = elementsIn(element);
  return {
    kind: 'side', gap: 24, before: 14, align: 'ends',
    columns: [
      who ? blocksOf(who, { hand: hands.beside, inside: 'head' }) : [],
      what.flatMap((one) => childrenOf(one, { hand: hands.beside, inside: 'head' })).map((block) => (block.kind === 'text' ? { ...block, before: Math.min(block.before, 2), align: 'right' as const } : block)),
    ],
  };
}

function parties(element: Element, place: Place): Block[] {
  const all = elementsIn(element);
  const sides = all.filter((one) => !hasClass(one, 'manager'));
  const below = all.filter((one) => hasClass(one, 'manager'));
  return [
    { kind: 'side', gap: 30, before: 14, columns: sides.map((one) => childrenOf(one, { ...place, inside: 'party' })) },
    ...below.flatMap((one) => childrenOf(one, place)).map((block, index) => ('before' in block ? { ...block, before: index === 0 ? 10 : 2 } : block)),
  ];
}

/** A list of short facts, side by side. */
function columnsOf(list: Element, before: number, more: { ruled?: boolean }): Block {
  const columns = elementsIn(list).map((one): Block[] => elementsIn(one).flatMap((part): Block[] =>
    part.tagName === 'dt' ? paragraph(part, hands.label, 0) : paragraph(part, hasClass(one, 'strong') ? hands.dueFact : hands.fact, 1)));
  return { kind: 'side', gap: 18, before, columns, ...more };
}

/** A list of terms; each of the proof's stands in an element of its own. */
function pairsOf(list: Element, proof: boolean): Block {
  const parts = elementsIn(list).flatMap((one) => (one.tagName === 'div' ? elementsIn(one) : [one]));
  const pairs: { term: Run[]; said: Run[][] }[] = [];
  for (const part of parts) {
    if (part.tagName === 'dt') pairs.push({ term: runsOf(part, proof ? hands.beside : hands.term), said: [] });
    else if (pairs.length > 0) pairs.at(-1)?.said.push(runsOf(part, { ...(proof ? hands.body : hands.said), typed: hasClass(part, 'typed') }, true));
    else pairs.push({ term: [], said: [runsOf(part, hands.said, true)] });
  }
  return { kind: 'pairs', pairs, termWidth: 116, ruled: proof, before: 6 };
}

function tableOf(table: Element, place: Place): TableBlock {
  const sums = hasClass(table, 'sums');
  const rowsIn = (group: Element): Element[] => elementsIn(group).filter(({ tagName }) => tagName === 'tr');
  const groups = elementsIn(table);
  const head = groups.filter(({ tagName }) => tagName === 'thead').flatMap(rowsIn).map((row) => headRow(row));
  const sumOf = (group: Element | undefined): boolean => group !== undefined && hasClass(group, 'sum');
  const bodies = groups.filter(({ tagName }) => tagName === 'tbody' || tagName === 'tfoot');
  const rows = [
    ...bodies.flatMap((group, at) => rowsIn(group).map((row, index, all) => {
      const set = bodyRow(row, { sums, last: sumOf(group) });
      // A sum never begins a page without the line it ends.
      return index === all.length - 1 && sumOf(bodies[at + 1]) ? { ...set, keep: true } : set;
    })),
    ...rowsIn(table).map((row) => bodyRow(row, { sums, last: false })),
  ];
  const [down, up] = [attribute(table, 'data-carried-down'), attribute(table, 'data-carried-up')];
  return { kind: 'table', head, rows, before: 6, narrow: place.inside === 'recap', together: place.inside === 'recap', carried: down && up ? { down, up } : null };
}

function headRow(row: Element): TableRow {
  return { cells: cellsOf(row, hands.head), above: null, below: 'ink', padding: { top: 4, bottom: 4 }, keep: true, soFar: null };
}

function bodyRow(row: Element, { sums, last }: { sums: boolean; last: boolean }): TableRow {
  const is = (name: string): boolean => hasClass(row, name);
  const padding = { top: 4, bottom: 4 };
  const plain = { above: null, below: 'line' as const, padding, keep: false, soFar: attribute(row, 'data-so-far') || null };
  const { body } = hands;
  if (is('section')) return { ...plain, cells: cellsOf(row, { ...body, face: 'bold' }), padding: { top: 9, bottom: 3.5 }, keep: true };
  if (is('grand')) return { ...plain, cells: cellsOf(row, { ...body, face: 'bold', size: 12.5 }, 'accent'), above: { colour: 'ink', width: 1.5 }, below: null, padding: { top: 7, bottom: 7 } };
  if (is('net')) return { ...plain, cells: cellsOf(row, { ...body, face: 'bold' }), above: { colour: 'ink', width: 0.75 } };
  if (is('part')) return { ...plain, cells: cellsOf(row, { ...body, colour: 'soft' }), below: null, padding: { top: 2.5, bottom: 2.5 } };
  if (is('subtotal')) return { ...plain, cells: cellsOf(row, { ...body, face: 'bold' }), below: null };
  if (is('discount')) return { ...plain, cells: cellsOf(row, body, 'accent'), below: null, keep: true };
  if (is('members')) return { ...plain, cells: cellsOf(row, { ...body, face: 'semibold' }) };
  if (is('offered')) return { ...plain, cells: cellsOf(row, { ...body, colour: 'soft' }) };
  return { ...plain, cells: cellsOf(row, body), ...(last && !sums ? { below: null } : {}) };
}

function cellsOf(row: Element, hand: Hand, lastColour?: Hand['colour']): TableRow['cells'] {
  const cells = elementsIn(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th');
  return cells.map((cell, index) => ({
    runs: runsOf(cell, lastColour && index === cells.length - 1 ? { ...hand, colour: lastColour } : hand, true),
    columns: Math.max(1, Number(attribute(cell, 'colspan')) || 1), right: hasClass(cell, 'num'),
    header: cell.tagName === 'th' ? (attribute(cell, 'scope').startsWith('row') ? 'Row' as const : 'Column' as const) : null,
  }));
}
