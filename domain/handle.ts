/** A short readable handle from a name: lower case, no accents, words joined by dashes, at most 32 characters. */
export function handleOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 32).replace(/-+$/, '') || 'x';
}
