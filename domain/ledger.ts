import { Problem } from './problem.ts';

/**
 * The double-entry ledger. Each movement is posted in the transaction that causes it, as lines whose debits equal their credits.
 * `nature`: the side on which the account grows, so on which its balance is expected.
 */
export const accounts = {
  client_receivable: { nature: 'debit' }, // party: client invoice. What clients owe, tax included
  late_fee_receivable: { nature: 'debit' }, // party: client invoice. Interest and indemnity that were claimed (I6)
  bank: { nature: 'debit' },
  member_payable: { nature: 'credit' }, // party: member. What members are owed, their tax included
  member_services: { nature: 'debit' }, // passes through: bought from members, billed on to clients; zero once both invoices are posted
  fee_revenue: { nature: 'credit' },
  late_fee_revenue: { nature: 'credit' }, // outside the scope of VAT
  vat_pending: { nature: 'credit' }, // invoiced to clients, not due to the State before they pay
  vat_collected: { nature: 'credit' },
  vat_deductible: { nature: 'debit' },
  referral_expense: { nature: 'debit' }, // the part of the fee that goes to the referrer (I8)
  referral_payable: { nature: 'credit' }, // party: the member who brought the lead
  client_credit: { nature: 'credit' }, // party: company. What a client paid too much, kept until it is used or paid back (I12)
  bad_debt: { nature: 'debit' }, // excluding tax: what clients will never pay
} as const;

export type Account = keyof typeof accounts;

/** One side is zero. Cents. */
export interface PostingLine {
  readonly account: Account;
  readonly party?: string;
  readonly debitCents: number;
  readonly creditCents: number;
}

/** A member's invoice is final: OFF-WORKS owes its total, and may deduct its VAT. */
export function memberInvoicePosting({ memberId, amountCents, vatCents }: { memberId: string; amountCents: number; vatCents: number }): PostingLine[] {
  return entry(debit('member_services', amountCents), debit('vat_deductible', vatCents), credit('member_payable', amountCents + vatCents, memberId));
}

export interface IssuedInvoice {
  readonly clientInvoiceId: string;
  /** Members' work and fee excluding tax, and the client's VAT on both. */
  readonly membersCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
}

/** The client's invoice is issued: members' work passes on, the fee is earned, the VAT waits for the client's payment. */
export function clientInvoicePosting({ clientInvoiceId, membersCents, feeCents, vatCents }: IssuedInvoice): PostingLine[] {
  return entry(
    debit('client_receivable', membersCents + feeCents + vatCents, clientInvoiceId),
    credit('member_services', membersCents),
    credit('fee_revenue', feeCents),
    credit('vat_pending', vatCents),
  );
}

/** A credit note takes back a part of a client's invoice; what had fallen due of its VAT, or was paid of it, is the matter of `settlementPosting`. */
export function creditNotePosting(credited: IssuedInvoice): PostingLine[] {
  return reversed(clientInvoicePosting(credited));
}

/** The same on the member's side: OFF-WORKS owes that much less, and deducts that much less VAT. */
export function memberCreditNotePosting(credited: { memberId: string; amountCents: number; vatCents: number }): PostingLine[] {
  return reversed(memberInvoicePosting(credited));
}

/** What moves what is paid on an invoice. Cents, each with its sign: what a payment taken back undoes is negative. */
export interface Settlement {
  readonly clientInvoiceId: string;
  readonly companyId: string;
  /** On the invoice. */
  readonly paidCents: number;
  /** On the client's credit: positive when money is kept for them. */
  readonly clientCreditCents: number;
  /** Of domain/vat. */
  readonly vatDueCents: number;
  /** What it earns whoever brought the project, or takes from them. */
  readonly referral: { readonly memberId: string; readonly cents: number } | null;
}

/**
 * Money comes in, or the client's credit is used: VAT falls due and the referrer's part is owed. Backwards when a payment is taken back or a
 * credit note sets money free. What neither the invoice nor the client's credit holds went through the bank.
 */
export function settlementPosting({ clientInvoiceId, companyId, paidCents, clientCreditCents, vatDueCents, referral }: Settlement): PostingLine[] {
  return entry(
    signed('bank', paidCents + clientCreditCents),
    signed('client_receivable', -paidCents, clientInvoiceId),
    signed('client_credit', -clientCreditCents, companyId),
    signed('vat_pending', vatDueCents),
    signed('vat_collected', -vatDueCents),
    ...(referral ? [signed('referral_expense', referral.cents), signed('referral_payable', -referral.cents, referral.memberId)] : []),
  );
}

export interface PostedPayment {
  readonly clientInvoiceId: string;
  readonly paymentCents: number;
  /** `vatFallingDue` of domain/vat. */
  readonly vatDueCents: number;
  /** What the payment earns whoever brought the project: `referralCents` of `splitPayment`. */
  readonly referral: { readonly memberId: string; readonly cents: number } | null;
}

/** The client pays what they owe, and no more: cash comes in, VAT falls due, the referrer's part is owed. */
export function paymentPosting({ clientInvoiceId, paymentCents, vatDueCents, referral }: PostedPayment): PostingLine[] {
  return entry(
    debit('bank', paymentCents),
    credit('client_receivable', paymentCents, clientInvoiceId),
    debit('vat_pending', vatDueCents),
    credit('vat_collected', vatDueCents),
    ...(referral ? [debit('referral_expense', referral.cents), credit('referral_payable', referral.cents, referral.memberId)] : []),
  );
}

