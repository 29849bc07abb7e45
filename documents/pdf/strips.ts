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
}

const room = page.height - page.top - page.bottom;

/** Sets strips one under the other, on as many pages as they take. */
export function setStrips(sheet: Sheet, strips: readonly Strip[], newPage: () => void): void {
  let top = page.top;
  const bottom = page.height - page.bottom;
  const fresh = (strip: Strip): void => {
    newPage();
    top = page.top;
    for (const one of strip.head ?? []) {
      one.draw(sheet, top, true);
      top += one.height;
    }
    if (strip.carried) {
      strip.carried.up(sheet, top);
      top += strip.carried.height;
    }
  };
  const leave = (strip: Strip): void => {
    strip.carried?.down(sheet, top);
    fresh(strip);
  };
  /** What a page must still have room for after a strip: the line that carries its table over. */
  const after = (index: number): number => strips[index + 1]?.carried?.height ?? 0;
  newPage();
  for (let first = 0; first < strips.length;) {
    let last = first;
    while (strips[last]?.keep && last + 1 < strips.length) last += 1;
    const kept = strips.slice(first, last + 1);
    const height = kept.reduce((total, one, index) => total + one.height + (index === 0 && top === page.top ? 0 : one.before), 0);
    // What is too tall to stay together even on a page of its own is cut where the page ends.
    const together = height <= room;
    if (together && top + height + after(last) > bottom && top > page.top) leave(kept[0]!);
    for (const [index, strip] of kept.entries()) {
      let before = top === page.top ? 0 : strip.before;
      if (top + before + strip.height + (together ? 0 : after(first + index)) > bottom && top > page.top) {
        leave(strip);
        before = 0;
      }
      strip.draw(sheet, top + before, false);
      top += before + strip.height;
    }
    first = last + 1;
  }
}
