import type { TableBlock, TableRow } from './blocks.ts';
import { linesOf, naturalWidth, type Line } from './lines.ts';
import { hands, leading, page } from './look.ts';
import type { Area } from './set-blocks.ts';
import type { Sheet, Tagged } from './sheet.ts';
import type { Strip } from './strips.ts';

const gap = 14;

/** Where sums stand: against the right margin. */
export const narrowOf = ({ left, width }: Area): Area => ({ left: left + width * 0.34, width: width * 0.66 });

/** A table: amounts against the right of their column, the head said again on every page it goes on. */
export function setTable(sheet: Sheet, table: TableBlock, whole: Area, parent: Tagged): Strip[] {
  const area = table.narrow ? narrowOf(whole) : whole;
  const widths = columnWidths(sheet, table, area.width);
  const part = sheet.part(parent, 'Table');
  const headPart = table.head.length > 0 ? sheet.part(part, 'THead') : part;
  const head = table.head.flatMap((row) => setRow(sheet, row, area, widths, headPart));
  const bodyPart = table.rows.length > 0 ? sheet.part(part, 'TBody') : part;
  let before: string | null = null;
  const rows = table.rows.flatMap((row) => {
    const set = setRow(sheet, row, area, widths, bodyPart).map((strip, index) => withCarried(sheet, strip, { words: table.carried, soFar: index === 0 ? before : row.soFar, area }));
    // After its sum a table carries nothing over.
    before = row.soFar ?? (row.cells.some(({ header }) => header === 'Row') ? null : before);
    return set;
  });
  const room = page.height - page.top - page.bottom;
  const together = table.together && rows.reduce((total, { height }) => total + height, 0) < room / 2;
  return [...head, ...rows.map((strip, index) => ({ ...strip, head, keep: strip.keep || (together && index < rows.length - 1) }))]
    .map((strip, index) => (index === 0 ? { ...strip, before: table.before } : strip));
}

/** The line that carries a table over, for the eye alone: a reader hears the table whole. */
function withCarried(sheet: Sheet, strip: Strip, { words, soFar, area }: { words: TableBlock['carried']; soFar: string | null; area: Area }): Strip {
  if (!words || soFar === null) return strip;
  const line = (word: string): Line[] => linesOf([{ text: `${word}\u2003${soFar}`, hand: hands.carried }], area.width, sheet.measure);
  const draw = (word: string) => (on: Sheet, top: number): void => {
    for (const one of line(word).slice(0, 1)) on.line(one, area.left + area.width - one.width, top + 4, null);
  };
  return { ...strip, carried: { height: leading(hands.carried.size) + 8, down: draw(words.down), up: draw(words.up) } };
}

/** The widest column gives way; the others are as wide as what they hold, unless that would leave it no room. */
function columnWidths(sheet: Sheet, table: TableBlock, width: number): number[] {
  const count = Math.max(1, ...[...table.head, ...table.rows].map(({ cells }) => cells.reduce((total, { columns }) => total + columns, 0)));
  const natural = Array.from({ length: count }, () => 0);
  for (const { cells } of [...table.head, ...table.rows]) {
    let column = 0;
    for (const cell of cells) {
      if (cell.columns === 1) natural[column] = Math.max(natural[column] ?? 0, naturalWidth(cell.runs, sheet.measure));
      column += cell.columns;
    }
  }
  const wide = natural.indexOf(Math.max(...natural));
  const room = width - gap * (count - 1);
  const others = natural.reduce((total, one, index) => (index === wide ? total : total + one), 0);
  const scale = others > room * 0.66 ? (room * 0.66) / others : 1;
  return natural.map((one, index) => (index === wide ? room - others * scale : one * scale));
}

/** One strip a line of its tallest cell, so that a very long row may go on on the next page. */
function setRow(sheet: Sheet, row: TableRow, { left, width }: Area, widths: readonly number[], parent: Tagged): Strip[] {
  const part = sheet.part(parent, 'TR');
  let column = 0;
  let x = left;
  const cells = row.cells.map((cell) => {
    const own = widths.slice(column, column + cell.columns);
    const cellWidth = own.reduce((total, one) => total + one, 0) + gap * (cell.columns - 1);
    const set = { x, width: cellWidth, right: cell.right, lines: linesOf(cell.runs, cellWidth, sheet.measure), part: sheet.part(part, cell.header ? 'TH' : 'TD', cell.header ? { scope: cell.header } : {}) };
    column += cell.columns;
    x += cellWidth + gap;
    return set;
  });
  const count = Math.max(1, ...cells.map(({ lines }) => lines.length));
  return Array.from({ length: count }, (_, index): Strip => {
    const [begins, ends] = [index === 0, index === count - 1];
    const above = begins ? row.padding.top : 0;
    const lineHeight = Math.max(0, ...cells.map(({ lines }) => lines[index]?.height ?? 0));
    const baseline = Math.max(0, ...cells.map(({ lines }) => lines[index]?.baseline ?? 0));
    const height = above + lineHeight + (ends ? row.padding.bottom : 0);
    return {
      height, before: 0, keep: row.keep || (!ends && (count <= 12 || begins || index === count - 2)),
      draw: (on, top, again) => {
        if (begins && row.above) on.rule(left, left + width, top, row.above.colour, row.above.width);
        for (const cell of cells) {
          const line = cell.lines[index];
          // Cells of a row stand on one line, whatever their size.
          if (line) on.line(line, cell.right ? cell.x + cell.width - line.width : cell.x, top + above + baseline - line.baseline, again ? null : cell.part);
        }
        if (ends && row.below) on.rule(left, left + width, top + height, row.below);
      },
    };
  });
}
