/** Something that does not fit: what was looked at, what it should be, what it is. Amounts stand in cents. */
export type LedgerMisfit =
  | { readonly kind: 'entry_unbalanced'; readonly key: string; readonly differenceCents: number }
  | { readonly kind: 'entry_missing'; readonly key: string; readonly subject: string }
  | { readonly kind: 'entry_unfounded'; readonly key: string; readonly what: string }
  | { readonly kind: 'entry_differs'; readonly key: string; readonly subject: string; readonly account: string; readonly expectedCents: number; readonly foundCents: number }
  | { readonly kind: 'cause_impossible'; readonly key: string; readonly subject: string; readonly why: string }
  | { readonly kind: 'sum_differs'; readonly subject: string; readonly what: string; readonly expectedCents: number; readonly foundCents: number }
  | { readonly kind: 'number_missing'; readonly series: string; readonly number: number }
  | { readonly kind: 'number_beyond'; readonly series: string; readonly number: number; readonly last: number }
  | { readonly kind: 'allowance_passed'; readonly quote: string; readonly acceptedCents: number; readonly invoicedCents: number }
  | { readonly kind: 'document_altered'; readonly documentId: string; readonly title: string }
  | { readonly kind: 'document_missing'; readonly subject: string }
  | { readonly kind: 'document_of_another'; readonly subject: string; readonly title: string };

/** One sentence for whoever runs `npm run ledger:verify`. */
export function ledgerMisfitInWords(misfit: LedgerMisfit): string {
  switch (misfit.kind) {
    case 'entry_unbalanced':
      return `The entry ${misfit.key} does not balance: ${euros(misfit.differenceCents)} apart.`;
    case 'entry_missing':
      return `${misfit.subject} has no entry in the ledger (${misfit.key}).`;
    case 'entry_unfounded':
      return `The entry ${misfit.key} (“${misfit.what}”) has nothing it comes from.`;
    case 'entry_differs':
      return `${misfit.subject}: ${misfit.account} should have moved by ${euros(misfit.expectedCents)}, and moved by ${euros(misfit.foundCents)} (${misfit.key}).`;
    case 'cause_impossible':
      return `${misfit.subject} cannot have happened as it is kept (${misfit.key}): ${misfit.why}.`;
    case 'sum_differs':
      return `${misfit.subject}: ${misfit.what} should be ${euros(misfit.expectedCents)}, and is ${euros(misfit.foundCents)}.`;
    case 'number_missing':
      return `Number ${misfit.number} of the series ${misfit.series} was given and is nowhere: there is a gap.`;
    case 'number_beyond':
      return `Number ${misfit.number} of the series ${misfit.series} is past its last, ${misfit.last}: it was not given by the series.`;
    case 'allowance_passed':
      return `The quote ${misfit.quote} allows ${euros(misfit.acceptedCents)}, and ${euros(misfit.invoicedCents)} are invoiced.`;
    case 'document_altered':
      return `The document “${misfit.title}” (${misfit.documentId}) is not the one that was kept: its SHA-256 differs.`;
    case 'document_missing':
      return `${misfit.subject} has a number and no document.`;
    case 'document_of_another':
      return `${misfit.subject} is kept with the document “${misfit.title}”, which does not bear its number.`;
  }
}

const euros = (cents: number): string => `${(cents / 100).toFixed(2)} €`;