/** The client will never pay: what is left is lost, and its VAT, which never fell due, with it (CGI 269-2-c). `vatCents` is part of `lostCents`. */
export function writeOffPosting({ clientInvoiceId, lostCents, vatCents }: { clientInvoiceId: string; lostCents: number; vatCents: number }): PostingLine[] {
  return entry(debit('bad_debt', lostCents - vatCents), debit('vat_pending', vatCents), credit('client_receivable', lostCents, clientInvoiceId));
}

/** A debt that was given up is claimed again. */
export function revivalPosting(lost: { clientInvoiceId: string; lostCents: number; vatCents: number }): PostingLine[] {
  return reversed(writeOffPosting(lost));
}

/** The client is paid back what was kept for them. */
export function refundPosting({ companyId, amountCents }: { companyId: string; amountCents: number }): PostingLine[] {
  return entry(debit('client_credit', amountCents, companyId), credit('bank', amountCents));
}

/** A member, or a referrer, gives back what they were paid too much. */
export function recoveryPosting({ kind, ...repaid }: { kind: string; memberId: string; amountCents: number }): PostingLine[] {
  return payoutReturnPosting({ kind, ...repaid });
}

export interface PostedLateFee { readonly clientInvoiceId: string; readonly interestCents: number; readonly indemnityCents: number }

const claimed = (clientInvoiceId: string, cents: number): PostingLine[] => entry(debit('late_fee_receivable', cents, clientInvoiceId), credit('late_fee_revenue', cents));

/** Interest and indemnity are claimed from a client who paid late: no VAT is charged on them. */
export function lateFeePosting({ clientInvoiceId, interestCents, indemnityCents }: PostedLateFee): PostingLine[] {
  return claimed(clientInvoiceId, interestCents + indemnityCents);
}

/** They were claimed, and what is left of them is waived. */
export function lateFeeWaiverPosting({ clientInvoiceId, interestCents, indemnityCents, receivedCents }: PostedLateFee & { readonly receivedCents: number }): PostingLine[] {
  return reversed(claimed(clientInvoiceId, interestCents + indemnityCents - receivedCents));
}

/** A part of them is received, or all. */
export function lateFeeReceiptPosting({ clientInvoiceId, amountCents }: { readonly clientInvoiceId: string; readonly amountCents: number }): PostingLine[] {
  return entry(debit('bank', amountCents), credit('late_fee_receivable', amountCents, clientInvoiceId));
}

/** A member is paid for their work. */
export function payoutPosting({ memberId, amountCents }: { memberId: string; amountCents: number }): PostingLine[] {
  return entry(debit('member_payable', amountCents, memberId), credit('bank', amountCents));
}

/** A referrer is paid. */
export function referralPayoutPosting({ memberId, amountCents }: { memberId: string; amountCents: number }): PostingLine[] {
  return entry(debit('referral_payable', amountCents, memberId), credit('bank', amountCents));
}

/** A payout came back, or its file of transfers was cancelled: the money is ours again, and owed again. */
export function payoutReturnPosting({ kind, ...payout }: { kind: string; memberId: string; amountCents: number }): PostingLine[] {
  return reversed(kind === 'referral' ? referralPayoutPosting(payout) : payoutPosting(payout));
}

/** The key of the entry of a payout's nth sending. */
export function payoutKey(payoutId: string, sending: number): string {
  return sending > 1 ? `payout/${payoutId}/${sending}` : `payout/${payoutId}`;
}

/** What undoes a posting, line by line. */
function reversed(lines: readonly PostingLine[]): PostingLine[] {
  return lines.map(({ debitCents, creditCents, ...line }) => ({ ...line, debitCents: creditCents, creditCents: debitCents }));
}

/**
 * Debits equal credits, each line has one side, nothing is negative.
 * @throws Problem `ledger_unbalanced`
 */
export function assertBalanced(lines: readonly PostingLine[]): void {
  let difference = 0;
  for (const { account, debitCents, creditCents } of lines) {
    const sides = [debitCents, creditCents];
    if (!sides.every((cents) => Number.isSafeInteger(cents) && cents >= 0) || !sides.includes(0)) {
      throw new Problem('ledger_unbalanced', `a line of ${account} has ${debitCents} to its debit and ${creditCents} to its credit`);
    }
    difference += debitCents - creditCents;
  }
  if (difference !== 0) throw new Problem('ledger_unbalanced', `debits and credits are ${difference} cents apart`, { differenceCents: difference });
}

/** Balance of an account, of one party of it if given, on the side it grows. Cents; negative on the other side. */
export function balanceOf(lines: readonly PostingLine[], account: Account, party?: string): number {
  const debits = lines
    .filter((line) => line.account === account && (party === undefined || line.party === party))
    .reduce((total, { debitCents, creditCents }) => total + debitCents - creditCents, 0);
  return accounts[account].nature === 'debit' || debits === 0 ? debits : -debits;
}

function debit(account: Account, cents: number, party?: string): PostingLine {
  return { account, ...(party === undefined ? {} : { party }), debitCents: cents, creditCents: 0 };
}

function credit(account: Account, cents: number, party?: string): PostingLine {
  return { account, ...(party === undefined ? {} : { party }), debitCents: 0, creditCents: cents };
}

/** A debit, or a credit when it is negative. */
function signed(account: Account, cents: number, party?: string): PostingLine {
  return cents < 0 ? credit(account, -cents, party) : debit(account, cents, party);
}

/** Leaves out lines of nothing (a franchise has no VAT). */
function entry(...lines: PostingLine[]): PostingLine[] {
  const posted = lines.filter(({ debitCents, creditCents }) => debitCents !== 0 || creditCents !== 0);
  assertBalanced(posted);
  return posted;
}
