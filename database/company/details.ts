import type { CompanyDetails } from '../../domain/company-details.ts';
import { companyFaults } from '../../domain/company-details.ts';
import { compact } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { holdCompany } from './hold-company.ts';

interface Changing { readonly companyId: string; readonly by: By; readonly at: number }

/** What invoices say of the company from now on; an issued document never changes. @throws Problem `form_invalid` naming the fields */
export async function saveCompany(tx: Tx, { companyId, by, at }: Changing, given: CompanyDetails & { readonly orderNumberRequired: boolean }): Promise<void> {
  const details = { ...given, siren: given.siren ? compact(given.siren) : null, vatNumber: given.vatNumber ? compact(given.vatNumber) : null };
  const faults = companyFaults(details);
  if (faults.length > 0) throw new Problem('form_invalid', `company: ${faults.join(', ')}`, { fields: faults.join(', ') });
  await holdCompany(tx, companyId);
  const before = await tx.company.findUniqueOrThrow({ where: { id: companyId } });
  const changed = (Object.keys(details) as (keyof typeof details)[]).filter((field) => before[field] !== details[field]);
  if (changed.length === 0) return;
  await tx.company.update({ where: { id: companyId }, data: details });
  await recordEvent(tx, { by, action: 'company.changed', subject: `company/${companyId}`, data: { fields: changed }, at });
}

/** Which collaborators read the invoices (I6); none: each project's owner does. */
export async function setBillingReaders(tx: Tx, { companyId, by, at }: Changing, ids: readonly string[]): Promise<void> {
  await holdCompany(tx, companyId);
  const wanted = await tx.clientUser.findMany({ where: { companyId, leftAt: null, id: { in: [...ids] } }, select: { id: true } });
  await tx.clientUser.updateMany({ where: { companyId }, data: { billingContact: false } });
  await tx.clientUser.updateMany({ where: { id: { in: wanted.map(({ id }) => id) } }, data: { billingContact: true } });
  await recordEvent(tx, { by, action: 'company.billingReaders', subject: `company/${companyId}`, data: { readers: wanted.map(({ id }) => id) }, at });
}

/** Somebody outside the workspace reads the invoices too. The same address twice is one contact. */
export async function addBillingContact(tx: Tx, { companyId, by, at }: Changing, contact: { name: string; email: string; locale: string }): Promise<void> {
  await holdCompany(tx, companyId);
  const { id } = await tx.billingContact.upsert({
    where: { companyId_email: { companyId, email: contact.email } }, create: { companyId, ...contact, createdAt: new Date(at) }, update: { name: contact.name },
  });
  await recordEvent(tx, { by, action: 'company.billingContactAdded', subject: `company/${companyId}`, data: { contactId: id }, at });
}

/** Takes a contact away: the links in their mails open nothing any more. */
export async function dropBillingContact(tx: Tx, { companyId, by, at }: Changing, id: string): Promise<void> {
  await holdCompany(tx, companyId);
  const { count } = await tx.billingContact.deleteMany({ where: { id, companyId } });
  if (count === 0) return;
  await tx.personalLink.updateMany({ where: { ownerKind: 'billing', ownerId: id, revokedAt: null }, data: { revokedAt: new Date(at) } });
  await recordEvent(tx, { by, action: 'company.billingContactDropped', subject: `company/${companyId}`, data: { contactId: id }, at });
}
