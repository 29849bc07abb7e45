import { lineAmount, quoteTotals, type QuoteFigures, type QuoteLineFigures } from './quotes.ts';

/** A line as one version said it. Cents excluding tax. */
export interface LineVersion extends QuoteLineFigures {
  readonly amountCents: number;
}

export type LineField = 'section' | 'kind' | 'label' | 'quantityMilli' | 'unitCents' | 'optional' | 'offered';

/** Q2: what happened to one line between two versions. `offered`: it is now shown and not charged, whatever else changed. */
export type LineDifference =
  | { readonly change: 'added'; readonly after: LineVersion }
  | { readonly change: 'removed'; readonly before: LineVersion }
  | { readonly change: 'changed' | 'offered'; readonly before: LineVersion; readonly after: LineVersion; readonly fields: readonly LineField[] };

const fields: readonly LineField[] = ['section', 'kind', 'label', 'quantityMilli', 'unitCents', 'optional', 'offered'];

/** By what two versions of a line are recognised, the surest first; the last one finds a line that was only renamed. */
const resemblances: readonly (readonly LineField[])[] = [fields, ['section', 'kind', 'label'], ['kind', 'label'], ['label'], ['section', 'kind', 'quantityMilli', 'unitCents']];

/** Q2: what changed from one version's lines to the next: in the order of the next version, what was removed last. Lines left alone are not told. */
export function differences(previousLines: readonly QuoteLineFigures[], nextLines: readonly QuoteLineFigures[]): LineDifference[] {
  const previousOf = matches(previousLines, nextLines);
  const kept = new Set(previousOf.values());
  const told = nextLines.map((line, index): LineDifference | null => {
    const before = previousLines[previousOf.get(index) ?? -1];
    if (!before) return { change: 'added', after: version(line) };
    const changed = fields.filter((field) => valueOf(before, field) !== valueOf(line, field));
    if (changed.length === 0) return null;
    return { change: line.offered && !before.offered ? 'offered' : 'changed', before: version(before), after: version(line), fields: changed };
  });
  const removed = previousLines.filter((_, index) => !kept.has(index)).map((line): LineDifference => ({ change: 'removed', before: version(line) }));
  return [...told.filter((difference) => difference !== null), ...removed];
}

export interface QuoteDifferences {
  readonly lines: readonly LineDifference[];
  /** Null where it stayed as it was. Cents. */
  readonly discount: { readonly beforeCents: number; readonly afterCents: number } | null;
  readonly total: { readonly beforeCents: number; readonly afterCents: number };
}

/** Q2: what changed from one version of a quote to the next, discount and total included. */
export function quoteDifferences(previous: QuoteFigures, next: QuoteFigures): QuoteDifferences {
  const discount = { beforeCents: previous.discountCents, afterCents: next.discountCents };
  return {
    lines: differences(previous.lines, next.lines),
    discount: discount.beforeCents === discount.afterCents ? null : discount,
    total: { beforeCents: quoteTotals(previous).totalCents, afterCents: quoteTotals(next).totalCents },
  };
}

/** For each next line that has a previous version, the places of both. Each is used once, so that two equal lines stay two. */
function matches(previousLines: readonly QuoteLineFigures[], nextLines: readonly QuoteLineFigures[]): Map<number, number> {
  const found = new Map<number, number>();
  const used = new Set<number>();
  for (const resemblance of resemblances) {
    nextLines.forEach((line, index) => {
      if (found.has(index)) return;
      const like = previousLines.findIndex((previous, place) => !used.has(place) && resemblance.every((field) => valueOf(previous, field) === valueOf(line, field)));
      if (like < 0) return;
      found.set(index, like);
      used.add(like);
    });
  }
  return found;
}

/** Spaces and capitals make no difference to a reader. */
function valueOf(line: QuoteLineFigures, field: LineField): string | number | boolean {
  const value = line[field];
  return typeof value === 'string' ? value.trim().replace(/\s+/g, ' ').toLowerCase() : value;
}

function version({ section, kind, label, quantityMilli, unitCents, optional, offered }: QuoteLineFigures): LineVersion {
  return { section, kind, label, quantityMilli, unitCents, optional, offered, amountCents: lineAmount({ quantityMilli, unitCents }) };
}
