import { isCountry } from './countries.ts';
import { compact, isFrenchVatNumber, isSiren } from './identifiers.ts';

/** What an invoice says of a client. */
export interface CompanyDetails {
  readonly name: string;
  readonly siren: string | null;
  readonly vatNumber: string | null;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

export type CompanyField = 'name' | 'siren' | 'vatNumber' | 'address' | 'postcode' | 'city' | 'country';

/** Shapes of VAT numbers in the Union (directive 2006/112, annex; VIES), France's key being checked besides. */
const vatShapes: Readonly<Record<string, RegExp>> = {
  AT: /^ATU\d{8}$/, BE: /^BE[01]\d{9}$/, BG: /^BG\d{9,10}$/, CY: /^CY\d{8}[A-Z]$/, CZ: /^CZ\d{8,10}$/, DE: /^DE\d{9}$/, DK: /^DK\d{8}$/, EE: /^EE\d{9}$/, ES: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^FI\d{8}$/, GR: /^EL\d{9}$/, HR: /^HR\d{11}$/, HU: /^HU\d{8}$/, IE: /^IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/, IT: /^IT\d{11}$/, LT: /^LT(\d{9}|\d{12})$/, LU: /^LU\d{8}$/, LV: /^LV\d{11}$/, MT: /^MT\d{8}$/,
  NL: /^NL[A-Z0-9+*]{9}B[A-Z0-9+*]{2}$/, PL: /^PL\d{10}$/, PT: /^PT\d{9}$/, RO: /^RO\d{2,10}$/, SE: /^SE\d{12}$/, SI: /^SI\d{8}$/, SK: /^SK\d{10}$/,
};

/** Is this the VAT number of an enterprise of that country, as far as its shape (and in France its key) says? A country outside the Union takes any. */
export function isVatNumber(text: string, country: string): boolean {
  const number = compact(text);
  if (country === 'FR') return isFrenchVatNumber(number);
  const shape = vatShapes[country];
  return shape ? shape.test(number) : /^[A-Z0-9]{4,20}$/.test(number);
}

/** Signs each may have, so that it stands on a document. */
const longest = { name: 160, address: 200, postcode: 12, city: 80 } as const;

/** What is wrong with what was typed; empty when it may be kept. Nothing is obliged here: gaps are told apart. */
export function companyFaults(details: CompanyDetails): CompanyField[] {
  const faults: CompanyField[] = [];
  if (details.name.trim() === '') faults.push('name');
  for (const field of ['name', 'address', 'postcode', 'city'] as const) if (details[field].length > longest[field] && !faults.includes(field)) faults.push(field);
  if (!isCountry(details.country)) faults.push('country');
  if (details.siren && !isSiren(details.siren)) faults.push('siren');
  if (details.vatNumber && !isVatNumber(details.vatNumber, details.country)) faults.push('vatNumber');
  // A French VAT number holds the SIREN: both are of the same enterprise.
  if (details.siren && details.vatNumber && details.country === 'FR' && !faults.includes('vatNumber') && !compact(details.vatNumber).endsWith(compact(details.siren))) faults.push('vatNumber');
  if (details.country === 'FR' && details.postcode && !faults.includes('postcode') && !/^\d{5}$/.test(details.postcode.trim())) faults.push('postcode');
  return faults;
}

/** What an invoice still lacks (CGI annex II, 242 nonies A): identity and address, and in France the SIREN. */
export function companyGaps(details: CompanyDetails): CompanyField[] {
  const lacking = (['name', 'address', 'postcode', 'city'] as const).filter((field) => details[field].trim() === '');
  return details.country === 'FR' && !details.siren ? [...lacking, 'siren'] : lacking;
}
