import { day, money, rate } from '../format.ts';
import type { ClientInvoiceData, Contact, DocumentDraft, DocumentLocale, Fee, InvoicedLine, InvoiceMentions, MemberInvoiceData, Party, Totals } from '../kinds.ts';
import type { CreditNoteData } from '../money-kinds.ts';
import { say } from '../words.ts';
import type { FacturXInvoice, FacturXLine, FacturXNote, FacturXParty, FacturXVat, VatOfLine } from './invoice.ts';

export type InvoiceDraft = DocumentDraft<'client_invoice' | 'member_invoice' | 'credit_note'>;

/** I10: what the machine reads of an invoice, a self-billed invoice or a credit note: the very data its page is drawn from. */
export function facturXOf({ kind, data, locale }: InvoiceDraft): FacturXInvoice {
  switch (kind) {
    case 'client_invoice': return clientInvoice(data, locale);
    case 'member_invoice': return memberInvoice(data, locale);
    case 'credit_note': return creditNote(data, locale);
  }
}

function clientInvoice(data: ClientInvoiceData, locale: DocumentLocale): FacturXInvoice {
  const { manager, issuer, billingContact, totals } = data;
  return {
    ...shared(data),
    type: data.kind === 'deposit' ? '386' : '380',
    process: processOf(data),
    number: data.number,
    serviceOn: data.serviceOn,
    notes: [...lateNotes(data.mentions), ...operationNotes(data.mentions)],
    seller: party(issuer, locale, manager ?? { name: issuer.name, email: issuer.email, phone: null }),
    buyer: party(data.client, locale, billingContact),
    orderNumber: data.orderNumber,
    contract: data.quoteNumbers.join(', ') || null,
    lines: [...data.lines.map((line) => lineOf(line, totals, locale)), ...feeLine(data.fee, data.feeVatRateBp, totals, locale)],
    vatOnReceipts: data.mentions.receipts !== null,
    prepaidCents: data.prepaidCents,
    dueOn: data.dueOn,
    paymentTerms: `${say(locale, data.immediate ? 'invoice.due.now' : 'invoice.due')} ${day(data.dueOn, locale)}`,
    account: { name: issuer.name, iban: issuer.iban, bic: issuer.bic },
    preceding: data.earlier,
  };
}

function memberInvoice(data: MemberInvoiceData, locale: DocumentLocale): FacturXInvoice {
  if (data.number === null) throw new Error(`${data.ref} is a specimen: it has no number`);
  return {
    ...shared(data),
    type: '389',
    process: processOf(data),
    number: data.number,
    serviceOn: data.serviceOn,
    notes: [...lateNotes(data.mentions), ...operationNotes(data.mentions), { code: 'AAI', text: `${say(locale, 'self.label')}. ${data.selfBilled}` }],
    seller: party(data.supplier, locale, null),
    buyer: party(data.buyer, locale, null),
    orderNumber: null,
    contract: null,
    lines: data.lines.map((line) => lineOf(line, data.totals, locale)),
    vatOnReceipts: data.mentions.receipts !== null,
    prepaidCents: data.prepaidCents,
    dueOn: data.dueOn,
    paymentTerms: say(locale, 'self.payment.text', { last4: data.ibanLast4 }),
    account: null, // OFF-WORKS knows the account it pays to; it is written on no document
    preceding: data.earlier,
  };
}

function creditNote(data: CreditNoteData, locale: DocumentLocale): FacturXInvoice {
  const { totals, team, selfBilled } = data;
  return {
    ...shared(data),
    type: selfBilled === null ? '381' : '261',
    process: 'S1',
    number: data.number,
    serviceOn: null,
    notes: [{ code: 'AAI', text: data.reason }, ...lateNotes(data.mentions), ...operationNotes(data.mentions), ...(selfBilled === null ? [] : [{ code: 'AAI' as const, text: `${say(locale, 'self.label')}. ${selfBilled}` }])],
    seller: party(data.seller, locale, null),
    buyer: party(data.buyer, locale, null),
    orderNumber: data.orderNumber,
    contract: null,
    lines: [...data.lines.map((line) => lineOf(line, totals, locale)), ...(team ? feeLine(team.fee, team.feeVatRateBp, totals, locale) : [])],
    vatOnReceipts: data.mentions.receipts !== null,
    prepaidCents: 0,
    dueOn: null,
    paymentTerms: say(locale, `credit.outcome.${data.outcome}`, { number: data.corrects.number }),
    account: null,
    preceding: [data.corrects],
  };
}

