import type { BillingEntity, ClientUser, Company, Staff } from '@prisma/client';
import type { Contact, Party } from './kinds.ts';

/** A client as its documents name it. */
export function clientParty(company: Company): Party {
  return {
    name: company.name,
    legalForm: null,
    capitalCents: null,
    siren: company.siren,
    siret: null,
    register: null,
    vatNumber: company.vatNumber,
    address: { street: company.address, postcode: company.postcode, city: company.city, country: company.country },
    email: null,
  };
}

/** A member as their billing entity names them (M3). */
export function supplierParty(entity: BillingEntity): Party {
  const siret = entity.siret.replace(/\s/g, '');
  return {
    name: entity.legalName,
    legalForm: entity.legalForm,
    capitalCents: null,
    siren: siret.slice(0, 9),
    siret,
    register: null,
    vatNumber: entity.vatNumber,
    address: { street: entity.address, postcode: entity.postcode, city: entity.city, country: entity.country },
    email: null,
  };
}

export function contact(person: Pick<ClientUser | Staff, 'name' | 'email' | 'phone'>): Contact {
  return { name: person.name, email: person.email, phone: person.phone };
}
