import type { Totals, VatExemption } from './kinds.ts';

/**
 * The foot of a document. The amounts are those the domain worked out and the database keeps: nothing is rounded again here.
 * A sale without VAT says why, or the document may not exist.
 */
export function totalsOf(sums: { netCents: number; vatRateBp: number; vatCents: number; exemption: VatExemption | null }): Totals {
  const { netCents, vatRateBp, vatCents, exemption } = sums;
  if (exemption && vatCents !== 0) throw new Error(`VAT of ${vatCents} cents on a sale exempted for ${exemption.reason}`);
  return {
    netCents,
    vat: exemption ? [] : [{ rateBp: vatRateBp, baseCents: netCents, cents: vatCents }],
    exemption,
    vatCents,
    totalCents: netCents + vatCents,
  };
}
