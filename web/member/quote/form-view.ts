import { lineAmount } from '../../../domain/quotes.ts';
import type { PageLocale } from '../../locale.ts';
import { objectionsTo } from './look-again.ts';
import type { LineField, ReadQuote } from './read-quote.ts';
import type { TypedQuote } from './typed-quote.ts';

/** Each typed line as the form shows it: its amount, and what to look at again beside the field. `strict`: fields left empty are told too. */
export function linesShown(quote: TypedQuote, read: ReadQuote, strict: boolean, locale: PageLocale) {
  const objections = objectionsTo(read, locale);
  const byPlace = new Map(read.lines.map((line) => [line.index, line]));
  const shown = quote.lines.map((line, index) => {
    const known = byPlace.get(index);
    const told = (field: LineField): boolean => (known?.wrong.includes(field) ?? false) && (strict || line[field] !== '');
    return {
      ...line, index, number: index + 1, first: index === 0, last: index === quote.lines.length - 1,
      amountCents: known?.figures ? lineAmount(known.figures) : null, wrong: { label: told('label'), quantity: told('quantity'), unit: told('unit') }, objection: objections.ofLines.get(index) ?? null,
    };
  });
  return { lines: shown, objections: objections.ofAll, amiss: shown.filter(({ wrong, objection }) => objection !== null || wrong.label || wrong.quantity || wrong.unit).map(({ index, number }) => ({ index, number })) };
}
