import { createHash } from 'node:crypto';
import type { Tx } from '../../database/open.ts';
import { isSiret, isFrenchVatNumber } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import type { BillingFields } from '../../steps/quote-steps.ts';
import { mandateText } from '../../billing/mandate.ts';

/**
 * M3: the entity a member is paid through, made once with the first quote. The mandate to invoice in their name is kept as it was
 * read, with its date and hash (CGI 289-I-2). The IBAN arrives encrypted. `at` in ms.
 * @throws Problem `siret_invalid`, `vat_number_invalid`
 */
export async function saveBillingEntity(tx: Tx, memberId: string, given: BillingFields, at: number): Promise<{ vatRegime: string; vatRateBp: number }> {
  if (!isSiret(given.siret)) throw new Problem('siret_invalid', 'the SIRET does not pass its check');
  if (given.vatNumber && !isFrenchVatNumber(given.vatNumber)) throw new Problem('vat_number_invalid', 'the VAT number does not pass its check');
  const { mandateAccepted, ...entity } = given;
  const text = mandateText(given.legalName);
  return tx.billingEntity.create({
    data: {
      ...entity,
      memberId,
      vatRateBp: given.vatRegime === 'franchise' ? 0 : given.vatRateBp,
      mandateAcceptedAt: mandateAccepted ? new Date(at) : null,
      mandateText: mandateAccepted ? text : null,
      mandateTextSha256: mandateAccepted ? createHash('sha256').update(text).digest('hex') : null,
      createdAt: new Date(at),
    },
  });
}
