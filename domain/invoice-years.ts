import { parisDay } from './membership-schedule.ts';
import { sum } from './money.ts';

export interface YearlyInvoice {
  readonly state: string;
  readonly amountCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
  readonly finalAt: Date | null;
  /** I12: what credit notes took back, excluding tax. */
  readonly creditedCents: number;
  readonly creditedTotalCents: number;
  /** What has left for it, and when. */
  readonly paid: readonly { readonly amountCents: number; readonly at: Date }[];
}

/** M11: a member's year, amounts in cents. */
export interface InvoiceYear {
  readonly year: number;
  readonly count: number;
  readonly amountCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
  /** What left for the member within the year, whatever year it was invoiced. */
  readonly paidOutCents: number;
  /** What the year's invoices still bring. */
  readonly dueCents: number;
}

export const yearOf = (at: Date): number => Number(parisDay(at.getTime()).slice(0, 4));

/** M11: invoices by the year they became final in Paris, less what credit notes took back of them, transfers by the year they left; the latest year first. */
export function invoiceYears(invoices: readonly YearlyInvoice[]): InvoiceYear[] {
  const final = invoices.flatMap((invoice) => (invoice.state === 'final' && invoice.finalAt ? [{ ...invoice, year: yearOf(invoice.finalAt) }] : []));
  const transfers = invoices.flatMap(({ paid }) => paid.map(({ amountCents, at }) => ({ amountCents, year: yearOf(at) })));
  const years = [...new Set([...final, ...transfers].map(({ year }) => year))].sort((a, b) => b - a);
  return years.map((year) => {
    const own = final.filter((invoice) => invoice.year === year);
    const total = (pick: (invoice: YearlyInvoice) => number): number => sum(own.map(pick));
    return {
      year, count: own.length, amountCents: total((one) => one.amountCents - one.creditedCents), vatCents: total((one) => one.vatCents - (one.creditedTotalCents - one.creditedCents)),
      totalCents: total((one) => one.totalCents - one.creditedTotalCents),
      paidOutCents: sum(transfers.filter((one) => one.year === year).map(({ amountCents }) => amountCents)),
      dueCents: total((one) => one.totalCents - one.creditedTotalCents - sum(one.paid.map(({ amountCents }) => amountCents))),
    };
  });
}
