import { parseAmount } from './money-text.ts';
import { parseQuantity } from './quantity-text.ts';
import { lineAmount, type LineKind, type QuoteLineFigures } from './quotes.ts';

/** Q1: the lines of a quote read from a table, as a spreadsheet writes it: a row of titles, then one row a line, in French or in English. */

/** One row of the table, with the line of the file it ends on, from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ImportProblem {
  readonly line: number;
  /** `title`: a column nobody can do without; `quantity`, `unit`, `amount`: not a number that reads one way only; `product`: the amount is not quantity × price. */
  readonly why: 'no_rows' | 'title' | 'label' | 'kind' | 'flag' | 'quantity' | 'unit' | 'amount' | 'product' | 'too_many';
  /** What was read there. */
  readonly value: string;
}

export interface ImportedTable {
  readonly lines: readonly QuoteLineFigures[];
  /** In the order of the file; nothing is imported while there is one. */
  readonly problems: readonly ImportProblem[];
  /** Lines of the file that only add up the others, or hold VAT: the quote works those out itself. */
  readonly leftOut: readonly number[];
}

/** A quote holds no more. */
export const mostLines = 200;

type Column = 'section' | 'kind' | 'label' | 'quantity' | 'unit' | 'amount' | 'optional' | 'offered';

/** Titles without accents, capitals or anything but letters. */
const titles: Readonly<Record<Column, readonly string[]>> = {
  section: ['section', 'partie', 'rubrique', 'lot', 'chapitre', 'phase', 'part', 'group'],
  kind: ['kind', 'type', 'nature', 'categorie', 'category'],
  label: ['label', 'libelle', 'prestation', 'designation', 'description', 'intitule', 'livrable', 'item', 'deliverable', 'service', 'work'],
  quantity: ['quantite', 'qte', 'nombre', 'nb', 'nombredejours', 'nbjours', 'nbdejours', 'jours', 'quantity', 'qty', 'number', 'days'],
  unit: ['prixunitaire', 'prixunitaireht', 'pu', 'puht', 'prix', 'prixht', 'tarif', 'taux', 'tauxjournalier', 'tjm', 'tjmht', 'unitprice', 'price', 'rate', 'dayrate', 'unitcost'],
  amount: ['montant', 'montantht', 'total', 'totalht', 'amount', 'linetotal'],
  optional: ['option', 'enoption', 'optional', 'options'],
  offered: ['offert', 'offerte', 'prestationofferte', 'gratuit', 'offered', 'free'],
};
/** What says by itself that lines without a kind are days. */
const titlesOfDays = ['nombredejours', 'nbjours', 'nbdejours', 'jours', 'days', 'taux', 'tauxjournalier', 'tjm', 'tjmht', 'dayrate'];

const kinds: Readonly<Record<LineKind, readonly string[]>> = {
  days: ['jour', 'jours', 'j', 'tjm', 'day', 'days'],
  flat: ['forfait', 'forfaits', 'flat', 'fixed', 'flatprice'],
  cost: ['frais', 'cout', 'couts', 'cost', 'costs', 'expense', 'expenses'],
  rights: ['droit', 'droits', 'cession', 'cessiondedroits', 'rights', 'right'],
};
const yes = ['oui', 'o', 'x', 'vrai', 'yes', 'y', 'true', '1'];
const no = ['', 'non', 'n', 'faux', 'no', 'false', '0'];

