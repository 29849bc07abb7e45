import { zlibSync } from 'fflate';

type Colour = readonly [number, number, number];
const palettes: readonly (readonly Colour[])[] = [
  [[200, 55, 27], [246, 232, 214], [38, 38, 48], [240, 170, 90]], [[31, 107, 67], [233, 240, 226], [24, 44, 40], [222, 190, 84]], [[46, 78, 138], [230, 236, 245], [20, 26, 44], [238, 138, 112]],
  [[120, 62, 120], [242, 232, 240], [40, 24, 48], [96, 170, 160]], [[214, 140, 40], [250, 240, 220], [58, 40, 24], [92, 122, 110]], [[58, 132, 140], [228, 240, 240], [26, 40, 46], [226, 102, 84]],
];
const skins: readonly Colour[] = [[240, 203, 174], [222, 172, 134], [176, 120, 82], [124, 80, 56], [250, 218, 194]];
const hairs: readonly Colour[] = [[44, 32, 28], [104, 66, 38], [232, 190, 112], [150, 60, 34], [120, 116, 112]];

/** Somebody drawn with four shapes; the same name is always the same person. A PNG of 240 × 240. */
export function portrait(name: string): Uint8Array {
  const chance = chances(name);
  const [coat, wall] = pick(palettes, chance);
  const colours: Colour[] = [wall ?? [255, 255, 255], coat ?? [0, 0, 0], pick(skins, chance), pick(hairs, chance)];
  const long = chance() < 0.5;
  const shapes: Shape[] = [
    ...(long ? [disc(120, 118, 62, 80, 3)] : []), disc(120, 250, 96, 82, 1), disc(120, 172, 22, 34, 2), disc(120, 110, 46, 56, 2), disc(120 + (chance() - 0.5) * 24, 72, 52, 30, 3),
  ];
  return png(240, 240, colours, shapes);
}

/** What a work might look like from afar: a few discs and bands. A PNG of 560 × 420. */
export function work(title: string): Uint8Array {
  const chance = chances(title);
  const colours = [...pick(palettes, chance)];
  const shapes: Shape[] = Array.from({ length: 4 + Math.floor(chance() * 4) }, () => {
    const colour = 1 + Math.floor(chance() * 3);
    const [x, y] = [chance() * 560, chance() * 420];
    if (chance() < 0.55) return disc(x, y, 40 + chance() * 130, 40 + chance() * 130, colour);
    const slope = chance() * 1.6 - 0.8;
    const half = 14 + chance() * 40;
    return { colour, holds: (px, py) => Math.abs(py - y - slope * (px - x)) < half };
  });
  return png(560, 420, colours, shapes);
}

interface Shape { readonly colour: number; readonly holds: (x: number, y: number) => boolean }

const disc = (x: number, y: number, wide: number, high: number, colour: number): Shape => ({ colour, holds: (px, py) => ((px - x) / wide) ** 2 + ((py - y) / high) ** 2 < 1 });

const pick = <One>(list: readonly One[], chance: () => number): One => list[Math.floor(chance() * list.length)] as One;

/** The same numbers for the same words. */
function chances(words: string): () => number {
  let state = [...words].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619), 2_166_136_261);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9 | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
}

/** A PNG of a few colours (ISO/IEC 15948): each pixel is the last shape that holds it. */
function png(width: number, height: number, colours: readonly Colour[], shapes: readonly Shape[]): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const shape of shapes) if (shape.holds(x, y)) rows[y * (width + 1) + 1 + x] = shape.colour;
    }
  }
  const head = new Uint8Array(13);
  new DataView(head.buffer).setUint32(0, width);
  new DataView(head.buffer).setUint32(4, height);
  head.set([8, 3, 0, 0, 0], 8); // eight bits, a palette
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunk('IHDR', head), ...chunk('PLTE', Uint8Array.from(colours.flat())), ...chunk('IDAT', zlibSync(rows)), ...chunk('IEND', new Uint8Array())]);
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const whole = new Uint8Array(content.length + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, content.length);
  whole.set([...name].map((letter) => letter.charCodeAt(0)), 4);
  whole.set(content, 8);
  view.setUint32(content.length + 8, crc(whole.subarray(4, content.length + 8)));
  return whole;
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
