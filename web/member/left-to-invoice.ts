import type { MemberInvoice, MemberQuote } from '@prisma/client';
import { leftToInvoice } from '../../domain/allowance.ts';
import { suggestInvoices, type SuggestedInvoice } from '../../domain/invoice-suggestion.ts';

type Quote = MemberQuote & { readonly invoices: readonly MemberInvoice[]; readonly round: { readonly ref: string; readonly number: number; readonly purpose: string } };

/** I1: what is left of one accepted quote, and what its schedule suggests next, each a link that fills the form in. */
export function leftOfQuote(quote: Quote, formAt: string) {
  const acceptedCents = quote.acceptedCents ?? 0;
  const invoiced = [...quote.invoices].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const left = leftToInvoice({ acceptedCents, invoiced });
  const suggestions = suggestInvoices({ schedule: quote.paymentSchedule, depositBp: quote.depositBp, instalments: quote.instalments, acceptedCents, invoiced });
  return {
    ...quote, acceptedCents, left, invoiced: acceptedCents - left, done: acceptedCents > 0 ? Math.round(((acceptedCents - left) * 100) / acceptedCents) : 100,
    suggestions: suggestions.map((one) => ({ ...one, href: `${formAt}?${filledIn(quote.id, one)}#enter` })),
  };
}

function filledIn(quoteId: string, { kind, why, amountCents }: SuggestedInvoice): string {
  return new URLSearchParams({ quote: quoteId, kind, ...(why === 'balance' ? { how: 'left' } : { how: 'amount', amount: (amountCents / 100).toFixed(2).replace('.', ',') }) }).toString();
}
