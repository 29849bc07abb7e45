/** M4: what a member may send as a document, told from the file's own bytes: a name or a type that a browser gives proves nothing. */
export const documentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** In bytes. */
export const largestDocument = 8 * 1024 * 1024;

/** The kind of a whole file by how it begins and how it ends; null when it is none of those, or cut short. */
export function documentTypeOf(bytes: Uint8Array): DocumentType | null {
  if (startsWith(bytes, ascii('%PDF-')) && endsWith(bytes, ascii('%%EOF'), 1_024)) return 'application/pdf';
  if (startsWith(bytes, pngSignature) && has(bytes, ascii('IHDR'), 12) && has(bytes, ascii('IEND'), bytes.length - 8)) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff]) && endsWith(bytes, [0xff, 0xd9], 64)) return 'image/jpeg';
  return null;
}

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const pngSignature = [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a];

const has = (bytes: Uint8Array, wanted: readonly number[], at: number): boolean => at >= 0 && wanted.every((byte, index) => bytes[at + index] === byte);
const startsWith = (bytes: Uint8Array, wanted: readonly number[]): boolean => has(bytes, wanted, 0);

/** Does a sequence stand in the last bytes? Some programs add a little after the end. */
function endsWith(bytes: Uint8Array, wanted: readonly number[], within: number): boolean {
  for (let at = bytes.length - wanted.length; at >= Math.max(0, bytes.length - within); at -= 1) if (has(bytes, wanted, at)) return true;
  return false;
}
