import { isSiret, isVatNumber } from '../../domain/identifiers.ts';
import { needsNewMandate, type keptEntity } from '../../domain/billing-entity.ts';
import { Problem } from '../../domain/problem.ts';
import type { BillingFields } from '../../steps/quote-steps.ts';
import { recordEvent, type By } from '../audit.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { acceptMandate, endMandates, noMandate } from './mandates.ts';

interface Deed { readonly memberId: string; readonly by: By; /** The form's own. */ readonly key: string; /** ms */ readonly at: number }

/**
 * M3: the entity a member is paid through, made once, with the first quote or before it. The mandate to invoice in their name is kept as it was
 * read, with its date and hash (CGI 289-I-2). The IBAN arrives encrypted. `at` in ms.
 * @throws Problem `siret_invalid`, `vat_number_invalid`
 */
export async function saveBillingEntity(tx: Tx, memberId: string, given: BillingFields, at: number): Promise<{ vatRegime: string; vatRateBp: number }> {
  if (!isSiret(given.siret)) throw new Problem('siret_invalid', 'the SIRET does not pass its check');
  if (given.vatNumber && !isVatNumber(given.vatNumber)) throw new Problem('vat_number_invalid', 'the VAT number does not pass its check');
  const { mandateAccepted, ...entity } = given;
  const mandate = mandateAccepted ? await acceptMandate(tx, memberId, given.legalName, at) : noMandate;
  return tx.billingEntity.create({
    data: { ...entity, ...mandate, memberId, vatRateBp: given.vatRegime === 'franchise' ? 0 : given.vatRateBp, createdAt: new Date(at) },
  });
}

/** M3: the same before any quote; the one there is already stays as it is. */
export async function createBillingEntity(db: Db, { memberId, by, key, at }: Deed, given: BillingFields): Promise<void> {
  await once(db, `billing-entity/${memberId}/${key}`, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
    if (await tx.billingEntity.findUnique({ where: { memberId } })) return {};
    await saveBillingEntity(tx, memberId, given, at);
    await recordEvent(tx, { by, action: 'billing.created', subject: by.name, data: { mandate: given.mandateAccepted }, at });
    return {};
  });
}

/**
 * M3: another name, address or VAT, for the documents to come; those made keep what they say. The mandate names its giver: with another name or
 * enterprise it ends, and is given again when `mandateAccepted` says so.
 * @throws Problem `billing_missing`
 */
export async function changeBillingEntity(db: Db, { memberId, by, key, at }: Deed, given: ReturnType<typeof keptEntity>, mandateAccepted: boolean): Promise<void> {
  await once(db, `billing-entity/${memberId}/${key}`, async (tx) => {
    const before = await holdEntity(tx, memberId);
    const changed = (Object.keys(given) as (keyof typeof given)[]).filter((field) => given[field] !== before[field]);
    if (changed.length === 0) return {};
    const anotherGiver = needsNewMandate(before, given);
    if (anotherGiver && !mandateAccepted) await endMandates(tx, memberId, at);
    const mandate = !anotherGiver ? {} : mandateAccepted ? await acceptMandate(tx, memberId, given.legalName, at) : noMandate;
    await tx.billingEntity.update({ where: { memberId }, data: { ...given, ...mandate } });
    await recordEvent(tx, { by, action: 'billing.changed', subject: by.name, data: { fields: changed }, at });
    return {};
  });
}

/** M3: the mandate is given, or taken back for the invoices to come: without it, each preview waits for its member's approval. @throws Problem `billing_missing` */
export async function changeMandate(db: Db, { memberId, by, key, at }: Deed, accepted: boolean): Promise<void> {
  await once(db, `billing-mandate/${memberId}/${key}`, async (tx) => {
    const { legalName, mandateAcceptedAt } = await holdEntity(tx, memberId);
    if ((mandateAcceptedAt !== null) === accepted) return {};
    if (!accepted) await endMandates(tx, memberId, at);
    const mandate = accepted ? await acceptMandate(tx, memberId, legalName, at) : noMandate;
    await tx.billingEntity.update({ where: { memberId }, data: { ...mandate } });
    await recordEvent(tx, { by, action: accepted ? 'billing.mandateAccepted' : 'billing.mandateEnded', subject: by.name, data: { sha256: mandate.mandateTextSha256 ?? '' }, at });
    return {};
  });
}

/** A member's entity, and nobody else changes it meanwhile. @throws Problem `billing_missing` */
export async function holdEntity(tx: Tx, memberId: string) {
  await tx.$queryRaw`SELECT 1 FROM "BillingEntity" WHERE "memberId" = ${memberId} FOR UPDATE`;
  const entity = await tx.billingEntity.findUnique({ where: { memberId } });
  if (!entity) throw new Problem('billing_missing', `${memberId} has no billing entity yet`);
  return entity;
}
