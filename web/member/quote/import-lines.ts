import type { Deps } from '../../../deps.ts';
import { mostLines, readQuoteTable, type ImportProblem } from '../../../domain/quote-import.ts';
import { Problem } from '../../../domain/problem.ts';
import type { PageLocale } from '../../locale.ts';
import type { Access } from '../../page.ts';
import type { UploadedFile } from '../../uploads.ts';
import { decodeTable, readTable } from './read-csv.ts';
import { isEmptyLine, lineAsTyped, quoteAsTyped, type TypedQuote } from './typed-quote.ts';

/** What an import says to its reader: how many lines came, and what is to be put right first. */
export interface ImportAnswer {
  readonly lines: number;
  readonly problems: readonly ImportProblem[];
  readonly leftOut: readonly string[];
  /** The table, to be put right in the page. */
  readonly table: string;
}

/** Q1: the lines of a CSV, chosen or pasted, after those typed. One mistake and none is taken: each is told with its line. @throws Problem `csv_unreadable`, `form_invalid` */
export function importTable(typed: TypedQuote, file: UploadedFile | null, pasted: string, locale: PageLocale): { quote: TypedQuote; answer: ImportAnswer } {
  const table = file ? decodeTable(file.bytes) : pasted;
  if (table.trim() === '') throw new Problem('form_invalid', 'no table came', { fields: 'table' });
  const { lines, problems, leftOut } = readQuoteTable(readTable(table));
  const kept = typed.lines.filter((line) => !isEmptyLine(line));
  const tooMany: ImportProblem[] = kept.length + lines.length > mostLines ? [{ line: 1, why: 'too_many', value: String(kept.length + lines.length) }] : [];
  const wrong = [...problems, ...tooMany];
  if (wrong.length > 0) return { quote: typed, answer: { lines: 0, problems: wrong, leftOut: [], table } };
  return { quote: { ...typed, lines: [...kept, ...lines.map(lineAsTyped(locale))] }, answer: { lines: lines.length, problems: [], leftOut: leftOut.map(String), table: '' } };
}

/** Q1: the lines of an earlier quote of theirs after those typed; its conditions and schedule where nothing is said yet. @throws Problem `not_found` */
export async function importEarlier(deps: Deps, access: Access, typed: TypedQuote, quoteId: string): Promise<{ quote: TypedQuote; answer: ImportAnswer }> {
  const found = await deps.db.memberQuote.findFirst({ where: { id: quoteId, memberId: access.person.id ?? '' }, include: { lines: { orderBy: { position: 'asc' } } } });
  if (!found) throw new Problem('not_found', 'no earlier quote of theirs');
  const earlier = quoteAsTyped({ ...found, files: [] }, access.locale);
  const kept = typed.lines.filter((line) => !isEmptyLine(line));
  const quote = {
    ...typed, lines: [...kept, ...earlier.lines].slice(0, mostLines), conditions: typed.conditions || earlier.conditions,
    ...(kept.length === 0 ? { paymentSchedule: earlier.paymentSchedule, deposit: earlier.deposit, instalments: earlier.instalments } : {}),
  };
  return { quote, answer: { lines: earlier.lines.length, problems: [], leftOut: [], table: '' } };
}

/** Their quotes on other rounds, the latest of each, to begin from. */
export async function earlierQuotes(deps: Deps, memberId: string, roundId: string) {
  const quotes = await deps.db.memberQuote.findMany({
    where: { memberId, roundId: { not: roundId }, state: { not: 'superseded' } }, orderBy: { createdAt: 'desc' }, take: 30,
    select: { id: true, totalCents: true, createdAt: true, round: { select: { ref: true, project: { select: { title: true } } } } },
  });
  return quotes.map(({ id, totalCents, createdAt, round }) => ({ id, totalCents, createdAt, ref: round.ref, title: round.project.title }));
}
