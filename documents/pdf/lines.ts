import { withGlyphs } from './fonts.ts';
import { leading, type Hand } from './look.ts';
import type { Run } from './runs.ts';

export type Segment = { readonly text: string; readonly hand: Hand; readonly width: number } | { readonly box: 'ticked' | 'unticked'; readonly label: string; readonly hand: Hand; readonly width: number };

export interface Line {
  readonly segments: readonly Segment[];
  readonly width: number;
  /** What its pieces take when measured one by one, as lines are broken. */
  readonly taken: number;
  readonly height: number;
  /** From the top of the line to what letters stand on. */
  readonly baseline: number;
  /** The text goes on on the next line of the same paragraph. */
  readonly goesOn: boolean;
}

export type Measure = (text: string, hand: Hand) => number;

/** The box of an option, and the space after it. */
export const boxWidth = 14;

type Atom = { readonly text: string; readonly hand: Hand } | Extract<Run, { box: unknown }>;

/** Breaks text into lines of a width, at spaces and after hyphens; a word longer than a line is cut where the line ends. */
export function linesOf(runs: readonly Run[], width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let atoms: Atom[] = [];
  let used = 0;
  let hand = runs[0]?.hand;
  const end = (goesOn: boolean): void => {
    if (hand) lines.push(lineOf(atoms, hand, measure, { taken: used, goesOn }));
    [atoms, used] = [[], 0];
  };
  for (const run of runs) {
    hand = run.hand;
    if ('breaks' in run) end(false);
    else if ('box' in run) {
      atoms.push(run);
      used += boxWidth;
    } else {
      for (const word of withGlyphs(run.text, run.hand.face).match(/ +|[^ -]+-?|-/g) ?? []) {
        const long = measure(word, run.hand);
        if (used + (word.startsWith(' ') ? 0 : long) > width && used > 0) end(true);
        if (word.startsWith(' ') && used === 0) continue;
        for (const part of long > width ? cut(word, run.hand, width, measure) : [word]) {
          const partWidth = measure(part, run.hand);
          if (used > 0 && !part.startsWith(' ') && used + partWidth > width + 0.01) end(true);
          atoms.push({ text: part, hand: run.hand });
          used += partWidth;
        }
      }
    }
  }
  end(false);
  return lines;
}

/** The width text takes on one line. */
export function naturalWidth(runs: readonly Run[], measure: Measure): number {
  return Math.max(0, ...linesOf(runs, Number.POSITIVE_INFINITY, measure).map(({ width, taken }) => Math.max(width, taken)));
}

function cut(word: string, hand: Hand, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of word) {
    if (part && measure(part + letter, hand) > width) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return part ? [...parts, part] : parts;
}

/** Neighbours in the same hand are one segment: measured as it is drawn, kerning included. */
function lineOf(atoms: readonly Atom[], hand: Hand, measure: Measure, rest: { taken: number; goesOn: boolean }): Line {
  const merged: Atom[] = [];
  for (const atom of atoms) {
    const last = merged.at(-1);
    if (last && 'text' in last && 'text' in atom && last.hand === atom.hand) merged[merged.length - 1] = { text: last.text + atom.text, hand: atom.hand };
    else merged.push(atom);
  }
  const last = merged.at(-1);
  if (last && 'text' in last) merged[merged.length - 1] = { ...last, text: last.text.replace(/ +$/, '') };
  const segments = merged.map((atom): Segment => ('box' in atom ? { ...atom, width: boxWidth } : { ...atom, width: measure(atom.text, atom.hand) }));
  const size = Math.max(...(segments.length > 0 ? segments.map((one) => one.hand.size) : [hand.size]));
  const height = leading(size);
  return { segments, width: segments.reduce((total, one) => total + one.width, 0), height, baseline: (height - size) / 2 + size * 0.83, ...rest };
}
