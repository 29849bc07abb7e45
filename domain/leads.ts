import { nameKey } from './bank/plain-words.ts';
import { compact } from './identifiers.ts';

/** How a company is recognised, whoever tells of it. */
export interface CompanySigns {
  /** Its name as it is compared: `companyKey`. */
  readonly key: string;
  readonly siren: string | null;
  /** Of an address there: `mailDomain`. */
  readonly domain: string | null;
}

export type SameBy = 'siren' | 'domain' | 'name';

/** Whom else a company is known from: a lead of one's own, somebody else's, or a client of OFF-WORKS. */
export type LeadTwinKind = 'yours' | 'other_member' | 'client';

/** Where anybody may have an address: it says nothing of whom one works for. */
const openToAll = new Set([
  'gmail.com', 'googlemail.com', 'outlook.com', 'outlook.fr', 'hotmail.com', 'hotmail.fr', 'live.com', 'live.fr', 'msn.com', 'yahoo.com', 'yahoo.fr', 'icloud.com', 'me.com', 'proton.me', 'protonmail.com',
  'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'laposte.net', 'bbox.fr', 'gmx.com', 'gmx.fr', 'aol.com', 'neuf.fr',
]);

/** A company's name without capitals, accents, order or legal form: « Brasserie Étoile SAS » and « ETOILE BRASSERIE » are the same. */
export function companyKey(name: string): string {
  return nameKey(name);
}

/** The domain an address is of; null where anybody may have one. */
export function mailDomain(email: string): string | null {
  const domain = email.trim().toLowerCase().split('@')[1] ?? '';
  return domain === '' || openToAll.has(domain) ? null : domain;
}

/** What is typed of a company, as it is compared. */
export function signsOf(said: { readonly company: string; readonly siren: string | null; readonly contactEmail: string }): CompanySigns {
  return { key: companyKey(said.company), siren: said.siren ? compact(said.siren) : null, domain: mailDomain(said.contactEmail) };
}

/**
 * M14: are these the same company, and by what? Two that both say their SIREN are told apart by it alone: a group's houses may share a name and a domain.
 * Null when nothing says so.
 */
export function sameCompany(one: CompanySigns, other: CompanySigns): SameBy | null {
  if (one.siren !== null && other.siren !== null) return one.siren === other.siren ? 'siren' : null;
  if (one.domain !== null && one.domain === other.domain) return 'domain';
  return one.key !== '' && one.key === other.key ? 'name' : null;
}
