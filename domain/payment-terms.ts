import { DateTime } from 'luxon';
import { afterDelay, daysBetween, endOfDayParis, parisZone, type Delay } from './calendar.ts';
import { Problem } from './problem.ts';

/** I5: a delay, a number of days, or days to the end of the month. */
export type PaymentTerm = Delay | number | { readonly days: number; readonly endOfMonth: true };

/** The longest terms the law allows between businesses, in days (C. com. L441-10, L441-11 for periodic invoices). */
export const legalCeilings = { fromIssue: 60, endOfMonth: 45, periodic: 45 } as const;

/**
 * I5: when an invoice issued at a moment is due. Terms in days end with the Paris day; shorter ones, which only a demonstration has, are exact.
 * Days to the end of the month: the days first, then the end of that month.
 */
export function dueDate(issuedAt: Date, term: PaymentTerm): Date {
  if (typeof term === 'number') return endOfDayParis(afterDelay(issuedAt, { unit: 'days', count: term }));
  if ('endOfMonth' in term) {
    const then = afterDelay(issuedAt, { unit: 'days', count: term.days });
    return DateTime.fromJSDate(then, { zone: parisZone }).endOf('month').toJSDate();
  }
  const due = afterDelay(issuedAt, term);
  return term.unit === 'days' || term.unit === 'working_days' ? endOfDayParis(due) : due;
}

/**
 * I5: at most 60 days from issue, or 45 days to the end of the month; 45 days for periodic invoices, which one end of month cannot lengthen.
 * @throws Problem `payment_term_above_ceiling` with details.ceilingDays and details.days
 */
export function checkPaymentTerm(term: PaymentTerm, { issuedAt, periodic = false }: { issuedAt: Date; periodic?: boolean }): void {
  const days = daysBetween(issuedAt, dueDate(issuedAt, term));
  const refuse = (ceilingDays: number, given: number): never => {
    throw new Problem('payment_term_above_ceiling', `${given} days where the law allows ${ceilingDays}`, { ceilingDays, days: given });
  };
  if (periodic) {
    if (days > legalCeilings.periodic) refuse(legalCeilings.periodic, days);
  } else if (typeof term === 'object' && 'endOfMonth' in term) {
    if (term.days > legalCeilings.endOfMonth) refuse(legalCeilings.endOfMonth, term.days);
  } else if (days > legalCeilings.fromIssue) refuse(legalCeilings.fromIssue, days);
}
