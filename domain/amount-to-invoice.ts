import { share } from './money.ts';
import { parseAmount } from './money-text.ts';
import { parsePercent } from './percent-text.ts';
import { Problem } from './problem.ts';

export interface AmountAsked {
  /** As a person typed it; « 30 % » is a percentage whatever `how` says. */
  readonly typed: string;
  readonly how: 'amount' | 'percent' | 'left';
  /** What the signed quote accepts for this member, in cents excluding tax. */
  readonly acceptedCents: number;
  readonly leftCents: number;
}

/**
 * M10: what to invoice, in cents excluding tax: an amount, a percentage of what was accepted, or all that is left.
 * @throws Problem `amount_invalid` or `percent_invalid` for what is neither, `amount_above_allowance` (details: leftCents) for more than is left
 */
export function amountToInvoice({ typed, how, acceptedCents, leftCents }: AmountAsked): number {
  const isPercent = how === 'percent' || (how === 'amount' && /%\s*$/.test(typed));
  const cents = how === 'left' ? leftCents : isPercent ? percentOf(acceptedCents, leftCents, typed) : parseAmount(typed);
  if (isPercent && (cents === null || cents <= 0)) throw new Problem('percent_invalid', `“${typed}” is no percentage of a quote`, { fields: 'amount' });
  if (cents === null || cents <= 0) throw new Problem('amount_invalid', `${how}: “${typed}” gives nothing to invoice`, { fields: 'amount' });
  if (cents > leftCents) throw new Problem('amount_above_allowance', `${cents} asked, ${leftCents} left`, { leftCents, fields: 'amount' });
  return cents;
}

/** Two halves of an odd amount are each rounded up: the second takes what is there. */
function percentOf(acceptedCents: number, leftCents: number, typed: string): number | null {
  const rateBp = parsePercent(typed);
  if (rateBp === null || rateBp === 0 || rateBp > 10_000) return null;
  const cents = share(acceptedCents, rateBp);
  return cents === leftCents + 1 ? leftCents : cents;
}
