import { sum } from './money.ts';
import { lineAmount, type QuoteLineFigures } from './quotes.ts';

/** What one section of a quote comes to, in cents excluding tax: options and offered lines count for nothing in it. */
export interface SectionTotal {
  readonly section: string;
  readonly totalCents: number;
}

/** Q1: the sections in the order of their first line, rights apart from them under their own; they add up to the total before discount. */
export function sectionTotals(lines: readonly QuoteLineFigures[]): { readonly sections: readonly SectionTotal[]; readonly rightsCents: number } {
  const due = lines.filter(({ optional, offered }) => !optional && !offered);
  const work = due.filter(({ kind }) => kind !== 'rights');
  const names = [...new Set(work.map(({ section }) => section.trim()))];
  return {
    sections: names.map((section) => ({ section, totalCents: sum(work.filter((line) => line.section.trim() === section).map(lineAmount)) })),
    rightsCents: sum(due.filter(({ kind }) => kind === 'rights').map(lineAmount)),
  };
}
