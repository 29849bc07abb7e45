import type { Db, Tx } from './open.ts';

/** Somebody a mail can be queued to. */
export interface Recipient {
  readonly kind: 'staff' | 'client' | 'member' | 'visitor' | 'billing';
  readonly id: string | null;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

interface Named { id: string; email: string; name: string; locale?: string }

const toRecipient = (kind: Recipient['kind']) => (row: Named): Recipient => ({ kind, id: row.id, email: row.email, name: row.name, locale: row.locale ?? 'fr' });
export const memberRecipient = toRecipient('member');
export const clientRecipient = toRecipient('client');
export const staffRecipient = toRecipient('staff');
const billingRecipient = toRecipient('billing');

/** Staff who must know: the project's account manager, or whoever handles administration while nobody is assigned. */
export async function staffFor(tx: Tx, manager: (Named & { active: boolean }) | null, at: number): Promise<Recipient[]> {
  if (manager?.active) return withStandIns(tx, [staffRecipient(manager)], at);
  return administrationStaff(tx);
}

/** S3: while somebody is away, whoever stands in for them reads the same notices. `at` in ms. */
async function withStandIns(tx: Tx, staff: Recipient[], at: number): Promise<Recipient[]> {
  const moment = new Date(at);
  const absences = await tx.staffAbsence.findMany({ where: { staffId: { in: staff.flatMap(({ id }) => (id ? [id] : [])) }, from: { lte: moment }, until: { gt: moment } } });
  const standIns = await tx.staff.findMany({ where: { id: { in: absences.map(({ standInId }) => standInId) }, active: true }, orderBy: { id: 'asc' } });
  return [...staff, ...standIns.filter(({ id }) => !staff.some((one) => one.id === id)).map(staffRecipient)];
}

/** Escalations go past the account manager (Q4). */
export async function administrationStaff(tx: Tx): Promise<Recipient[]> {
  const rows = await tx.staff.findMany({ where: { active: true, role: { in: ['administrative', 'administrator'] } }, orderBy: { id: 'asc' } });
  return rows.map(staffRecipient);
}

/** Who keeps the money; the administrators while there is nobody else. */
export async function financeStaff(tx: Tx): Promise<Recipient[]> {
  const rows = await tx.staff.findMany({ where: { active: true, role: { in: ['finance', 'administrator'] } }, orderBy: { id: 'asc' } });
  const keepers = rows.filter(({ role }) => role === 'finance');
  return (keepers.length > 0 ? keepers : rows).map(staffRecipient);
}

/** Invoices go to the company's billing contacts, its own people first, or to the project's owner when none is named (I6). */
export async function billingContacts(tx: Tx, companyId: string, ownerId: string): Promise<Recipient[]> {
  const contacts = (await billingContactsOf(tx, [companyId])).get(companyId);
  if (contacts) return contacts;
  return [clientRecipient(await tx.clientUser.findUniqueOrThrow({ where: { id: ownerId } }))];
}

/** I6: who reads a level of dunning: the billing contacts, the project's owner, or all of them, each once. */
export async function dunningRecipients(tx: Tx, project: { companyId: string; ownerId: string; owner: Named }, to: 'billing' | 'owner' | 'both'): Promise<Recipient[]> {
  return dunningReaders(to, project.owner, to === 'owner' ? [] : await billingContacts(tx, project.companyId, project.ownerId));
}

/** The same, the company's billing contacts (or the owner when it has none) being known already. */
export function dunningReaders(to: 'billing' | 'owner' | 'both', projectOwner: Named, billing: readonly Recipient[]): Recipient[] {
  const owner = clientRecipient(projectOwner);
  if (to === 'owner') return [owner];
  return to === 'billing' || billing.some(({ id }) => id === owner.id) ? [...billing] : [...billing, owner];
}

/** The billing contacts of these companies, by company. A company without any is not there. */
export async function billingContactsOf(db: Db | Tx, companyIds: readonly string[]): Promise<Map<string, Recipient[]>> {
  const contacts = new Map<string, Recipient[]>();
  const add = (companyId: string, reader: Recipient): void => void contacts.set(companyId, [...(contacts.get(companyId) ?? []), reader]);
  const [people, others] = await Promise.all([
    db.clientUser.findMany({ where: { companyId: { in: [...companyIds] }, billingContact: true, leftAt: null }, orderBy: { id: 'asc' } }),
    db.billingContact.findMany({ where: { companyId: { in: [...companyIds] } }, orderBy: { id: 'asc' } }),
  ]);
  for (const row of people) add(row.companyId, clientRecipient(row));
  for (const row of others) if (!people.some(({ companyId, email }) => companyId === row.companyId && email === row.email)) add(row.companyId, billingRecipient(row));
  return contacts;
}
