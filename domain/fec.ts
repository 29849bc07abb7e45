/**
 * The file of accounting entries an auditor of the tax office asks for (livre des procédures fiscales, article A47 A-1): eighteen columns in this order,
 * separated by tabs, dates as AAAAMMJJ, amounts with a comma.
 */
export const fecColumns = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit',
  'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const;

export interface FecLine {
  readonly journal: { readonly code: string; readonly label: string };
  /** One a movement, without a gap over the year. */
  readonly number: number;
  readonly date: Date;
  readonly account: { readonly code: string; readonly label: string };
  readonly party: { readonly code: string; readonly label: string } | null;
  readonly piece: { readonly reference: string; readonly date: Date };
  readonly label: string;
  readonly debitCents: number;
  readonly creditCents: number;
  /** What pairs an invoice with its payments once it is paid. */
  readonly lettering: { readonly code: string; readonly date: Date } | null;
  readonly validatedOn: Date;
}

export const fecHeading = `${fecColumns.join('\t')}\r\n`;

/** One line of the file. */
export function fecLine(line: FecLine): string {
  const cells = [
    line.journal.code, line.journal.label, String(line.number), day(line.date), line.account.code, line.account.label, line.party?.code ?? '', line.party?.label ?? '',
    line.piece.reference, day(line.piece.date), line.label, amount(line.debitCents), amount(line.creditCents), line.lettering?.code ?? '', line.lettering ? day(line.lettering.date) : '',
    day(line.validatedOn), '', '',
  ];
  return `${cells.map(plain).join('\t')}\r\n`;
}

/** `SIRENFECAAAAMMJJ.txt`, by the last day of the year. */
export function fecFileName(siren: string, year: number): string {
  return `${siren}FEC${year}1231.txt`;
}

/** AA, AB … ZZ, AAA … for the nth pair, from 0. */
export function letteringCode(index: number): string {
  let code = '';
  for (let left = index + 26; left >= 0; left = Math.floor(left / 26) - 1) code = String.fromCharCode(65 + (left % 26)) + code;
  return code;
}

/** The day it was in Paris. */
function day(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' }).format(at).replaceAll('-', '');
}

const amount = (cents: number): string => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
const plain = (text: string): string => text.replace(/[\s|]+/g, ' ').trim();
