import { Problem } from './problem.ts';

/**
 * The double-entry ledger. Each movement is posted in the transaction that causes it, as lines whose debits equal their credits.
 * `nature`: the side on which the account grows, so on which its balance is expected.
 */
export const accounts = {
  client_receivable: { nature: 'debit' }, // party: client invoice. What clients owe, tax included
  bank: { nature: 'debit' },
  member_payable: { nature: 'credit' }, // party: member. What members are owed, their tax included
  member_services: { nature: 'debit' }, // passes through: bought from members, billed on to clients; zero once both invoices are posted
  fee_revenue: { nature: 'credit' },
  vat_pending: { nature: 'credit' }, // invoiced to clients, not due to the State before they pay
  vat_collected: { nature: 'credit' },
  vat_deductible: { nature: 'debit' },
  referral_expense: { nature: 'debit' }, // the part of the fee that goes to the referrer (I8)
  referral_payable: { nature: 'credit' }, // party: the member who brought the lead
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

export interface PostedPayment {
  readonly clientInvoiceId: string;
  readonly paymentCents: number;
  /** `vatFallingDue` of domain/vat. */
  readonly vatDueCents: number;
  /** What the payment earns whoever brought the project: `referralCents` of `splitPayment`. */
  readonly referral: { readonly memberId: string; readonly cents: number } | null;
}

/** The client pays: cash comes in, VAT falls due, the referrer's part is owed. */
export function paymentPosting({ clientInvoiceId, paymentCents, vatDueCents, referral }: PostedPayment): PostingLine[] {
  return entry(
    debit('bank', paymentCents),
    credit('client_receivable', paymentCents, clientInvoiceId),
    debit('vat_pending', vatDueCents),
    credit('vat_collected', vatDueCents),
    ...(referral ? [debit('referral_expense', referral.cents), credit('referral_payable', referral.cents, referral.memberId)] : []),
  );
}

/** A member is paid for their work. */
export function payoutPosting({ memberId, amountCents }: { memberId: string; amountCents: number }): PostingLine[] {
  return entry(debit('member_payable', amountCents, memberId), credit('bank', amountCents));
}

/** A referrer is paid. */
export function referralPayoutPosting({ memberId, amountCents }: { memberId: string; amountCents: number }): PostingLine[] {
  return entry(debit('referral_payable', amountCents, memberId), credit('bank', amountCents));
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

/** Leaves out lines of nothing (a franchise has no VAT). */
function entry(...lines: PostingLine[]): PostingLine[] {
  const posted = lines.filter(({ debitCents, creditCents }) => debitCents !== 0 || creditCents !== 0);
  assertBalanced(posted);
  return posted;
}
