import { parseAmount } from '../../../domain/money-text.ts';
import { parsePercent } from '../../../domain/percent-text.ts';
import { parseQuantity } from '../../../domain/quantity-text.ts';
import { checkedSchedule, longestValidityDays, mostInstalments } from '../../../domain/quote-schedule.ts';
import { Problem } from '../../../domain/problem.ts';
import type { QuoteLineFigures } from '../../../domain/quotes.ts';
import { isEmptyLine, type TypedLine, type TypedQuote } from './typed-quote.ts';

export type LineField = 'label' | 'quantity' | 'unit';

/** What can be read of one typed line, and what cannot. */
export interface ReadLine {
  /** Its place in the form. */
  readonly index: number;
  readonly figures: QuoteLineFigures | null;
  /** Fields nobody can read, those left empty included. */
  readonly wrong: readonly LineField[];
}

export interface ReadQuote {
  readonly lines: readonly ReadLine[];
  /** Null when it cannot be read. */
  readonly discountCents: number | null;
}

/** Every line that says something. Never throws: the form shows what is to be looked at again. */
export function readQuote({ lines, discount }: TypedQuote): ReadQuote {
  return {
    lines: lines.flatMap((line, index) => (isEmptyLine(line) ? [] : [readLine(line, index)])),
    discountCents: discount === '' ? 0 : parseAmount(discount),
  };
}

function readLine(line: TypedLine, index: number): ReadLine {
  const quantityMilli = parseQuantity(line.quantity);
  const unitCents = parseAmount(line.unit);
  const said = line.label.length >= 3 && line.label.length <= 160;
  const wrong: LineField[] = [...(said ? [] : ['label' as const]), ...(quantityMilli === null ? ['quantity' as const] : []), ...(unitCents === null ? ['unit' as const] : [])];
  if (quantityMilli === null || unitCents === null) return { index, figures: null, wrong };
  return {
    index, wrong,
    figures: { section: line.section.slice(0, 120), kind: line.kind, label: line.label, quantityMilli, unitCents, optional: line.optional === 'yes', offered: line.offered === 'yes' },
  };
}

/** The figures of a quote whose every line can be read. @throws Problem `form_invalid` with the fields to look at: `line-3-unit`, `discount` */
export function figuresOf({ lines, discountCents }: ReadQuote): { lines: QuoteLineFigures[]; discountCents: number } {
  const wrong = [...lines.flatMap((line) => line.wrong.map((field) => `line-${line.index}-${field}`)), ...(discountCents === null ? ['discount'] : [])];
  if (wrong.length > 0 || discountCents === null) throw new Problem('form_invalid', `a quote with ${wrong.join(', ')}`, { fields: wrong.join(', ') });
  return { lines: lines.flatMap(({ figures }) => (figures ? [figures] : [])), discountCents };
}

/** What stands beside the lines. @throws Problem `form_invalid` with the field to look at */
export function termsTyped(typed: TypedQuote) {
  const whole = (name: 'instalments' | 'validityDays', least: number, most: number): number | null => {
    if (typed[name] === '') return null;
    const value = /^\d{1,3}$/.test(typed[name]) ? Number(typed[name]) : NaN;
    if (!(value >= least && value <= most)) throw new Problem('form_invalid', `${name} is no number from ${least} to ${most}`, { fields: name });
    return value;
  };
  const withDeposit = typed.paymentSchedule === 'deposit_balance';
  const depositBp = withDeposit && typed.deposit !== '' ? parsePercent(typed.deposit) : null;
  if (withDeposit && typed.deposit !== '' && depositBp === null) throw new Problem('form_invalid', 'the deposit is no percentage', { fields: 'deposit' });
  if (typed.conditions.length > 10_000) throw new Problem('form_invalid', 'conditions too long', { fields: 'conditions' });
  const instalments = typed.paymentSchedule === 'instalments' ? whole('instalments', 2, mostInstalments) : null;
  return { ...checkedSchedule({ paymentSchedule: typed.paymentSchedule, depositBp, instalments }), validityDays: whole('validityDays', 1, longestValidityDays), conditions: typed.conditions };
}
