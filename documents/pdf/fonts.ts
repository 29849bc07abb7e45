import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { rememberLayout } from './remember-layout.ts';
import type { Face } from './look.ts';

const require = createRequire(import.meta.url);

/** What nearly every text is made of: these have their glyphs in each face. */
const usual = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u0148\u014a-\u017f\u2010-\u2015\u2018-\u201e\u2022\u2026\u202f\u20ac\u2212]*$/;
const isUsual = (codePoint: number): boolean => usual.test(String.fromCodePoint(codePoint));

const open = (path: string): Font => {
  const font = create(readFileSync(path));
  if (!('layout' in font)) throw new Error(`${path} holds several fonts`);
  // A glyph remembers the character it was first asked for, and none if it was first drawn as a part of another (the apostrophe in a closing quote):
  // asked for all at once, those people write before their look-alikes, what a document says does not depend on those drawn before it.
  // Not those of private use: they are other shapes of the same characters, as after a capital, and must say what they stand for.
  const readable = font.characterSet.filter((codePoint) => codePoint < 0xe000 || codePoint > 0xf8ff);
  for (const codePoint of readable.sort((a, b) => Number(isUsual(b)) - Number(isUsual(a)) || a - b)) font.glyphForCodePoint(codePoint);
  return rememberLayout(font);
};

/** Inter, whole: accents, €, the narrow space of French, Greek and Cyrillic. What a document uses of it is embedded in it. */
export const faceFiles: Readonly<Record<Face, string>> = {
  regular: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  italic: require.resolve('@expo-google-fonts/inter/400Regular_Italic/Inter_400Regular_Italic.ttf'),
  semibold: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  bold: require.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
};

/** Opened once: reading a font's tables takes longer than setting a document. */
export const faces: Readonly<Record<Face, Font>> = {
  regular: open(faceFiles.regular),
  italic: open(faceFiles.italic),
  semibold: open(faceFiles.semibold),
  bold: open(faceFiles.bold),
};

const missing = '\u25a1';

/**
 * Text with a square for each sign the face has no glyph for, and nothing for those that have no looks of their own: an archive may not show
 * what its font lacks. What was typed stays whole in the kept HTML, and in the file inside an invoice.
 */
export function withGlyphs(text: string, face: Face): string {
  if (usual.test(text)) return text;
  return [...text].map((sign) => (faces[face].hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) ? sign : /[\p{Mn}\p{Cf}\p{Cc}]/u.test(sign) ? '' : missing)).join('');
}
