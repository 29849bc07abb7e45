import type { FacturXInvoice, FacturXLine, VatOfLine } from './invoice.ts';

/** [BG-22] Cents. */
export interface FacturXSums {
  readonly linesCents: number;
  readonly allowancesCents: number;
  readonly netCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
  readonly dueCents: number;
}

export const chargedCents = (line: FacturXLine): number => (line.offered ? 0 : line.amountCents);
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
const keyOf = (vat: VatOfLine): string => (vat.category === 'S' ? `S ${vat.rateBp}` : vat.category);

/**
 * The sums of an invoice, worked out from its lines (EN 16931: BR-CO-10 to BR-CO-16) and compared with what the document says.
 * @throws Error when they differ by a cent: a file that says something else than its page must not exist
 */
export function sumsOf(invoice: FacturXInvoice): FacturXSums {
  const { number, lines, allowances, vat } = invoice;
  const linesCents = sum(lines.map(chargedCents));
  const allowancesCents = sum(allowances.map(({ cents }) => cents));
  const netCents = linesCents - allowancesCents;
  const vatCents = sum(vat.map(({ cents }) => cents));
  for (const part of vat) {
    const same = (one: { vat: VatOfLine }): boolean => keyOf(one.vat) === keyOf(part);
    const base = sum(lines.filter(same).map(chargedCents)) - sum(allowances.filter(same).map(({ cents }) => cents));
    if (base !== part.baseCents) throw new Error(`${number}: VAT ${keyOf(part)} on ${part.baseCents} cents, and its lines give ${base}`);
    if (part.category !== 'S' && part.cents !== 0) throw new Error(`${number}: ${part.cents} cents of VAT where none is charged`);
  }
  const known = new Set(vat.map(keyOf));
  if (known.size !== vat.length) throw new Error(`${number}: the same VAT twice`);
  for (const one of [...lines, ...allowances]) if (!known.has(keyOf(one.vat))) throw new Error(`${number}: a line under VAT ${keyOf(one.vat)}, which the invoice does not sum up`);
  for (const line of lines) {
    if (Math.abs(line.quantityMilli * line.unitCents - line.amountCents * 1_000) >= 1_000) throw new Error(`${number}: « ${line.name} » is not its quantity at its price`);
  }
  const totalCents = netCents + vatCents;
  if (totalCents !== invoice.totalCents) throw new Error(`${number}: the document says ${invoice.totalCents} cents, the lines give ${totalCents}`);
  return { linesCents, allowancesCents, netCents, vatCents, totalCents, dueCents: totalCents - invoice.prepaidCents };
}
