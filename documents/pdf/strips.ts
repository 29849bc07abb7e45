import { page } from './look.ts';
import type { Sheet } from './sheet.ts';

type Draw = (sheet: Sheet, top: number) => void;

/** A band of the page that is never cut. Heights in points. */
export interface Strip {
  readonly height: number;
  /** Space above, dropped at the top of a page. */
  readonly before: number;
  /** Stays with the strip after it. */
  readonly keep?: boolean;
  /** Said again above this strip when it begins a page: the head of its table. */
  readonly head?: readonly Strip[];
  /** What the table came to before this strip: said at the foot of the page it leaves, and at the top of the page it begins. */
  readonly carried?: { readonly height: number; readonly down: Draw; readonly up: Draw };
  /** `again`: it has been said before, and a reader is not told it twice. */
  readonly draw: (sheet: Sheet, top: number, again: boolean) => void;
  /** What every document ends with: who issues it. It does not take a page for itself. */
  readonly closing?: boolean;
}

const room = page.height - page.top - page.bottom;

/** What is left of the space above strips where a page must hold a little more than it would. */
const spacings = [1, 0.9, 0.8, 0.7, 0.6] as const;

/** Sets strips one under the other, on as many pages as they take. The close of a document does not stand alone on one: the lines come closer first, or the last ones go with it. */
export function setStrips(sheet: Sheet, strips: readonly Strip[], newPage: () => void): void {
  const set = spacings.map((spacing) => laidOut(strips, spacing)).find((one) => !closesAlone(one)) ?? laidOut(withItsClose(strips), 1);
  for (const step of set) {
    if (step === 'page') newPage();
    else step.draw(sheet, step.top, step.again);
  }
}

interface Drawn { readonly draw: Strip['draw']; readonly top: number; readonly again: boolean; readonly closing: boolean }
type Step = 'page' | Drawn;

const closesAlone = (steps: readonly Step[]): boolean => {
  const last = steps.lastIndexOf('page');
  return last > 0 && steps.slice(last + 1).every((step) => step !== 'page' && step.closing);
};

const withItsClose = (strips: readonly Strip[]): Strip[] => strips.map((strip, index) => (strips[index + 1]?.closing ? { ...strip, keep: true } : strip));

function laidOut(strips: readonly Strip[], spacing: number): Step[] {
  const steps: Step[] = [];
  let top = page.top;
  const bottom = page.height - page.bottom;
  const place = (draw: Strip['draw'], again = false, closing = false): void => void steps.push({ draw, top, again, closing });
  const begin = (): void => {
    steps.push('page');
    top = page.top;
  };
  const leave = (strip: Strip): void => {
    if (strip.carried) place(strip.carried.down);
    begin();
    for (const one of strip.head ?? []) {
      place(one.draw, true);
      top += one.height;
    }
    if (strip.carried) {
      place(strip.carried.up);
      top += strip.carried.height;
    }
  };
  /** What a page must still have room for after a strip: the line that carries its table over. */
  const after = (index: number): number => strips[index + 1]?.carried?.height ?? 0;
  const spaceAbove = (strip: Strip): number => (top === page.top ? 0 : strip.before * spacing);
  begin();
  for (let first = 0; first < strips.length;) {
    let last = first;
    while (strips[last]?.keep && last + 1 < strips.length) last += 1;
    const kept = strips.slice(first, last + 1);
    const height = kept.reduce((total, one, index) => total + one.height + (index === 0 ? spaceAbove(one) : one.before * spacing), 0);
    // What is too tall to stay together even on a page of its own is cut where the page ends.
    const together = height <= room;
    if (together && top + height + after(last) > bottom && top > page.top) leave(kept[0]!);
    for (const [index, strip] of kept.entries()) {
      if (top + spaceAbove(strip) + strip.height + (together ? 0 : after(first + index)) > bottom && top > page.top) leave(strip);
      top += spaceAbove(strip);
      place(strip.draw, false, strip.closing);
      top += strip.height;
    }
    first = last + 1;
  }
  return steps;
}
