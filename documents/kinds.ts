import type { CreditNoteData, DunningLetterData, PayoutAdviceData, StatementData } from './money-kinds.ts';

/**
 * What each document says, apart from how it looks: the same data feeds the HTML, the PDF set from it and the Factur-X (I10).
 * Money is integer cents, rates are basis points, quantities are thousandths. Everything is plain JSON, and nothing is optional:
 * what a document does not say is `null` or an empty list, so that a forgotten field is an error and not a blank.
 */
export type DocumentLocale = 'fr' | 'en';

/** A calendar day in Paris: 2026-03-31. */
export type Day = string;
/** A moment in UTC: 2026-03-31T14:05:00.000Z. */
export type Moment = string;

export interface PostalAddress {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

/** A legal person or a sole trader, as the law wants it named on an invoice. */
export interface Party {
  readonly name: string;
  readonly legalForm: string | null;
  readonly capitalCents: number | null;
  readonly siren: string | null;
  readonly siret: string | null;
  /** Register and town: RCS Paris. */
  readonly register: string | null;
  readonly vatNumber: string | null;
  readonly address: PostalAddress;
  readonly email: string | null;
}

/** OFF-WORKS, with the account its clients pay to. */
export interface Issuer extends Party {
  readonly iban: string;
  readonly bic: string;
  /** VAT on services falls due when the client pays, unless OFF-WORKS opts for debits. */
  readonly vatOnReceipts: boolean;
  /** A made-up identity: said at the foot of every document. */
  readonly demo: boolean;
}

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
}

export interface ProjectName {
  readonly ref: string;
  readonly title: string;
}

export type LineKind = 'days' | 'flat' | 'cost' | 'rights';

export interface QuotedLine {
  readonly kind: LineKind;
  readonly label: string;
  readonly quantityMilli: number;
  readonly unitCents: number;
  /** What the line is worth, charged or not. */
  readonly amountCents: number;
  /** Q2: shown, not charged. */
  readonly offered: boolean;
}

/** Q1: an extra the client may tick. */
export interface QuotedOption extends QuotedLine {
  readonly id: string;
  readonly ticked: boolean;
  /** What the client's total excluding tax rises by when it is ticked: the line and the fee that goes with it. */
  readonly withFeeCents: number;
}

export interface QuotedSection {
  /** Empty: the lines stand without a heading. */
  readonly title: string;
  readonly lines: readonly QuotedLine[];
}

export type PaymentSchedule = 'end' | 'deposit_balance' | 'instalments';

/** A length of time as the terms write it. */
export interface Lapse {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'working_days';
  readonly count: number;
}

/** The part of a team quote that is one member's. */
export interface QuotedWork {
  readonly memberName: string;
  readonly headline: string;
  readonly sections: readonly QuotedSection[];
  readonly options: readonly QuotedOption[];
  /** Q2: taken off this member's total, as a positive amount. */
  readonly discountCents: number;
  /** Excluding tax: charged lines, ticked options, less the discount. */
  readonly totalCents: number;
  /** Q3 */
  readonly conditions: string;
  readonly paymentSchedule: PaymentSchedule;
  readonly depositBp: number | null;
  /** How many; documents of before it was asked do not say. */
  readonly instalments?: number | null;
}

/** Q6: the fee, with what its rate applies to. */
export interface Fee {
  readonly rateBp: number;
  readonly basis: 'of_final_amount' | 'of_members_total';
  readonly cents: number;
}

/** VAT of one rate. */
export interface VatPart {
  readonly rateBp: number;
  readonly baseCents: number;
  readonly cents: number;
}

/** Why no VAT is charged, in the words of the dated settings. */
export interface VatExemption {
  readonly reason: 'franchise' | 'reverse_charge';
  readonly wording: string;
}

export interface Totals {
  /** Excluding tax. */
  readonly netCents: number;
  /** Empty where no VAT is charged. */
  readonly vat: readonly VatPart[];
  readonly exemption: VatExemption | null;
  readonly vatCents: number;
  readonly totalCents: number;
}

