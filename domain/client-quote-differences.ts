import type { ClientQuoteContent, ClientQuoteWork } from './client-quote.ts';
import { differences, type LineDifference } from './quote-differences.ts';
import type { QuoteLineFigures } from './quotes.ts';

interface Amounts { readonly beforeCents: number; readonly afterCents: number }

/** What changed in one member's part. */
export interface WorkDifferences {
  readonly memberName: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly lines: readonly LineDifference[];
  /** Null where it stayed as it was. */
  readonly discount: Amounts | null;
  readonly total: Amounts;
}

export interface ClientQuoteDifferences {
  /** Parts left alone are not told. */
  readonly work: readonly WorkDifferences[];
  readonly fee: Amounts | null;
  /** Excluding tax. */
  readonly total: Amounts | null;
  readonly totalWithTax: Amounts | null;
}

/** Q2, C9: what changed between two versions of the global quote, as the client reads them. Cents. */
export function clientQuoteDifferences(previous: ClientQuoteContent, next: ClientQuoteContent): ClientQuoteDifferences {
  const left = [...previous.work];
  const work = next.work.map((part): WorkDifferences | null => {
    const before = left.findIndex(({ memberName }) => memberName === part.memberName);
    return worded(before < 0 ? null : (left.splice(before, 1)[0] ?? null), part);
  });
  return {
    work: [...work, ...left.map((part) => worded(part, null))].filter((one) => one !== null),
    fee: moved(previous.feeCents, next.feeCents), total: moved(previous.totalCents, next.totalCents), totalWithTax: moved(previous.totalWithTaxCents, next.totalWithTaxCents),
  };
}

function worded(before: ClientQuoteWork | null, after: ClientQuoteWork | null): WorkDifferences | null {
  const lines = differences(before ? linesOf(before) : [], after ? linesOf(after) : []);
  const discount = moved(before?.discountCents ?? 0, after?.discountCents ?? 0);
  const total = { beforeCents: before?.totalCents ?? 0, afterCents: after?.totalCents ?? 0 };
  if (before && after && lines.length === 0 && !discount && total.beforeCents === total.afterCents) return null;
  return { memberName: (after ?? before)?.memberName ?? '', change: before ? (after ? 'changed' : 'removed') : 'added', lines, discount, total };
}

function linesOf({ sections, options }: ClientQuoteWork): QuoteLineFigures[] {
  return [
    ...sections.flatMap(({ title, lines }) => lines.map((line) => ({ ...line, section: title, optional: false }))),
    ...options.map((line) => ({ ...line, optional: true })),
  ];
}

const moved = (beforeCents: number, afterCents: number): Amounts | null => (beforeCents === afterCents ? null : { beforeCents, afterCents });
