import type { FacturXParty } from './invoice.ts';
import { group, leaf, type Xml } from './xml.ts';

/** SIREN under 0002, SIRET under 0009, the electronic address of the French reform under 0225. A seller without a VAT number has its SIREN as tax registration. */
export function partyOf(name: string, party: FacturXParty, seller: boolean): Xml {
  const { address, contact } = party;
  return group(name, [
    leaf('ram:GlobalID', party.siret, { schemeID: '0009' }),
    leaf('ram:Name', party.name),
    seller ? leaf('ram:Description', party.legal) : null,
    group('ram:SpecifiedLegalOrganization', [leaf('ram:ID', party.siren, { schemeID: '0002' })]),
    contact && group('ram:DefinedTradeContact', [
      leaf('ram:PersonName', contact.name),
      group('ram:TelephoneUniversalCommunication', [leaf('ram:CompleteNumber', contact.phone)]),
      group('ram:EmailURIUniversalCommunication', [leaf('ram:URIID', contact.email)]),
    ]),
    group('ram:PostalTradeAddress', [
      leaf('ram:PostcodeCode', address.postcode), leaf('ram:LineOne', address.street), leaf('ram:CityName', address.city), leaf('ram:CountryID', address.country),
    ]),
    group('ram:URIUniversalCommunication', [leaf('ram:URIID', party.siren, { schemeID: '0225' })]),
    group('ram:SpecifiedTaxRegistration', [party.vatNumber ? leaf('ram:ID', party.vatNumber, { schemeID: 'VA' }) : seller ? leaf('ram:ID', party.siren, { schemeID: 'FC' }) : null]),
  ]);
}
