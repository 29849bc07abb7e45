import { withFee } from '../../../domain/fees.ts';
import { largestAmountCents } from '../../../domain/money.ts';
import { checkList, type QuoteCheckName } from '../../../domain/quote-checks.ts';
import { sectionTotals } from '../../../domain/quote-sections.ts';
import { lineAmount, quoteProblems, quoteTotals, type QuoteLineFigures } from '../../../domain/quotes.ts';
import type { FeeBasis } from '../../../domain/fees.ts';
import type { PageLocale } from '../../locale.ts';
import { sentenceOf } from '../../view.ts';
import type { QuotingRound } from './round.ts';
import type { ReadQuote } from './read-quote.ts';

/** What the system would not let through, told of each line and of the whole. */
export interface Objections {
  /** By the place of the line in the form. */
  readonly ofLines: ReadonlyMap<number, string>;
  readonly ofAll: readonly string[];
}

/** Q1, Q5: every objection at once, in the reader's words: a member does not find out one by one. */
export function objectionsTo(read: ReadQuote, locale: PageLocale): Objections {
  const figures = read.lines.flatMap(({ figures: one }) => (one ? [one] : []));
  const ofLines = new Map<number, string>();
  const ofAll: string[] = [];
  if (figures.length === 0) return { ofLines, ofAll };
  for (const problem of quoteProblems({ lines: figures, discountCents: read.discountCents ?? 0 })) {
    const { label } = problem.details;
    const places = label === undefined ? [] : read.lines.filter(({ figures: one }) => one && [one.label, one.section].includes(String(label)));
    for (const { index } of places) if (!ofLines.has(index)) ofLines.set(index, sentenceOf(problem, locale));
    if (places.length === 0) ofAll.push(sentenceOf(problem, locale));
  }
  return { ofLines, ofAll };
}

/** The part of staff's check list that its member can act on before they read it. */
const advised: readonly QuoteCheckName[] = ['detail', 'rights', 'optionLabels', 'dayRate', 'budget'];

/** Q4, M9: what staff will ask about, said before it is sent: a lump sum, missing rights, an option without words, a rate far from the profile's, a budget passed. */
export function adviceOn(read: ReadQuote, { round, member }: QuotingRound, now: number) {
  const lines = read.lines.flatMap(({ figures }) => (figures ? [figures] : []));
  if (lines.length === 0 || read.discountCents === null) return [];
  const { project } = round;
  const { totalCents } = quoteTotals({ lines, discountCents: read.discountCents });
  const checks = checkList({
    quote: { lines, discountCents: read.discountCents, vatRegime: '', vatRateBp: 0 }, billing: null, profileDayRateCents: member.dayRateCents, now, submittedAt: now, validityDays: null,
    brief: [project.title, project.problem, project.objectives, project.deliverables, project.requirements, ...project.themes.map(({ theme }) => theme.nameFr)].join(' '),
    budgetCents: project.budgetCents, teamTotalCents: withFee(Math.max(0, totalCents), project.feeRateBp, project.feeBasis as FeeBasis),
  });
  return checks.filter(({ name, verdict, details }) => verdict === 'warn' && advised.includes(name) && details.way !== 'below').map(({ name, details }) => ({ name, details }));
}

/** Q1, Q6: what the lines that can be read come to, in cents; `partial` while a line or the discount cannot. */
export function totalsShown(read: ReadQuote, project: { feeRateBp: number; feeBasis: string }) {
  const lines = read.lines.flatMap(({ figures }): QuoteLineFigures[] => (figures && lineAmount(figures) <= largestAmountCents ? [figures] : []));
  const discountCents = read.discountCents ?? 0;
  const totals = quoteTotals({ lines, discountCents });
  const clientCents = withFee(Math.max(0, totals.totalCents), project.feeRateBp, project.feeBasis as FeeBasis);
  return { ...totals, ...sectionTotals(lines), discountCents, clientCents, feeCents: clientCents - Math.max(0, totals.totalCents), partial: lines.length < read.lines.length || read.discountCents === null };
}
