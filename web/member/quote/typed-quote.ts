import { paymentSchedules } from '../../../domain/quote-schedule.ts';
import { mostLines } from '../../../domain/quote-import.ts';
import type { QuoteLineFigures } from '../../../domain/quotes.ts';
import type { PageLocale } from '../../locale.ts';
import { text, texts } from '../../body.ts';

/** A line as the form has it: every field a text, whatever is in it. */
export interface TypedLine {
  readonly section: string;
  readonly kind: string;
  readonly label: string;
  readonly quantity: string;
  readonly unit: string;
  readonly optional: string;
  readonly offered: string;
}

/** A whole quote as the form has it. */
export interface TypedQuote {
  readonly lines: readonly TypedLine[];
  readonly discount: string;
  readonly conditions: string;
  readonly paymentSchedule: string;
  readonly deposit: string;
  readonly instalments: string;
  readonly validityDays: string;
  readonly fileIds: readonly string[];
}

type Body = Readonly<Record<string, unknown>>;
export const lineKinds = ['days', 'flat', 'cost', 'rights'] as const;
/** Q1: the five kinds of lines one may add; an option is a flat price to begin with. */
export const addableKinds = ['days', 'flat', 'cost', 'rights', 'option'] as const;

const names: readonly (keyof TypedLine)[] = ['section', 'kind', 'label', 'quantity', 'unit', 'optional', 'offered'];
/** How long one field of a line may be kept: more than any is worth, so that nothing typed is cut unseen. */
const longest = 400;

/** A line to fill in. Days and prices are counted; rights are assigned once. */
export function emptyLine(kind: string, section = ''): TypedLine {
  return { section: kind === 'rights' ? '' : section, kind: kind === 'option' ? 'flat' : kind, label: '', quantity: kind === 'days' ? '' : '1', unit: '', optional: kind === 'option' ? 'yes' : '', offered: '' };
}

/** Nothing was typed there. */
export const isEmptyLine = ({ label, unit, quantity, section }: TypedLine): boolean => label === '' && unit === '' && section === '' && (quantity === '' || quantity === '1');

export function typedQuote(body: Body): TypedQuote {
  const schedule = text(body, 'paymentSchedule');
  return {
    lines: typedLines(body.lines), discount: text(body, 'discount'), conditions: text(body, 'conditions'),
    paymentSchedule: (paymentSchedules as readonly string[]).includes(schedule) ? schedule : 'end',
    deposit: text(body, 'deposit'), instalments: text(body, 'instalments'), validityDays: text(body, 'validityDays'), fileIds: texts(body, 'fileIds').slice(0, 20),
  };
}

/** A quote that was sent, as it is typed again. */
export function quoteAsTyped(
  quote: { lines: readonly QuoteLineFigures[]; discountCents: number; conditions: string; paymentSchedule: string; depositBp: number | null; instalments: number | null; validityDays: number | null; files: readonly { fileId: string }[] },
  locale: PageLocale,
): TypedQuote {
  const number = numberIn(locale);
  return {
    lines: quote.lines.map(lineAsTyped(locale)), discount: quote.discountCents > 0 ? number(quote.discountCents / 100) : '', conditions: quote.conditions, paymentSchedule: quote.paymentSchedule,
    deposit: quote.depositBp === null ? '' : number(quote.depositBp / 100), instalments: quote.instalments === null ? '' : String(quote.instalments),
    validityDays: quote.validityDays === null ? '' : String(quote.validityDays), fileIds: quote.files.map(({ fileId }) => fileId),
  };
}

export function lineAsTyped(locale: PageLocale) {
  const number = numberIn(locale);
  return (line: QuoteLineFigures): TypedLine => ({
    section: line.section, kind: line.kind, label: line.label, quantity: number(line.quantityMilli / 1_000), unit: number(line.unitCents / 100),
    optional: line.optional ? 'yes' : '', offered: line.offered ? 'yes' : '',
  });
}

/** What a form, or a draft, holds of lines: a list, or rows by number. */
function typedLines(given: unknown): TypedLine[] {
  const all: unknown[] = Array.isArray(given) ? given : given && typeof given === 'object' ? Object.values(given) : [];
  return all.slice(0, mostLines).map((line) => {
    const read = Object.fromEntries(names.map((name) => [name, text((line ?? {}) as Body, name).slice(0, longest)])) as unknown as TypedLine;
    return { ...read, kind: (lineKinds as readonly string[]).includes(read.kind) ? read.kind : 'flat' };
  });
}

function numberIn(locale: PageLocale): (value: number) => string {
  const format = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 3, useGrouping: false });
  return (value) => format.format(value);
}
