import { quoteDifferences } from '../../../domain/quote-differences.ts';
import { sectionTotals } from '../../../domain/quote-sections.ts';
import { quoteTotals, type QuoteLineFigures } from '../../../domain/quotes.ts';

interface Version { readonly version: number; readonly lines: readonly QuoteLineFigures[]; readonly discountCents: number; readonly conditions: string; readonly paymentSchedule: string; readonly depositBp: number | null; readonly instalments: number | null; readonly validityDays: number | null }

/** Q2: every version of a member's quote, the latest first, whole and readable, with what changed from the one before. */
export function readVersions<V extends Version>(versions: readonly V[]) {
  const ordered = [...versions].sort((a, b) => b.version - a.version);
  return ordered.map((one, index) => ({ ...one, current: index === 0, totals: { ...quoteTotals(one), ...sectionTotals(one.lines) }, changes: changesOf(ordered[index + 1], one) }));
}

function changesOf(before: Version | undefined, after: Version) {
  if (!before) return null;
  const { lines, discount, total } = quoteDifferences(before, after);
  const terms = (['conditions', 'paymentSchedule', 'depositBp', 'instalments', 'validityDays'] as const).some((name) => before[name] !== after[name]);
  const changes = lines.map((one) => ({
    change: one.change, label: 'after' in one ? one.after.label : one.before.label, fields: 'fields' in one ? one.fields : [],
    beforeCents: 'before' in one ? one.before.amountCents : null, afterCents: 'after' in one ? one.after.amountCents : null,
  }));
  return { since: before.version, lines: changes, discount, total: total.beforeCents === total.afterCents ? null : total, terms, none: lines.length === 0 && !discount && !terms };
}
