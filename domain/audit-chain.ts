/** S5: an event of the trail, as its seal covers it. */
export interface SealedContent {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly subject: string;
  readonly projectId: string | null;
  readonly data: unknown;
}

/** What the first seal stands on. */
export const chainBeginning = '0'.repeat(64);

/** What is hashed for a seal: the hash before it, then the event, written one way only whatever the order its data are kept in. */
export function sealedText(previousHash: string, event: SealedContent): string {
  const { id, at, actorKind, actorId, actorName, action, subject, projectId, data } = event;
  return `${previousHash}\n${JSON.stringify([id, at.toISOString(), actorKind, actorId, actorName, action, subject, projectId, ordered(data)])}`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  // A pair each, in the order of code units: object keys that look like numbers would be moved to the front.
  return { pairs: Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]) };
}
