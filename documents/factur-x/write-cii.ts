import { dayOf, discount, euros, indicator, taxOf, thousandths } from './figures.ts';
import type { FacturXInvoice, FacturXLine } from './invoice.ts';
import { chargedCents } from './sums.ts';
import { partyOf } from './write-party.ts';
import { settlementOf } from './write-settlement.ts';
import { group, leaf, type Xml } from './xml.ts';

/** The name the file has inside the PDF, by the standard. */
export const facturXFileName = 'factur-x.xml';
/** [BT-24] Profile EN 16931. */
const guideline = 'urn:cen.eu:en16931:2017';

const namespaces = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/**
 * I10: an invoice as UN/CEFACT Cross Industry Invoice (D22B), profile EN 16931 of Factur-X. Pure: the same invoice gives the same bytes.
 * @throws Error when its sums do not hold together, or differ from those of the document (sums.ts)
 */
export function writeCii(invoice: FacturXInvoice): string {
  const root = group('rsm:CrossIndustryInvoice', [
    group('rsm:ExchangedDocumentContext', [
      group('ram:BusinessProcessSpecifiedDocumentContextParameter', [leaf('ram:ID', invoice.process)]),
      group('ram:GuidelineSpecifiedDocumentContextParameter', [leaf('ram:ID', guideline)]),
    ]),
    group('rsm:ExchangedDocument', [
      leaf('ram:ID', invoice.number),
      leaf('ram:TypeCode', invoice.type),
      dayOf('ram:IssueDateTime', invoice.issuedOn),
      ...invoice.notes.map(({ code, text }) => group('ram:IncludedNote', [leaf('ram:Content', text), leaf('ram:SubjectCode', code)])),
    ]),
    group('rsm:SupplyChainTradeTransaction', [
      ...invoice.lines.map(lineOf),
      agreementOf(invoice),
      deliveryOf(invoice),
      settlementOf(invoice),
    ]),
  ], namespaces);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function lineOf(line: FacturXLine, index: number): Xml {
  return group('ram:IncludedSupplyChainTradeLineItem', [
    group('ram:AssociatedDocumentLineDocument', [leaf('ram:LineID', String(index + 1))]),
    group('ram:SpecifiedTradeProduct', [leaf('ram:Name', line.name), leaf('ram:Description', line.description)]),
    group('ram:SpecifiedLineTradeAgreement', [group('ram:NetPriceProductTradePrice', [leaf('ram:ChargeAmount', euros(line.unitCents))])]),
    group('ram:SpecifiedLineTradeDelivery', [leaf('ram:BilledQuantity', thousandths(line.quantityMilli), { unitCode: 'C62' })]),
    group('ram:SpecifiedLineTradeSettlement', [
      group('ram:ApplicableTradeTax', taxOf(line.vat)),
      line.offered && group('ram:SpecifiedTradeAllowanceCharge', [
        indicator(false),
        leaf('ram:CalculationPercent', '100.00'), leaf('ram:BasisAmount', euros(line.amountCents)), leaf('ram:ActualAmount', euros(line.amountCents)),
        leaf('ram:ReasonCode', discount), leaf('ram:Reason', line.offered.label),
      ]),
      group('ram:SpecifiedTradeSettlementLineMonetarySummation', [leaf('ram:LineTotalAmount', euros(chargedCents(line)))]),
    ]),
  ]);
}

function agreementOf({ seller, buyer, orderNumber, contract, project }: FacturXInvoice): Xml {
  return group('ram:ApplicableHeaderTradeAgreement', [
    partyOf('ram:SellerTradeParty', seller, true),
    partyOf('ram:BuyerTradeParty', buyer, false),
    group('ram:BuyerOrderReferencedDocument', [leaf('ram:IssuerAssignedID', orderNumber)]),
    group('ram:ContractReferencedDocument', [leaf('ram:IssuerAssignedID', contract)]),
    group('ram:SpecifiedProcuringProject', [leaf('ram:ID', project.ref), leaf('ram:Name', project.title)]),
  ]);
}

function deliveryOf({ serviceOn }: FacturXInvoice): Xml {
  const day = serviceOn && group('ram:ActualDeliverySupplyChainEvent', [dayOf('ram:OccurrenceDateTime', serviceOn)]);
  return day ? group('ram:ApplicableHeaderTradeDelivery', [day]) : '<ram:ApplicableHeaderTradeDelivery/>';
}
