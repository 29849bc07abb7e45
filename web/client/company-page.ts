import { z } from 'zod';
import { addBillingContact, dropBillingContact, saveCompany, setBillingReaders } from '../../database/company/details.ts';
import type { Tx } from '../../database/open.ts';
import { companyGaps } from '../../domain/company-details.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import { text, texts } from '../body.ts';
import type { Access, Act, Page } from '../page.ts';

const contact = z.object({ name: z.string().min(1).max(120), email: z.email().max(200) });

/** C1, I6: what invoices say of the company, and who reads them. */
export const companyPage: Page = {
  template: 'client-company',
  async show(deps, access) {
    if (!access.company) throw new Problem('not_found', 'nobody of a company');
    const company = await deps.db.company.findUniqueOrThrow({
      where: { id: access.company.id }, include: { billingContacts: { orderBy: { name: 'asc' } }, users: { where: { leftAt: null }, orderBy: { name: 'asc' } } },
    });
    return { title: company.name, company, gaps: companyGaps(company), mayEdit: access.may('editCompany'), readers: company.users.filter(({ billingContact }) => billingContact).map(({ id }) => id) };
  },
  acts: {
    saveCompany: act('companySaved', (tx, access, body) => saveCompany(tx, changing(access), {
      name: text(body, 'name'), siren: text(body, 'siren') || null, vatNumber: text(body, 'vatNumber') || null, address: text(body, 'address'), postcode: text(body, 'postcode'),
      city: text(body, 'city'), country: text(body, 'country').toUpperCase() || 'FR', orderNumberRequired: text(body, 'orderNumberRequired') === 'yes',
    })),
    setBillingReaders: act('companySaved', (tx, access, body) => setBillingReaders(tx, changing(access), texts(body, 'readerIds'))),
    addBillingContact: act('companySaved', (tx, access, body) => {
      const given = contact.safeParse({ name: text(body, 'contactName'), email: text(body, 'contactEmail').toLowerCase() });
      if (!given.success) throw new Problem('form_invalid', 'billing contact', { fields: given.error.issues.map(({ path }) => (path[0] === 'name' ? 'contactName' : 'contactEmail')).join(', ') });
      return addBillingContact(tx, changing(access), { ...given.data, locale: access.locale });
    }),
    dropBillingContact: act('companySaved', (tx, access, body) => dropBillingContact(tx, changing(access), text(body, 'contactId'))),
  },
};

function act(notice: string, run: (tx: Tx, access: Access, body: Record<string, unknown>) => Promise<void>): Act {
  return async (deps, access, body) => {
    requireRight(access, 'editCompany');
    await deps.db.$transaction((tx) => run(tx, access, body));
    return { notice };
  };
}

function changing(access: Access) {
  return { companyId: access.company?.id ?? '', by: { kind: 'client' as const, id: access.person.id, name: access.name }, at: Date.now() };
}
