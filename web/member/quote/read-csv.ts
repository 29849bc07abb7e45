import { parse } from 'csv-parse/sync';
import { Problem } from '../../../domain/problem.ts';
import type { TableRow } from '../../../domain/quote-import.ts';

/** A table of a few hundred lines; anything longer is another kind of file. Characters. */
const longestTable = 400_000;

/** The text of a CSV as spreadsheets write it: UTF-8, UTF-16 with its mark (“Unicode text”), else the Windows code page of Western Europe. */
export function decodeTable(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The rows of a CSV with the line each ends on; commas, semicolons and tabs are told apart by the row of titles. @throws Problem `csv_unreadable` (details: line, 0 when unknown) */
export function readTable(text: string): TableRow[] {
  // A workbook is a compressed folder, not a text.
  if (text.startsWith('PK\u0003\u0004') || text.includes('\u0000') || text.length > longestTable) throw new Problem('csv_unreadable', 'no table in a text', { line: 0 });
  try {
    const rows = parse(text, { delimiter: separatorOf(text), bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, to: 1_000 }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    throw new Problem('csv_unreadable', `csv: ${String(cause)}`, { line: Number((cause as { lines?: number }).lines ?? 0) });
  }
}

/** What stands most often between the titles, outside of quotes. */
function separatorOf(text: string): string {
  const titles = (text.replace(/^\uFEFF/, '').split(/\r?\n/).find((line) => line.trim() !== '') ?? '').replace(/"[^"]*"/g, '');
  const count = (sign: string): number => titles.split(sign).length - 1;
  return [';', '\t', ','].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
