import { dayOf, discount, euros, indicator, paidOn, percent, qualifiedDayOf, sepaTransfer, taxOf } from './figures.ts';
import type { FacturXInvoice, FacturXVat } from './invoice.ts';
import { sumsOf } from './sums.ts';
import { group, leaf, type Xml } from './xml.ts';

/** [BG-16, BG-20, BG-22, BG-23] How it is paid, what is taken off, VAT and sums. */
export function settlementOf(invoice: FacturXInvoice): Xml {
  const { account } = invoice;
  const sums = sumsOf(invoice);
  return group('ram:ApplicableHeaderTradeSettlement', [
    account && leaf('ram:PaymentReference', invoice.number),
    leaf('ram:InvoiceCurrencyCode', 'EUR'),
    account && group('ram:SpecifiedTradeSettlementPaymentMeans', [
      leaf('ram:TypeCode', sepaTransfer),
      group('ram:PayeePartyCreditorFinancialAccount', [leaf('ram:IBANID', account.iban), leaf('ram:AccountName', account.name)]),
      group('ram:PayeeSpecifiedCreditorFinancialInstitution', [leaf('ram:BICID', account.bic)]),
    ]),
    ...invoice.vat.map((vat) => vatOf(vat, invoice.vatOnReceipts)),
    ...invoice.allowances.map(({ label, cents, vat }) => group('ram:SpecifiedTradeAllowanceCharge', [
      indicator(false),
      leaf('ram:ActualAmount', euros(cents)), leaf('ram:ReasonCode', discount), leaf('ram:Reason', label), group('ram:CategoryTradeTax', taxOf(vat)),
    ])),
    group('ram:SpecifiedTradePaymentTerms', [leaf('ram:Description', invoice.paymentTerms), invoice.dueOn && dayOf('ram:DueDateDateTime', invoice.dueOn)]),
    group('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
      leaf('ram:LineTotalAmount', euros(sums.linesCents)),
      sums.allowancesCents > 0 ? leaf('ram:AllowanceTotalAmount', euros(sums.allowancesCents)) : null,
      leaf('ram:TaxBasisTotalAmount', euros(sums.netCents)),
      leaf('ram:TaxTotalAmount', euros(sums.vatCents), { currencyID: 'EUR' }),
      leaf('ram:GrandTotalAmount', euros(sums.totalCents)),
      invoice.prepaidCents > 0 ? leaf('ram:TotalPrepaidAmount', euros(invoice.prepaidCents)) : null,
      leaf('ram:DuePayableAmount', euros(sums.dueCents)),
    ]),
    ...invoice.preceding.map(({ number, issuedOn }) => group('ram:InvoiceReferencedDocument', [
      leaf('ram:IssuerAssignedID', number),
      qualifiedDayOf('ram:FormattedIssueDateTime', issuedOn),
    ])),
  ]);
}

function vatOf(vat: FacturXVat, onReceipts: boolean): Xml {
  return group('ram:ApplicableTradeTax', [
    leaf('ram:CalculatedAmount', euros(vat.cents)), leaf('ram:TypeCode', 'VAT'), leaf('ram:ExemptionReason', vat.exemption?.wording ?? null),
    leaf('ram:BasisAmount', euros(vat.baseCents)), leaf('ram:CategoryCode', vat.category), leaf('ram:ExemptionReasonCode', vat.exemption?.code ?? null),
    onReceipts ? leaf('ram:DueDateTypeCode', paidOn) : null, leaf('ram:RateApplicablePercent', percent(vat)),
  ]);
}
