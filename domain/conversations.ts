/** C7: how much one message may hold, and how much of it an e-mail repeats, in characters. */
export const longestMessage = 5_000;
export const longestTitle = 80;
const longestExcerpt = 280;

/** How many messages an e-mail repeats: the latest ones; the others are counted. */
export const excerptsInMail = 8;

/** How many messages a page shows before one asks for older ones. */
export const messagesShown = 50;

export interface Heard {
  readonly seq: number;
  readonly kind: string;
  readonly authorKind: string;
  readonly authorId: string | null;
  /** Its readers had an e-mail of its own. */
  readonly told: boolean;
}

interface Listener { readonly kind: string; readonly id: string; readonly readSeq: number }

/** Has somebody still to read this? What one said oneself, and who came or went, is read already. */
export function isUnread(message: Heard, { kind, id, readSeq }: Listener): boolean {
  return message.seq > readSeq && message.kind !== 'event' && !(message.authorKind === kind && message.authorId === id);
}

/** Is somebody away told of this by e-mail? Not of what an earlier e-mail told, nor of what had one of its own. */
export function isMailed(message: Heard, listener: Listener, mailedSeq: number): boolean {
  return message.seq > mailedSeq && !message.told && isUnread(message, listener);
}

/** One message in an e-mail: its author, and how it begins. */
export function excerptOf(authorName: string, text: string, fileNames: readonly string[]): string {
  const said = [text.replace(/\s+/g, ' ').trim(), ...fileNames].filter(Boolean).join(' · ');
  return `${authorName} — ${said.length > longestExcerpt ? `${said.slice(0, longestExcerpt).trimEnd()}…` : said}`;
}