/** Q4: the global quote of the team, in OFF-WORKS's name. */
export interface ClientQuoteData {
  readonly number: string;
  readonly version: number;
  readonly issuedOn: Day;
  readonly validUntil: Day;
  /** Null until it is signed. */
  readonly signedOn: Day | null;
  readonly project: ProjectName;
  /** Q9: what an amendment adds; empty on the project's first quote. */
  readonly amendment: { readonly number: number; readonly purpose: string } | null;
  readonly issuer: Issuer;
  readonly client: Party;
  readonly clientContact: Contact;
  readonly manager: Contact | null;
  readonly introduction: string;
  readonly work: readonly QuotedWork[];
  readonly membersTotalCents: number;
  readonly fee: Fee;
  readonly totals: Totals;
  readonly paymentTerm: Lapse;
  readonly depositTerm: Lapse;
  readonly late: LateTerms;
  /** Late payment, in the words in force the day of the quote. */
  readonly lateWording: string;
}

/** I6: the terms promised to the client, whatever the settings have become. */
export interface LateTerms {
  /** Yearly. */
  readonly rateBp: number;
  readonly indemnityCents: number;
}

/** One member's quote to OFF-WORKS: for staff and for its member, never for the client (Q4). It holds no fee (Q5). */
export interface MemberQuoteData {
  readonly roundRef: string;
  readonly version: number;
  readonly submittedOn: Day;
  readonly project: ProjectName;
  readonly clientName: string;
  readonly member: { readonly name: string; readonly headline: string };
  readonly supplier: Party | null;
  readonly issuer: Issuer;
  readonly work: QuotedWork;
  readonly totals: Totals;
  readonly remarks: string | null;
}

/** I8: one share of a referrer: what it is of, where it stands, and why it has not left yet (domain/referral-statement). */
export interface ReferralShare {
  readonly invoice: string | null;
  readonly feeCents: number | null;
  readonly known: boolean;
  /** Zero while unknown. */
  readonly cents: number;
  readonly state: 'to_come' | 'due' | 'sent' | 'paid';
  readonly why: string | null;
  readonly on: Day | null;
}

/** I8: what a member's referrals have brought and will bring. */
export interface ReferralStatementData {
  readonly drawnOn: Day;
  readonly member: { readonly name: string };
  readonly issuer: Issuer;
  readonly leftCents: number;
  readonly dueCents: number;
  readonly toComeCents: number;
  readonly projects: readonly { readonly ref: string; readonly title: string; readonly clientName: string; readonly level: string; readonly rateBp: number; readonly shares: readonly ReferralShare[] }[];
}

/** Q7: who signed what, when and from where. */
export interface SignatureCertificateData {
  readonly signatureId: string;
  readonly signedAt: Moment;
  readonly signer: { readonly name: string; readonly title: string; readonly email: string };
  readonly client: Party;
  readonly issuer: Issuer;
  readonly ip: string;
  readonly userAgent: string;
  /** The very words the signer agreed to. */
  readonly consent: string;
  readonly project: ProjectName;
  readonly quote: { readonly number: string; readonly version: number; readonly title: string; readonly sha256: string };
  /** SHA-256 of the quote as it was sent, before the options were ticked; null when it is the signed one. */
  readonly presentedSha256: string | null;
  readonly orderNumber: string | null;
  readonly options: readonly { readonly label: string; readonly memberName: string; readonly amountCents: number }[];
  /** What was agreed, ticked options included. */
  readonly membersTotalCents: number;
  readonly fee: Fee;
  readonly totals: Totals;
}

export type InvoiceKind = 'progress' | 'deposit' | 'balance';

export interface InvoicedLine {
  readonly label: string;
  /** Quote, sections and share that say precisely what is invoiced; each is a line of small print. */
  readonly details: readonly string[];
  readonly quantityMilli: number;
  readonly unitCents: number;
  /** What the line is worth, charged or not. */
  readonly amountCents: number;
  /** Null where no VAT is charged. */
  readonly vatRateBp: number | null;
  /** Q2: shown, not charged. */
  readonly offered: boolean;
}

/** Q2: taken off the whole of an invoice, as a positive amount excluding tax. */
export interface InvoiceDiscount {
  readonly label: string;
  readonly cents: number;
  /** Null where no VAT is charged. */
  readonly vatRateBp: number | null;
}

