import { readFileSync } from 'node:fs';
import { parseAmount } from '../../domain/money-text.ts';

const document = readFileSync(new URL('../../docs/fees.md', import.meta.url), 'utf8');

/** The rows of the table under a heading of docs/fees.md, as the cells are written: the documentation and the tests read the same figures. */
export function rowsUnder(heading: string): string[][] {
  const chapter = document.split(/^## /m).find((text) => text.startsWith(heading));
  if (!chapter) throw new Error(`docs/fees.md has no chapter “${heading}”`);
  const rows = chapter.split('\n').filter((line) => line.startsWith('|')).slice(2);
  if (rows.length === 0) throw new Error(`“${heading}” has no table`);
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim().replace(/`/g, '')));
}

/** « 1,234.56 » → 123456, also behind words; 0.00 → 0. */
export function centsOf(cell: string | undefined): number {
  const figure = cell?.replace(/^.*: /, '') ?? '';
  if (figure === '0.00') return 0;
  const cents = parseAmount(figure);
  if (cents === null) throw new Error(`${cell} is not an amount`);
  return cents;
}

/** « 12.5 % » → 1250. */
export function basisPointsOf(cell: string | undefined): number {
  return Math.round(Number(cell?.replace('%', '')) * 100);
}
