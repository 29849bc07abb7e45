import type { Font, GlyphRun } from 'fontkit';

const most = 4_000; // runs: the words of documents come back from one to the next, and a run is about 2 kB

/**
 * The font, setting each run of text once: shaping is the dearest part of drawing a document, and documents say much the same.
 * Whoever asks receives positions of their own, as a drawing scales them in place.
 */
export function rememberLayout(font: Font): Font {
  const known = new Map<string, GlyphRun>();
  const layout = font.layout.bind(font);
  font.layout = (text, features, ...more) => {
    if (more.some((one) => one !== undefined)) return layout(text, features, ...more);
    const key = `${JSON.stringify(features ?? null)} ${text}`;
    let run = known.get(key);
    if (!run) {
      if (known.size >= most) known.clear();
      run = layout(text, features);
      known.set(key, run);
    }
    return copied(run);
  };
  return font;
}

const like = <Thing extends object>(thing: Thing, changed: Partial<Thing> = {}): Thing => Object.assign(Object.create(Object.getPrototypeOf(thing) as object) as Thing, thing, changed);
const copied = (run: GlyphRun): GlyphRun => like(run, { positions: run.positions.map((position) => like(position)) });
