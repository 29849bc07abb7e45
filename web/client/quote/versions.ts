import type { ClientQuoteContent } from '../../../domain/client-quote.ts';
import { clientQuoteDifferences, type ClientQuoteDifferences } from '../../../domain/client-quote-differences.ts';

export interface KeptVersion {
  readonly id: string;
  readonly version: number;
  readonly content: unknown;
}

export interface ReadVersion {
  readonly current: boolean;
  readonly shown: boolean;
  /** Null for the first one. */
  readonly changes: (ClientQuoteDifferences & { readonly since: number; readonly none: boolean }) | null;
}

/** Q2, C9: every version of a global quote, the last one first, with what changed from the one before. */
export function readVersions<V extends KeptVersion>(versions: readonly V[], shownId: string): (V & ReadVersion)[] {
  const ordered = [...versions].sort((a, b) => b.version - a.version);
  return ordered.map((one, index) => ({ ...one, current: index === 0, shown: one.id === shownId, changes: changesOf(ordered[index + 1], one) }));
}

function changesOf(before: KeptVersion | undefined, after: KeptVersion): ReadVersion['changes'] {
  if (!before) return null;
  const told = clientQuoteDifferences(before.content as ClientQuoteContent, after.content as ClientQuoteContent);
  return { ...told, since: before.version, none: told.work.length === 0 && !told.totalWithTax };
}