/** What the three have in common. */
function shared(data: ClientInvoiceData | MemberInvoiceData | CreditNoteData): Pick<FacturXInvoice, 'issuedOn' | 'project' | 'allowances' | 'vat' | 'totalCents'> {
  const { totals } = data;
  return {
    issuedOn: data.issuedOn,
    project: data.project,
    allowances: data.discounts.map(({ label, cents, vatRateBp }) => ({ label, cents, vat: vatOf(vatRateBp, totals) })),
    vat: vatSummedUp(totals),
    totalCents: totals.totalCents,
  };
}

/** A balance after deposits says so. */
const processOf = (data: ClientInvoiceData | MemberInvoiceData): FacturXInvoice['process'] => (data.kind === 'balance' && data.earlier.some(({ kind }) => kind === 'deposit') ? 'S4' : 'S1');

function lateNotes({ late, indemnity, earlyPayment }: InvoiceMentions): FacturXNote[] {
  return [{ code: 'PMD', text: late }, { code: 'PMT', text: indemnity }, { code: 'AAB', text: earlyPayment }];
}

function operationNotes({ operation, receipts }: InvoiceMentions): FacturXNote[] {
  return [{ code: 'AAI', text: operation }, ...(receipts === null ? [] : [{ code: 'TXD' as const, text: receipts }])];
}

function lineOf(line: InvoicedLine, totals: Totals, locale: DocumentLocale): FacturXLine {
  const { label, details, quantityMilli, unitCents, amountCents, offered, vatRateBp } = line;
  return {
    name: label, description: details.join(' · ') || null, quantityMilli, unitCents, amountCents,
    offered: offered ? { label: say(locale, 'quote.offered') } : null, vat: vatOf(vatRateBp, totals),
  };
}

/** Q5: the fee stands apart on the page, and is a line of its own for whoever adds them up. */
function feeLine({ rateBp, basis, cents }: Fee, vatRateBp: number | null, totals: Totals, locale: DocumentLocale): FacturXLine[] {
  if (cents === 0) return [];
  const description = say(locale, `recap.fee.${basis}`, { rate: rate(rateBp, locale) });
  return [{ name: say(locale, 'recap.fee'), description, quantityMilli: 1_000, unitCents: cents, amountCents: cents, offered: null, vat: vatOf(vatRateBp, totals) }];
}

function vatOf(rateBp: number | null, { exemption }: Totals): VatOfLine {
  if (rateBp !== null) return { category: 'S', rateBp };
  if (!exemption) throw new Error('a line without VAT on an invoice that does not say why');
  return { category: exemption.reason === 'franchise' ? 'E' : 'AE' };
}

function vatSummedUp({ vat, exemption, netCents }: Totals): FacturXVat[] {
  const charged = vat.map(({ rateBp, baseCents, cents }): FacturXVat => ({ category: 'S', rateBp, baseCents, cents, exemption: null }));
  if (!exemption) return charged;
  const { reason, wording } = exemption;
  const code = reason === 'franchise' ? 'VATEX-FR-FRANCHISE' as const : 'VATEX-EU-AE' as const;
  return [...charged, { category: reason === 'franchise' ? 'E' : 'AE', baseCents: netCents - charged.reduce((sum, { baseCents }) => sum + baseCents, 0), cents: 0, exemption: { code, wording } }];
}

function party({ name, legalForm, capitalCents, register, siren, siret, vatNumber, address }: Party, locale: DocumentLocale, contact: Contact | { name: string; email: string | null; phone: null } | null): FacturXParty {
  const form = legalForm && capitalCents ? say(locale, 'identity.capital', { form: legalForm, capital: money(capitalCents, locale) }) : legalForm;
  return { name, legal: [form, register].filter(Boolean).join(', ') || null, siren: siren ?? siret?.slice(0, 9) ?? null, siret, vatNumber, address, contact };
}
