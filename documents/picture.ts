import sharp from 'sharp';
import { largestPicture, pictureTypeOf } from '../domain/file-content.ts';
import { Problem } from '../domain/problem.ts';

/** A face is a square; a work is shown whole. In pixels. */
const sides = { face: 400, work: 1_200 } as const;

/** A picture that would unpack into more than this is refused before any of it is: more than any telephone takes. */
export const mostPixels = 50_000_000;
/** In seconds, whatever a picture is made of. */
const patience = 20;

export interface Picture { readonly name: string; readonly bytes: Uint8Array }

/**
 * M2, C1: a picture as it is kept: turned upright, made no larger than it is shown, written anew as WebP without anything that was said in it
 * (where it was taken, with what, the drawing program's notes). Of a moving picture, its first image.
 * @throws Problem `file_too_large`, `picture_not_taken`, `picture_too_wide` (details: megapixels)
 */
export async function keptPicture(given: Picture, as: keyof typeof sides): Promise<Picture> {
  if (given.bytes.length > largestPicture) throw new Problem('file_too_large', `${given.bytes.length} bytes`, { megabytes: largestPicture / 1024 / 1024 });
  if (!pictureTypeOf(given.bytes)) throw new Problem('picture_not_taken', 'it is none of the kinds of picture taken');
  const { width, height } = await measured(given.bytes);
  if (width * height > mostPixels) throw new Problem('picture_too_wide', `${width} × ${height}`, { megapixels: mostPixels / 1_000_000 });
  const upright = sharp(given.bytes, { limitInputPixels: mostPixels, sequentialRead: true }).timeout({ seconds: patience }).autoOrient();
  const side = Math.min(sides.face, width, height);
  const resized = as === 'face' ? upright.resize(side, side, { fit: 'cover', position: 'attention' }) : upright.resize(sides.work, sides.work, { fit: 'inside', withoutEnlargement: true });
  const bytes = await resized.webp({ quality: 82 }).toBuffer().catch((cause: unknown) => unreadable(cause));
  return { name: `${given.name.replace(/\.[^.]{0,8}$/, '') || 'image'}.webp`, bytes: new Uint8Array(bytes) };
}

async function measured(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  return sharp(bytes, { limitInputPixels: false }).metadata().catch((cause: unknown) => unreadable(cause));
}

function unreadable(cause: unknown): never {
  throw new Problem('picture_not_taken', `it cannot be read: ${(cause as Error).message}`);
}
