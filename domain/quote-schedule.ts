import { Problem } from './problem.ts';

export const paymentSchedules = ['end', 'deposit_balance', 'instalments'] as const;
export type PaymentSchedule = (typeof paymentSchedules)[number];

/** How many instalments a quote may be paid in. */
export const mostInstalments = 24;
/** Days a member's quote may hold; staff never promise the client longer without asking them again. */
export const longestValidityDays = 365;

export interface QuoteSchedule {
  readonly paymentSchedule: string;
  /** Share of the total asked at the start, in basis points. */
  readonly depositBp: number | null;
  readonly instalments: number | null;
}

/**
 * Q3: what goes with each schedule, and nothing else: a deposit has its share, between one and ninety-nine percent; instalments their number, two at least.
 * @throws Problem `form_invalid` with the field to look at
 */
export function checkedSchedule({ paymentSchedule, depositBp, instalments }: QuoteSchedule): QuoteSchedule {
  if (paymentSchedule === 'deposit_balance') {
    if (depositBp !== null && (depositBp < 100 || depositBp > 9_900)) throw new Problem('form_invalid', `a deposit of ${depositBp} basis points`, { fields: 'deposit' });
    return { paymentSchedule, depositBp, instalments: null };
  }
  if (paymentSchedule === 'instalments') {
    if (instalments !== null && (instalments < 2 || instalments > mostInstalments)) throw new Problem('form_invalid', `${instalments} instalments`, { fields: 'instalments' });
    return { paymentSchedule, depositBp: null, instalments };
  }
  return { paymentSchedule, depositBp: null, instalments: null };
}
