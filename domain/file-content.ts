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

/** C7: what may be joined to a brief, a message or a quote. */
export const fileTypes = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const;

/** In bytes: a picture as a telephone takes it; it is made smaller before it is kept. */
export const largestPicture = 10 * 1024 * 1024;

/** The kind of a picture to show; null when it is none. */
export function pictureTypeOf(bytes: Uint8Array): string | null {
  const type = fileTypeOf(bytes, '');
  return type === fileTypes.png || type === fileTypes.jpg || type === fileTypes.webp ? type : null;
}

/** In bytes. */
export const largestFile = 20 * 1024 * 1024;

/**
 * The kind of a joined file, told from its bytes; the name only tells a table of text from a plain one. Null when it is none of `fileTypes`:
 * no page, script or program is ever taken.
 */
export function fileTypeOf(bytes: Uint8Array, name: string): string | null {
  const known = documentTypeOf(bytes);
  if (known) return known;
  if (startsWith(bytes, ascii('GIF87a')) || startsWith(bytes, ascii('GIF89a'))) return fileTypes.gif;
  if (startsWith(bytes, ascii('RIFF')) && has(bytes, ascii('WEBP'), 8)) return fileTypes.webp;
  if (startsWith(bytes, [0x50, 0x4b, 3, 4])) return officeTypeOf(bytes);
  const extension = /\.(txt|csv)$/i.exec(name)?.[1]?.toLowerCase();
  return extension && isText(bytes) ? fileTypes[extension as 'txt' | 'csv'] : null;
}

/** Office files are archives whose first folder says which program they are for; one that carries macros is refused. */
function officeTypeOf(bytes: Uint8Array): string | null {
  const names = new TextDecoder('latin1').decode(bytes);
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return null;
  if (names.includes('word/document.xml')) return fileTypes.docx;
  if (names.includes('xl/workbook.xml')) return fileTypes.xlsx;
  return names.includes('ppt/presentation.xml') ? fileTypes.pptx : null;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
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
