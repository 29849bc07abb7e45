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
  const told = nextLines.map((line): LineDifference | null => {
    const before = previousOf.get(line);
    if (!before) return { change: 'added', after: version(line) };
    const changed = fields.filter((field) => valueOf(before, field) !== valueOf(line, field));
    if (changed.length === 0) return null;
    return { change: line.offered && !before.offered ? 'offered' : 'changed', before: version(before), after: version(line), fields: changed };
  });
  const removed = previousLines.filter((line) => !kept.has(line)).map((line): LineDifference => ({ change: 'removed', before: version(line) }));
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

/** The previous version of each line that has one. Each is used once, so that two equal lines stay two. */
function matches(previousLines: readonly QuoteLineFigures[], nextLines: readonly QuoteLineFigures[]): Map<QuoteLineFigures, QuoteLineFigures> {
  const found = new Map<QuoteLineFigures, QuoteLineFigures>();
  const free = new Set(previousLines);
  for (const resemblance of resemblances) {
    for (const line of nextLines.filter((next) => !found.has(next))) {
      const like = [...free].find((previous) => resemblance.every((field) => valueOf(previous, field) === valueOf(line, field)));
      if (!like) continue;
      found.set(line, like);
      free.delete(like);
    }
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
