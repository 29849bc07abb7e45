/** The path of an address as logs may keep it: no query, and the token of a personal link (/l/TOKEN…) hidden. */
export function maskPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path.replace(/^(\/+l\/+)[^/]+/i, '$1***');
}
