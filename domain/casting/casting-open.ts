/** C4, C5: the stages before the contract, in which people are looked for; afterwards what was kept can be read. */
const before = new Set(['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent']);

export function castingOpen(stage: string): boolean {
  return before.has(stage);
}
