import { encryptIban } from '../../billing/iban-cipher.ts';
import { accountMistakes, entityMistakes, keptAccount, keptEntity, type BillingMistake, type TypedAccount, type TypedEntity } from '../../domain/billing-entity.ts';
import { Problem } from '../../domain/problem.ts';
import { billingFields, type BillingFields } from '../../steps/quote-steps.ts';
import { text } from '../body.ts';

type Body = Readonly<Record<string, unknown>>;

/** What of the form may wait in a draft: never the account, never the consent. */
const kept = ['legalName', 'legalForm', 'siret', 'vatRegime', 'vatRate', 'vatNumber', 'address', 'postcode', 'city'] as const;

export const billingToKeep = (body: Body): Record<string, string> => Object.fromEntries(kept.map((name) => [name, text(body, name)]));

export function entityTyped(body: Body): TypedEntity {
  return {
    legalName: text(body, 'legalName'), legalForm: text(body, 'legalForm'), siret: text(body, 'siret'), vatNumber: text(body, 'vatNumber'), vatRegime: text(body, 'vatRegime'),
    vatRateBp: Number(text(body, 'vatRate') || 2_000), address: text(body, 'address'), postcode: text(body, 'postcode'), city: text(body, 'city'),
  };
}

export const accountTyped = (body: Body): TypedAccount => ({ iban: text(body, 'iban'), bic: text(body, 'bic') });

/** Why each field is to be looked at again, as the keys of sentences; for a form that comes back. */
export function whyWrong(body: Body, parts: readonly ('entity' | 'account')[]): Readonly<Record<string, string>> {
  const mistakes = [...(parts.includes('entity') ? entityMistakes(entityTyped(body)) : []), ...(parts.includes('account') ? accountMistakes(accountTyped(body)) : [])];
  return Object.fromEntries(mistakes.map(({ field, why }) => [fieldNames[field] ?? field, why]));
}

/** M3: a whole billing entity, its IBAN encrypted at once. @throws Problem `form_invalid` with every field to look at again */
export function billingTyped(secret: string, body: Body): BillingFields {
  refuse([...entityMistakes(entityTyped(body)), ...accountMistakes(accountTyped(body))]);
  const { iban, ...account } = keptAccount(accountTyped(body));
  return billingFields.parse({ ...keptEntity(entityTyped(body)), ...account, ibanEncrypted: encryptIban(secret, iban), mandateAccepted: text(body, 'mandate') === 'yes' });
}

/** @throws Problem `form_invalid` with every field to look at again */
export function keptEntityTyped(body: Body): ReturnType<typeof keptEntity> {
  refuse(entityMistakes(entityTyped(body)));
  return keptEntity(entityTyped(body));
}

/** @throws Problem `form_invalid` with every field to look at again */
export function keptAccountTyped(body: Body): ReturnType<typeof keptAccount> {
  refuse(accountMistakes(accountTyped(body)));
  return keptAccount(accountTyped(body));
}

/** Where a field of an entity has another name in the form. */
const fieldNames: Readonly<Record<string, string>> = { vatRateBp: 'vatRate' };

function refuse(mistakes: readonly BillingMistake[]): void {
  if (mistakes.length === 0) return;
  const fields = mistakes.map(({ field }) => fieldNames[field] ?? field).join(', ');
  throw new Problem('form_invalid', `billing entity: ${fields}`, { fields });
}
