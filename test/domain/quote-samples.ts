import type { QuoteLineFigures } from '../../domain/quotes.ts';

export type SampleLine = QuoteLineFigures & { readonly id: string };

/** A day at 600.00 € in a section, changed as the test needs. */
export function line(changed: Partial<SampleLine> = {}): SampleLine {
  return { id: 'line', section: 'Conception', kind: 'days', label: 'Maquettes', quantityMilli: 1_000, unitCents: 60_000, optional: false, offered: false, ...changed };
}
