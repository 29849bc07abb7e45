/** M13: what members may download. */
export const downloadKinds = ['presentation', 'document', 'brand', 'guide'] as const;

/** In bytes. */
export const largestDownload = 25 * 1024 * 1024;

/** What each kind of file is served as; nothing else is kept, and none of these runs in a browser. */
const mediaTypes: Readonly<Record<string, string>> = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', potx: 'application/vnd.openxmlformats-officedocument.presentationml.template',
  key: 'application/vnd.apple.keynote', kth: 'application/vnd.apple.keynote', odp: 'application/vnd.oasis.opendocument.presentation', pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', dotx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.template', odt: 'application/vnd.oasis.opendocument.text',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip: 'application/zip', png: 'image/png', jpg: 'image/jpeg', ttf: 'font/ttf', otf: 'font/otf',
};

export const downloadExtensions = Object.keys(mediaTypes);

/** The media type of a file by its name; null when it is not of a kind that is kept. */
export function downloadMediaType(fileName: string): string | null {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(mediaTypes, extension) ? (mediaTypes[extension] ?? null) : null;
}

/** A name that any disk takes: the last part of a path, without control characters or quotes. */
export function plainFileName(fileName: string): string {
  return (fileName.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}"<>|:*?]/gu, '').trim().slice(-120);
}
