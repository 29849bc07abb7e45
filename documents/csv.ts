/** A cell of an export: words, a number with its decimals, or a moment. */
export type Exported = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'number'; readonly value: number; readonly decimals: number } | { readonly kind: 'day' | 'moment'; readonly at: Date };

/** What a spreadsheet would take for a formula is kept as words (OWASP: CSV injection). */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const two = (part: number): string => String(part).padStart(2, '0');

/** `25/11/2026 14:05` in Paris, or the day alone. */
function dated(at: Date, kind: 'day' | 'moment'): string {
  if (kind === 'day') return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
  const parts = Object.fromEntries(new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.day}/${parts.month}/${parts.year} ${parts.hour}:${parts.minute}`;
}

/** Begins a file: Excel reads UTF-8 only where it is announced. */
export const csvStart = '\uFEFF';

/** One line: semicolons between cells and a decimal comma, as French spreadsheets expect. */
export function csvLine(cells: readonly (Exported | null)[]): string {
  return `${cells.map((cell) => {
    if (!cell) return '';
    if (cell.kind === 'number') return cell.value.toFixed(cell.decimals).replace('.', ',');
    if (cell.kind === 'text') return quoted(harmless(cell.text));
    return dated(cell.at, cell.kind);
  }).join(';')}\r\n`;
}
