import type { Contact, Day, EarlierInvoice, Fee, InvoiceDiscount, InvoicedLine, InvoiceMentions, Issuer, LateTerms, Party, ProjectName, Totals } from './kinds.ts';

/** What becomes of the amount of a credit note: taken off an invoice that is not paid, paid back, or kept for the next invoices. */
export type CreditOutcome = 'set_off' | 'refund' | 'kept';

/**
 * I12: what corrects an invoice, in OFF-WORKS's name to a client, or in a member's name to OFF-WORKS. Amounts are positive: the kind of the
 * document says which way they go.
 */
export interface CreditNoteData {
  readonly number: string;
  readonly issuedOn: Day;
  readonly corrects: Pick<EarlierInvoice, 'number' | 'issuedOn'>;
  /** All of the invoice is cancelled, or a part of it. */
  readonly whole: boolean;
  readonly reason: string;
  readonly project: ProjectName;
  readonly orderNumber: string | null;
  /** Who gives the credit, and to whom. */
  readonly seller: Party;
  readonly buyer: Party;
  readonly lines: readonly InvoicedLine[];
  readonly discounts: readonly InvoiceDiscount[];
  /** Of a client's credit note: the members' part, and the fee given back with it. Null on a member's. */
  readonly team: { readonly membersTotalCents: number; readonly fee: Fee; readonly feeVatRateBp: number | null } | null;
  readonly totals: Totals;
  readonly outcome: CreditOutcome;
  readonly mentions: InvoiceMentions;
  /** By whom a member's is drawn up, and on what ground; null on a client's. */
  readonly selfBilled: string | null;
  readonly demo: boolean;
}

/** I6: an invoice that is late, on the day of the letter. Cents. */
export interface LateInvoiceLine {
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly totalCents: number;
  readonly remainingCents: number;
  readonly daysLate: number;
  readonly interestCents: number;
  readonly indemnityCents: number;
}

/** I6: the letter a late client receives. */
export interface DunningLetterData {
  readonly reference: string;
  readonly tone: 'reminder' | 'firm' | 'formal_notice';
  readonly issuedOn: Day;
  /** The last day to pay before OFF-WORKS goes further; null where the letter sets none. */
  readonly payBy: Day | null;
  readonly issuer: Issuer;
  readonly client: Party;
  readonly billingContact: Contact | null;
  readonly manager: Contact | null;
  readonly invoices: readonly LateInvoiceLine[];
  readonly remainingCents: number;
  readonly interestCents: number;
  readonly indemnityCents: number;
  /** What is asked for: what is left, interest and indemnities. */
  readonly claimedCents: number;
  readonly late: LateTerms;
  readonly mentions: Pick<InvoiceMentions, 'late' | 'indemnity'>;
}

export interface PaidLine {
  readonly kind: 'services' | 'referral';
  /** The member's own invoice; none for a referral. */
  readonly invoiceNumber: string | null;
  /** The client's invoice whose payment made it due. */
  readonly clientInvoiceNumber: string;
  readonly project: ProjectName;
  /** Including tax: of the member's invoice; what was paid of it before; what is left after. Null for a referral. */
  readonly invoice: { readonly totalCents: number; readonly paidBeforeCents: number; readonly leftCents: number } | null;
  readonly amountCents: number;
}

/** I7: what OFF-WORKS has paid a member, and for which invoices. */
export interface PayoutAdviceData {
  readonly reference: string;
  readonly paidOn: Day;
  readonly issuer: Issuer;
  readonly member: Party;
  readonly ibanLast4: string;
  readonly lines: readonly PaidLine[];
  readonly totalCents: number;
}

export interface StatementEntry {
  readonly on: Day;
  readonly kind: 'invoice' | 'payment' | 'credit_note' | 'taken_back' | 'refund';
  /** Of the invoice or the credit note. */
  readonly number: string;
  readonly debitCents: number;
  readonly creditCents: number;
  /** What the client owes once this has happened. */
  readonly balanceCents: number;
}

/** C10: a client's account between two days, both included. */
export interface StatementData {
  readonly issuedOn: Day;
  readonly from: Day;
  readonly until: Day;
  readonly issuer: Issuer;
  readonly client: Party;
  readonly openingCents: number;
  readonly lines: readonly StatementEntry[];
  readonly debitCents: number;
  readonly creditCents: number;
  readonly closingCents: number;
  /** Of the balance, what was due before the day of issue. */
  readonly lateCents: number;
}
