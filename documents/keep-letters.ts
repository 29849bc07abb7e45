import type { Tx } from '../database/open.ts';
import { nextAdviceReference, nextLetterReference } from '../database/numbers.ts';
import type { LetterTone } from '../domain/dunning-letter.ts';
import { buildDunningLetter } from './build-dunning-letter.ts';
import { buildPayoutAdvice } from './build-payout-advice.ts';
import { documentLocale } from './locale.ts';
import { documentTitle, renderDocument } from './render.ts';
import { storeDocument } from './store.ts';

interface Kept { readonly reference: string; readonly documentId: string }

/** I6: keeps the letter of a level of an invoice, one a wave (I12), in the transaction that sends it. `at` in ms. */
export async function keepDunningLetter(tx: Tx, { clientInvoiceId, wave, level, tone, locale: reader, at }: { clientInvoiceId: string; wave: number; level: number; tone: LetterTone; locale: string; at: number }): Promise<Kept> {
  const locale = documentLocale(reader);
  const reference = await nextLetterReference(tx, tone, at);
  const data = await buildDunningLetter(tx, clientInvoiceId, { reference, tone, at, locale });
  const { id: documentId } = await storeDocument(tx, {
    key: `dunning-letter/${clientInvoiceId}/${wave}/${level}`, kind: 'dunning_letter', title: documentTitle('dunning_letter', data, locale), html: renderDocument('dunning_letter', data, locale), at,
  });
  await tx.dunningLetter.create({ data: { reference, clientInvoiceId, wave, level, tone, documentId, sentAt: new Date(at) } });
  return { reference, documentId };
}

/** I7: keeps the advice of one sending of a payout, in the transaction that sends it. `at` in ms. */
export async function keepPayoutAdvice(tx: Tx, { payoutId, sending, memberId, locale: reader, amountCents, at }: { payoutId: string; sending: number; memberId: string; locale: string; amountCents: number; at: number }): Promise<Kept> {
  const locale = documentLocale(reader);
  const reference = await nextAdviceReference(tx, at);
  const data = await buildPayoutAdvice(tx, payoutId, { reference, at, locale });
  const { id: documentId } = await storeDocument(tx, {
    key: `payout-advice/${payoutId}/${sending}`, kind: 'payout_advice', title: documentTitle('payout_advice', data, locale), html: renderDocument('payout_advice', data, locale), at,
  });
  await tx.payoutAdvice.create({ data: { reference, payoutId, sending, memberId, documentId, totalCents: amountCents, sentAt: new Date(at) } });
  return { reference, documentId };
}
