import type { DocumentLocale } from './kinds.ts';
import { say } from './words.ts';

/**
 * The words a client agrees to when signing (Q7). The signing page shows them and the certificate repeats them: one source for both.
 * `number` and `version` are the quote's, `clientName` the company signed for.
 */
export function consentText(quote: { number: string; version: number; clientName: string }, locale: DocumentLocale): string {
  return say(locale, 'consent', { number: quote.number, version: quote.version, client: quote.clientName });
}