/** Reads the rows of a table. Never throws: what cannot be read is told with its line and what stands there. */
export function readQuoteTable(rows: readonly TableRow[]): ImportedTable {
  const [head, ...body] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!head || body.length === 0) return { lines: [], leftOut: [], problems: [{ line: head?.line ?? 1, why: 'no_rows', value: '' }] };
  const columns = columnsOf(head.cells);
  const missing = columns.label === undefined ? 'label' : columns.unit === undefined && columns.amount === undefined ? 'unit' : null;
  if (missing) return { lines: [], leftOut: [], problems: [{ line: head.line, why: 'title', value: missing }] };
  const inDays = head.cells.some((cell) => titlesOfDays.includes(plain(cell)));

  const lines: QuoteLineFigures[] = [];
  const problems: ImportProblem[] = [];
  const leftOut: number[] = [];
  for (const row of body) {
    const read = (column: Column): string => (columns[column] === undefined ? '' : (row.cells[columns[column]] ?? '').trim());
    if (onlyAddsUp(read('label'), read('quantity'), read('unit'))) leftOut.push(row.line);
    else {
      const { line, wrong } = readLine(row.line, read, inDays);
      if (line) lines.push(line);
      problems.push(...wrong);
    }
  }
  if (lines.length > mostLines) problems.push({ line: body[mostLines]?.line ?? head.line, why: 'too_many', value: String(lines.length) });
  if (lines.length === 0 && problems.length === 0) problems.push({ line: head.line, why: 'no_rows', value: '' });
  return problems.length > 0 ? { lines: [], problems, leftOut } : { lines, problems, leftOut };
}

function readLine(line: number, read: (column: Column) => string, inDays: boolean): { line: QuoteLineFigures | null; wrong: ImportProblem[] } {
  const wrong: ImportProblem[] = [];
  const refuse = (why: ImportProblem['why'], value: string): void => void wrong.push({ line, why, value });
  const label = read('label');
  if (label.length < 3 || label.length > 160) refuse('label', label);

  const said = plain(read('kind'));
  const known = (Object.keys(kinds) as LineKind[]).find((kind) => kinds[kind].includes(said));
  const asOption = said === 'option' || said === 'options';
  if (said !== '' && !known && !asOption) refuse('kind', read('kind'));

  const flag = (column: 'optional' | 'offered'): boolean => {
    const word = plain(read(column), true);
    if (!yes.includes(word) && !no.includes(word)) refuse('flag', read(column));
    return yes.includes(word);
  };
  const [optional, offered] = [flag('optional') || asOption, flag('offered')];

  const quantityMilli = read('quantity') === '' ? 1_000 : parseQuantity(read('quantity'));
  if (quantityMilli === null) refuse('quantity', read('quantity'));
  const amountCents = read('amount') === '' ? null : parseAmount(read('amount'));
  if (read('amount') !== '' && amountCents === null) refuse('amount', read('amount'));
  const unitCents = read('unit') === '' && quantityMilli === 1_000 ? amountCents : parseAmount(read('unit'));
  if (unitCents === null && wrong.every(({ why }) => why !== 'amount')) refuse('unit', read('unit'));
  if (quantityMilli !== null && unitCents !== null && amountCents !== null && lineAmount({ quantityMilli, unitCents }) !== amountCents) refuse('product', read('amount'));

  if (wrong.length > 0 || quantityMilli === null || unitCents === null) return { line: null, wrong };
  return { line: { section: read('section').slice(0, 120), kind: known ?? (inDays && !asOption ? 'days' : 'flat'), label, quantityMilli, unitCents, optional, offered }, wrong };
}

/** The first column of each name; later ones of the same name are notes of its author. */
function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const found: Partial<Record<Column, number>> = {};
  cells.forEach((cell, index) => {
    const column = (Object.keys(titles) as Column[]).find((one) => titles[one].includes(plain(cell)));
    if (column && found[column] === undefined) found[column] = index;
  });
  return found;
}

/** Sums and taxes at the foot of a table: no price of their own, and a word that says so. */
function onlyAddsUp(label: string, quantity: string, unit: string): boolean {
  return quantity === '' && unit === '' && (label === '' || /^(?:sous-?\s?total|total|subtotal|grand total|tva|vat|net a payer|montant total)\b/.test(withoutAccents(label)));
}

function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase().trim();
}

function plain(text: string, digits = false): string {
  return withoutAccents(text).replace(digits ? /[^a-z0-9]/g : /[^a-z]/g, '');
}
