import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Hand } from './look.ts';

export type Element = Tree.Element;

/** A piece of text in one hand, a line break, or the tick box of an option. */
export type Run =
  | { readonly text: string; readonly hand: Hand }
  | { readonly breaks: true; readonly hand: Hand }
  | { readonly box: 'ticked' | 'unticked'; readonly label: string; readonly hand: Hand };

export const isElement = (node: Tree.ChildNode): node is Element => 'tagName' in node;
export const elementsIn = (node: { childNodes: Tree.ChildNode[] }): Element[] => node.childNodes.filter(isElement);
export const attribute = (element: Element, name: string): string => element.attrs.find((one) => one.name === name)?.value ?? '';
export const hasClass = (element: Element, name: string): boolean => attribute(element, 'class').split(/\s+/).includes(name);

/** The first element of the tree for which `wanted` holds. */
export function firstOf(node: { childNodes: Tree.ChildNode[] }, wanted: (element: Element) => boolean): Element | null {
  for (const element of elementsIn(node)) {
    const found = wanted(element) ? element : firstOf(element, wanted);
    if (found) return found;
  }
  return null;
}

export function textOf(node: { childNodes: Tree.ChildNode[] }): string {
  return node.childNodes.map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : '')).join('');
}

/** What the printed page hides, because it says again what stands beside it. */
export const isHidden = (element: Element): boolean => hasClass(element, 'count') || hasClass(element, 'watermark') || ['style', 'script', 'template'].includes(element.tagName);

/** The inline text of an element; `small` begins a line of its own where the page gives it one. */
export function runsOf(element: Element, hand: Hand, smallApart = false): Run[] {
  const runs: Run[] = [];
  read(element, hand, smallApart, runs);
  return tidy(runs);
}

function read(element: Element, hand: Hand, smallApart: boolean, runs: Run[]): void {
  for (const node of element.childNodes) {
    if ('value' in node) {
      const words = hand.typed ? node.value.replace(/[ \t\r]+/g, ' ') : node.value.replace(/[ \t\r\n\f]+/g, ' ');
      words.split('\n').forEach((text, index) => {
        if (index > 0) runs.push({ breaks: true, hand });
        if (text) runs.push({ text: hand.capitals ? text.toLocaleUpperCase('fr') : text, hand });
      });
    } else if (isElement(node) && !isHidden(node)) readElement(node, hand, smallApart, runs);
  }
}

function readElement(element: Element, hand: Hand, smallApart: boolean, runs: Run[]): void {
  const onItsLine = (next: Hand): void => {
    if (runs.length > 0) runs.push({ breaks: true, hand });
    read(element, next, smallApart, runs);
  };
  if (element.tagName === 'br') runs.push({ breaks: true, hand });
  else if (hasClass(element, 'box')) runs.push({ box: hasClass(element, 'ticked') ? 'ticked' : 'unticked', label: attribute(element, 'aria-label'), hand });
  else if (hasClass(element, 'gift')) onItsLine({ ...hand, face: 'bold', colour: 'accent' });
  else if (hasClass(element, 'tag')) read(element, { ...hand, size: 7, colour: 'soft' }, smallApart, runs);
  else if (element.tagName === 'small') (smallApart ? onItsLine : (next: Hand) => read(element, next, smallApart, runs))({ ...hand, face: 'regular', size: Math.max(7, hand.size * 0.86), colour: hand.colour === 'white' ? 'white' : 'soft' });
  else if (isLineOfAnAddress(element)) onItsLine(element.tagName === 'strong' ? { ...hand, face: 'semibold' } : hand);
  else read(element, inlineHand(element.tagName, hand), smallApart, runs);
}

const isLineOfAnAddress = (element: Element): boolean => element.parentNode !== null && 'tagName' in element.parentNode && element.parentNode.tagName === 'address';

function inlineHand(tag: string, hand: Hand): Hand {
  if (tag === 'strong' || tag === 'b') return { ...hand, face: hand.face === 'bold' ? 'bold' : 'semibold' };
  if (tag === 'em' || tag === 'i' || tag === 'q') return { ...hand, face: 'italic' };
  if (tag === 's' || tag === 'del') return { ...hand, strike: true, colour: 'soft' };
  return tag === 'code' ? { ...hand, face: 'semibold', size: hand.size * 0.93 } : hand;
}

/** No space at the edges of a line, and one between two pieces. */
function tidy(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if ('text' in run) {
      const text = !last || 'breaks' in last || ('text' in last && last.text.endsWith(' ')) ? run.text.replace(/^ +/, '') : run.text;
      if (text) kept.push({ ...run, text });
    } else if ('breaks' in run) {
      trimEnd(kept);
      if (kept.length > 0) kept.push(run);
    } else kept.push(run);
  }
  trimEnd(kept);
  while (kept.length > 0 && 'breaks' in kept.at(-1)!) kept.pop();
  return kept;
}

function trimEnd(kept: Run[]): void {
  const last = kept.at(-1);
  if (!last || !('text' in last)) return;
  const text = last.text.replace(/ +$/, '');
  kept.pop();
  if (text) kept.push({ ...last, text });
}
