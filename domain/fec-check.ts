import { fecColumns } from './fec.ts';

/** What is wrong with a line of the file, or with the whole (line 0). */
export interface FecFault {
  readonly line: number;
  readonly rule: 'heading' | 'columns' | 'date' | 'amount' | 'one_side' | 'account' | 'empty' | 'party' | 'sequence' | 'balance' | 'year' | 'lettering';
  readonly field?: string;
}

interface Movement { lines: number; debit: number; credit: number }

/** Reads the file as an auditor's program would, knowing nothing of the ledger: the rules of article A47 A-1, line by line, then the whole. */
export function checkFec(text: string, year: number): { readonly faults: readonly FecFault[]; readonly movements: number; readonly debitCents: number; readonly creditCents: number } {
  const faults: FecFault[] = [];
  const [heading = '', ...lines] = text.replace(/^\uFEFF/, '').split('\r\n');
  if (heading !== fecColumns.join('\t')) faults.push({ line: 0, rule: 'heading' });
  if (lines.at(-1) === '') lines.pop();
  const movements = new Map<number, Movement>();
  let last = 0;
  lines.forEach((row, index) => {
    const line = index + 2;
    const cells = row.split('\t');
    if (cells.length !== fecColumns.length) return void faults.push({ line, rule: 'columns' });
    const of = (name: (typeof fecColumns)[number]): string => cells[fecColumns.indexOf(name)] ?? '';
    for (const field of ['JournalCode', 'JournalLib', 'CompteLib', 'PieceRef', 'EcritureLib'] as const) if (of(field) === '') faults.push({ line, rule: 'empty', field });
    for (const field of ['EcritureDate', 'PieceDate', 'ValidDate'] as const) if (!isDay(of(field))) faults.push({ line, rule: 'date', field });
    if (of('EcritureDate').slice(0, 4) !== String(year)) faults.push({ line, rule: 'year', field: 'EcritureDate' });
    if (!/^\d{3}\d*$/.test(of('CompteNum'))) faults.push({ line, rule: 'account', field: 'CompteNum' });
    if ((of('CompAuxNum') === '') !== (of('CompAuxLib') === '')) faults.push({ line, rule: 'party', field: 'CompAuxNum' });
    if ((of('EcritureLet') === '') !== (of('DateLet') === '') || (of('DateLet') !== '' && !isDay(of('DateLet')))) faults.push({ line, rule: 'lettering', field: 'EcritureLet' });
    const [debit, credit] = [cents(of('Debit')), cents(of('Credit'))];
    if (debit === null || credit === null) return void faults.push({ line, rule: 'amount' });
    if ((debit === 0) === (credit === 0)) faults.push({ line, rule: 'one_side' });
    const number = Number(of('EcritureNum'));
    if (!Number.isInteger(number) || number < last || number > last + 1) faults.push({ line, rule: 'sequence', field: 'EcritureNum' });
    last = Math.max(last, number || 0);
    const movement = movements.get(number) ?? { lines: 0, debit: 0, credit: 0 };
    movements.set(number, { lines: movement.lines + 1, debit: movement.debit + debit, credit: movement.credit + credit });
  });
  let [debitCents, creditCents] = [0, 0];
  for (const [number, { debit, credit }] of movements) {
    if (debit !== credit) faults.push({ line: 0, rule: 'balance', field: String(number) });
    debitCents += debit;
    creditCents += credit;
  }
  return { faults, movements: movements.size, debitCents, creditCents };
}

function cents(text: string): number | null {
  return /^\d+,\d{2}$/.test(text) ? Number(text.replace(',', '')) : null;
}

function isDay(text: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}
