import type { Day, PostalAddress } from '../kinds.ts';

/**
 * An invoice as EN 16931 sees it; the numbers in brackets are the standard's (BT: term, BG: group). Drawn from the data of the document it goes with,
 * so that the file and the page never say two things. Money is integer cents, rates are basis points, quantities are thousandths.
 */
export interface FacturXInvoice {
  /** [BT-3] UNTDID 1001: invoice, credit note, deposit, self-billed invoice, self-billed credit note. */
  readonly type: '380' | '381' | '386' | '389' | '261';
  /** [BT-23] Of the French reform: services, or the balance after deposits. */
  readonly process: 'S1' | 'S4';
  /** [BT-1] */
  readonly number: string;
  /** [BT-2] */
  readonly issuedOn: Day;
  /** [BT-72] Null when the services are to come. */
  readonly serviceOn: Day | null;
  /** [BG-1] */
  readonly notes: readonly FacturXNote[];
  /** [BG-4] */
  readonly seller: FacturXParty;
  /** [BG-7] */
  readonly buyer: FacturXParty;
  /** [BT-13] The buyer's. */
  readonly orderNumber: string | null;
  /** [BT-12] The quote that was signed. */
  readonly contract: string | null;
  /** [BT-11] */
  readonly project: { readonly ref: string; readonly title: string };
  /** [BG-25] */
  readonly lines: readonly FacturXLine[];
  /** [BG-20] */
  readonly allowances: readonly { readonly label: string; readonly cents: number; readonly vat: VatOfLine }[];
  /** [BG-23] One for each category and rate. */
  readonly vat: readonly FacturXVat[];
  /** [BT-8] VAT falls due when it is paid. */
  readonly vatOnReceipts: boolean;
  /** [BT-112] Including tax, as the document says it: checked against the lines. */
  readonly totalCents: number;
  /** [BT-113] */
  readonly prepaidCents: number;
  /** [BT-9] */
  readonly dueOn: Day | null;
  /** [BT-20] */
  readonly paymentTerms: string | null;
  /** [BG-17] The account to pay to; none on a credit note, nor where the buyer alone knows it. */
  readonly account: { readonly name: string; readonly iban: string; readonly bic: string } | null;
  /** [BG-3] The invoice a credit note corrects; the deposits a balance follows. */
  readonly preceding: readonly { readonly number: string; readonly issuedOn: Day }[];
}

/** [BT-21, BT-22] UNTDID 4451: late interest, fixed indemnity, early payment, registration, how it is drawn up, tax. */
export interface FacturXNote {
  readonly code: 'PMD' | 'PMT' | 'AAB' | 'REG' | 'TXD' | 'AAI';
  readonly text: string;
}

export interface FacturXParty {
  readonly name: string;
  /** [BT-33] Legal form and capital. */
  readonly legal: string | null;
  readonly siren: string | null;
  readonly siret: string | null;
  readonly vatNumber: string | null;
  readonly address: PostalAddress;
  readonly contact: { readonly name: string; readonly email: string | null; readonly phone: string | null } | null;
}

/** UNTDID 5305: standard, exempt, reverse charge. */
export type VatOfLine = { readonly category: 'S'; readonly rateBp: number } | { readonly category: 'E' | 'AE' };

export type FacturXVat = VatOfLine & {
  readonly baseCents: number;
  readonly cents: number;
  /** [BT-120, BT-121] Why there is none. */
  readonly exemption: { readonly code: 'VATEX-FR-FRANCHISE' | 'VATEX-EU-AE'; readonly wording: string } | null;
};

export interface FacturXLine {
  /** [BT-153] */
  readonly name: string;
  /** [BT-154] */
  readonly description: string | null;
  readonly quantityMilli: number;
  readonly unitCents: number;
  /** What it is worth; charged unless it is offered, by an allowance of all of it [BG-27]. */
  readonly amountCents: number;
  readonly offered: { readonly label: string } | null;
  readonly vat: VatOfLine;
}
