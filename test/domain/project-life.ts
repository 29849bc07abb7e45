import { expect } from 'vitest';
import { checkAmount, leftToInvoice } from '../../domain/allowance.ts';
import { buildClientQuote, type ClientQuoteContent, type StandingQuote } from '../../domain/client-quote.ts';
import { feeOfInvoice, type FeeBasis } from '../../domain/fees.ts';
import {
  assertBalanced, balanceOf, clientInvoicePosting, memberInvoicePosting, paymentPosting, payoutPosting, referralPayoutPosting, type PostingLine,
} from '../../domain/ledger.ts';
import { proportion, share, sum } from '../../domain/money.ts';
import { splitPayment } from '../../domain/payments.ts';
import { acceptedAmount } from '../../domain/quotes.ts';
import { clientVat, memberVat, vatFallingDue, type ClientVatTreatment, type MemberVatRegime } from '../../domain/vat.ts';

export interface ProjectPlan {
  readonly members: readonly (StandingQuote & { readonly regime: MemberVatRegime; readonly rateBp: number })[];
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  readonly vatTreatment: ClientVatTreatment;
  readonly tickedOptionIds: readonly string[];
  readonly referralRateBp: number | null;
  /** What people do, in order; each number picks whom or what, and how much. */
  readonly acts: readonly Act[];
}

export interface Act {
  readonly does: 'invoice' | 'cancel' | 'issue' | 'pay' | 'payOut';
  readonly whom: number;
  /** Thousandths of what is possible. */
  readonly much: number;
}

interface MemberInvoice { readonly memberId: string; readonly amountCents: number; readonly totalCents: number; feeCents: number; state: 'preview' | 'final' | 'cancelled'; paidCents: number }
interface ClientInvoice {
  readonly id: string; readonly parts: readonly MemberInvoice[]; readonly feeCents: number; readonly vatCents: number; readonly totalCents: number;
  paidCents: number; feePaidCents: number; referredCents: number; netVatCents: number; vatDueCents: number;
}
interface Payout { readonly kind: 'services' | 'referral'; readonly memberId: string; readonly cents: number }

const referrer = 'referrer';

/** A project's money from the signed quote to the last payout, kept by the rules of domain/ alone. Every act is followed by `check`. */
export class ProjectLife {
  readonly quote: ClientQuoteContent;
  readonly ledger: PostingLine[] = [];
  readonly memberInvoices: MemberInvoice[] = [];
  readonly clientInvoices: ClientInvoice[] = [];
  readonly payouts: Payout[] = [];
  private finalCents = 0;

  constructor(private readonly plan: ProjectPlan) {
    this.quote = buildClientQuote({ ...plan, quotes: plan.members, vatRateBp: 2_000 });
  }

  /** Everything that was planned, then whatever is left: all invoiced, issued, paid and paid out. */
  playToTheEnd(): void {
    for (const act of this.plan.acts) this.act(act);
    this.plan.members.forEach((_, whom) => this.act({ does: 'invoice', whom, much: 1_000 }));
    this.act({ does: 'issue', whom: 0, much: 1_000 });
    this.clientInvoices.forEach((_, whom) => this.act({ does: 'pay', whom, much: 1_000 }));
    while (this.payouts.length > 0) this.act({ does: 'payOut', whom: 0, much: 0 });
  }

  private act(act: Act): void {
    this[act.does](act);
    this.check();
  }

  private invoice({ whom, much }: Act): void {
    const member = this.plan.members[whom % this.plan.members.length]!;
    const allowance = {
      acceptedCents: acceptedAmount(member, this.plan.tickedOptionIds),
      invoiced: this.memberInvoices.filter(({ memberId }) => memberId === member.quoteId),
    };
    const leftCents = leftToInvoice(allowance);
    expect(() => checkAmount({ ...allowance, amountCents: leftCents + 1 })).toThrow();
    const amountCents = proportion(leftCents, much, 1_000);
    if (amountCents === 0) return;
    checkAmount({ ...allowance, amountCents });
    this.memberInvoices.push({ memberId: member.quoteId, amountCents, totalCents: amountCents + memberVat({ ...member, amountCents }), feeCents: 0, state: 'preview', paidCents: 0 });
  }

  private cancel({ whom }: Act): void {
    const open = this.memberInvoices.filter(({ state }) => state === 'preview');
    if (open.length > 0) open[whom % open.length]!.state = 'cancelled';
  }