/** What the law has an invoice say, in the words in force the day it is issued (documents/legal.ts). */
export interface InvoiceMentions {
  /** Category of the operation. */
  readonly operation: string;
  /** When VAT falls due; null where nothing is said of it. */
  readonly receipts: string | null;
  /** C. com. L441-10: the yearly rate and when it is due. */
  readonly late: string;
  /** C. com. D441-5: the fixed sum. */
  readonly indemnity: string;
  /** C. com. L441-9: what paying early is worth. */
  readonly earlyPayment: string;
}

/** An invoice of the same project already issued: the balance lists the deposits. */
export interface EarlierInvoice {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly issuedOn: Day;
  readonly netCents: number;
  readonly totalCents: number;
}

/** I4: drawn up by OFF-WORKS in the member's name, under their mandate. */
export interface MemberInvoiceData {
  /** In the member's own series. A preview has none: it is a specimen. */
  readonly number: string | null;
  readonly ref: string;
  readonly kind: InvoiceKind;
  /** Day of issue; of the preview for a specimen. */
  readonly issuedOn: Day;
  /** Last day of the services invoiced; null for a deposit, whose services are to come. */
  readonly serviceOn: Day | null;
  readonly project: ProjectName;
  readonly supplier: Party;
  readonly buyer: Issuer;
  readonly lines: readonly InvoicedLine[];
  readonly discounts: readonly InvoiceDiscount[];
  readonly earlier: readonly EarlierInvoice[];
  readonly totals: Totals;
  /** Including tax: earlier deposits that the total holds and the amount due does not. 0 where the lines are what is left to invoice. */
  readonly prepaidCents: number;
  readonly mentions: InvoiceMentions;
  /** What the law grants the member, whatever the client does; a preview may not know it yet. */
  readonly dueOn: Day | null;
  readonly late: LateTerms;
  readonly ibanLast4: string;
  /** CGI 289-I-2: the day of the written prior mandate; null: each invoice is approved by the member. */
  readonly mandateOn: Day | null;
  /** Day the member approved this very invoice, where there is no mandate. */
  readonly approvedOn: Day | null;
  /** By whom it is drawn up, and on what ground, in the words in force that day. */
  readonly selfBilled: string;
}

/** I2: what the member is shown before the invoice is final. Loudly a specimen, and without a number. */
export interface PreviewData extends MemberInvoiceData {
  readonly number: null;
  readonly version: number;
  readonly windowEndsAt: Moment | null;
  /** What staff answered to an anomaly. */
  readonly resolution: string | null;
}

/** I3: the one invoice of the project's team, in OFF-WORKS's name. */
export interface ClientInvoiceData {
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly issuedOn: Day;
  readonly serviceOn: Day | null;
  readonly dueOn: Day;
  /** I5: a deposit is due at once. */
  readonly immediate: boolean;
  readonly project: ProjectName;
  readonly orderNumber: string | null;
  readonly quoteNumbers: readonly string[];
  readonly issuer: Issuer;
  readonly client: Party;
  readonly billingContact: Contact | null;
  readonly manager: Contact | null;
  readonly lines: readonly InvoicedLine[];
  readonly membersTotalCents: number;
  readonly fee: Fee;
  /** Null where no VAT is charged. */
  readonly feeVatRateBp: number | null;
  readonly discounts: readonly InvoiceDiscount[];
  readonly earlier: readonly EarlierInvoice[];
  readonly totals: Totals;
  /** Including tax: earlier deposits that the total holds and the amount due does not. 0 where the lines are what is left to invoice. */
  readonly prepaidCents: number;
  readonly mentions: InvoiceMentions;
  readonly late: LateTerms;
}

export interface DocumentData {
  client_quote: ClientQuoteData;
  member_quote: MemberQuoteData;
  signature_certificate: SignatureCertificateData;
  preview: PreviewData;
  member_invoice: MemberInvoiceData;
  client_invoice: ClientInvoiceData;
  credit_note: CreditNoteData;
  dunning_letter: DunningLetterData;
  payout_advice: PayoutAdviceData;
  statement: StatementData;
  referral_statement: ReferralStatementData;
}

export type DocumentKind = keyof DocumentData;

/** A document ready to be rendered: what a builder answers. */
export type DocumentDraft<Kind extends DocumentKind = DocumentKind> = {
  [K in Kind]: { readonly kind: K; readonly locale: DocumentLocale; readonly data: DocumentData[K] };
}[Kind];
