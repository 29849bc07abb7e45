/** M6: what a first message must hold to say why: characters, and different words (a line of dots says nothing). */
export const firstMessageLeast = { characters: 40, words: 6 } as const;

/** Under this many characters a first message is taken, and its writer told that more would help. */
export const firstMessageComfortable = 160;

/** How many characters a first message still lacks, about; 0: it may be sent. */
export function missingInFirstMessage(message: string): number {
  const text = message.trim();
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).size;
  const wordsToCome = Math.max(0, firstMessageLeast.words - words) * 6; // an average word, with its space
  return Math.max(0, firstMessageLeast.characters - text.length, wordsToCome);
}

/** `short`: refused; `thin`: sent, and worth completing. */
export function adviceOnFirstMessage(message: string): 'short' | 'thin' | null {
  if (missingInFirstMessage(message) > 0) return 'short';
  return message.trim().length < firstMessageComfortable ? 'thin' : null;
}