  /** The windows of some close: their invoices are final, with the fee that goes with each, and come as one client invoice. */
  private issue({ much }: Act): void {
    const open = this.memberInvoices.filter(({ state }) => state === 'preview');
    const parts = open.slice(0, Math.ceil((open.length * much) / 1_000));
    if (parts.length === 0) return;
    for (const part of parts) {
      part.state = 'final';
      const { membersTotalCents: quoteMembersCents, feeCents: quoteFeeCents } = this.quote;
      part.feeCents = feeOfInvoice({ quoteMembersCents, quoteFeeCents, invoicedBeforeCents: this.finalCents, amountCents: part.amountCents });
      this.finalCents += part.amountCents;
      this.ledger.push(...memberInvoicePosting({ memberId: part.memberId, amountCents: part.amountCents, vatCents: part.totalCents - part.amountCents }));
    }
    const membersCents = sum(parts.map(({ amountCents }) => amountCents));
    const feeCents = sum(parts.map((part) => part.feeCents));
    const vatCents = clientVat({ amountCents: membersCents + feeCents, treatment: this.plan.vatTreatment, rateBp: this.quote.vatRateBp });
    const id = `c${this.clientInvoices.length}`;
    this.ledger.push(...clientInvoicePosting({ clientInvoiceId: id, membersCents, feeCents, vatCents }));
    this.clientInvoices.push({
      id, parts, feeCents, vatCents, totalCents: membersCents + feeCents + vatCents, paidCents: 0, feePaidCents: 0, referredCents: 0, netVatCents: 0, vatDueCents: 0,
    });
  }

  private pay({ whom, much }: Act): void {
    const invoice = this.clientInvoices[whom % Math.max(1, this.clientInvoices.length)];
    const paymentCents = invoice ? proportion(invoice.totalCents - invoice.paidCents, much, 1_000) : 0;
    if (!invoice || paymentCents === 0) return;
    const { id, parts, feeCents, vatCents: invoiceVatCents, totalCents: invoiceTotalCents, paidCents: paidBeforeCents } = invoice;
    const memberInvoices = parts.map(({ totalCents }, index) => ({ id: String(index), totalCents }));
    const split = splitPayment({ invoiceTotalCents, paidBeforeCents, paymentCents, memberInvoices, feeCents, referralRateBp: this.plan.referralRateBp });
    const vatDueCents = vatFallingDue({ invoiceVatCents, invoiceTotalCents, paidBeforeCents, paymentCents });
    this.ledger.push(...paymentPosting({ clientInvoiceId: id, paymentCents, vatDueCents, referral: { memberId: referrer, cents: split.referralCents } }));

    invoice.paidCents += paymentCents;
    invoice.vatDueCents += vatDueCents;
    invoice.feePaidCents += split.feeCents;
    invoice.referredCents += split.referralCents;
    invoice.netVatCents += split.netVatCents;
    for (const { id: index, cents } of split.members) {
      const part = parts[Number(index)]!;
      part.paidCents += cents;
      if (cents > 0) this.payouts.push({ kind: 'services', memberId: part.memberId, cents });
    }
    if (split.referralCents > 0) this.payouts.push({ kind: 'referral', memberId: referrer, cents: split.referralCents });
  }

  private payOut({ whom }: Act): void {
    const [payout] = this.payouts.splice(whom % Math.max(1, this.payouts.length), 1);
    if (!payout) return;
    const posting = payout.kind === 'services' ? payoutPosting : referralPayoutPosting;
    this.ledger.push(...posting({ memberId: payout.memberId, amountCents: payout.cents }));
  }

  /** I9, at every moment. */
  private check(): void {
    assertBalanced(this.ledger);
    expect(balanceOf(this.ledger, 'member_services')).toBe(0);
    for (const invoice of this.clientInvoices) {
      const toMembers = sum(invoice.parts.map(({ paidCents }) => paidCents));
      expect(toMembers + invoice.feePaidCents + invoice.netVatCents).toBe(invoice.paidCents);
      expect(balanceOf(this.ledger, 'client_receivable', invoice.id)).toBe(invoice.totalCents - invoice.paidCents);
      for (const { paidCents, totalCents } of invoice.parts) expect(paidCents).toBeLessThanOrEqual(totalCents);
      if (invoice.paidCents === invoice.totalCents) {
        for (const { paidCents, totalCents } of invoice.parts) expect(paidCents).toBe(totalCents);
        expect([invoice.feePaidCents, invoice.vatDueCents]).toEqual([invoice.feeCents, invoice.vatCents]);
        expect(invoice.referredCents).toBe(share(invoice.feeCents, this.plan.referralRateBp ?? 0));
      }
    }
    for (const { quoteId } of this.plan.members) {
      const invoiced = sum(this.memberInvoices.filter(({ memberId, state }) => memberId === quoteId && state === 'final').map(({ totalCents }) => totalCents));
      const owed = balanceOf(this.ledger, 'member_payable', quoteId);
      expect(owed).toBeGreaterThanOrEqual(0);
      expect(owed).toBeLessThanOrEqual(invoiced);
    }
    expect(balanceOf(this.ledger, 'fee_revenue')).toBeLessThanOrEqual(this.quote.feeCents);
    for (const account of ['fee_revenue', 'vat_pending', 'vat_collected', 'vat_deductible', 'client_receivable', 'referral_payable'] as const) {
      expect(balanceOf(this.ledger, account)).toBeGreaterThanOrEqual(0);
    }
  }
}
