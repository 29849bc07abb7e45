import { checkAmount, leftToInvoice } from '../../domain/allowance.ts';
import { buildClientQuote, type ClientQuoteContent, type StandingQuote } from '../../domain/client-quote.ts';
import { feeOfInvoice, type FeeBasis } from '../../domain/fees.ts';
import {
  creditFigures, earned, leftOnAccount, moved, openAccount, referralMove, standing, stateByAccount, takingBack, type InvoiceAccount, type InvoiceMovement,
} from '../../domain/invoice-account.ts';
import {
  accounts, assertBalanced, clientInvoicePosting, memberCreditNotePosting, memberInvoicePosting, payoutPosting, recoveryPosting, referralPayoutPosting, refundPosting, type Account, type PostingLine,
} from '../../domain/ledger.ts';
import { hasLeft } from '../../domain/lifecycle/payout.ts';
import { allocate, proportion, share, sum } from '../../domain/money.ts';
import { clientCreditMove, movementPosting, type MovementKind } from '../../domain/movement-posting.ts';
import { payoutChange, received, setAside, type SetAside } from '../../domain/payouts-due.ts';
import type { Problem } from '../../domain/problem.ts';
import { acceptedAmount } from '../../domain/quotes.ts';
import { clientVat, memberVat, type ClientVatTreatment, type MemberVatRegime } from '../../domain/vat.ts';

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

export const deeds = [
  'invoice', 'deposit', 'cancelPreview', 'issue', 'pay', 'overpay', 'credit', 'creditAndGiveBack', 'cancelInvoice', 'writeOff', 'revive', 'takeBack', 'useCredit', 'refund', 'payOut', 'recover',
] as const;

export interface Act {
  readonly does: (typeof deeds)[number];
  readonly whom: number;
  /** Thousandths of what is possible. */
  readonly much: number;
}

interface MemberInvoice {
  readonly id: string; readonly memberId: string; readonly amountCents: number; readonly vatCents: number; readonly deposit: boolean;
  feeCents: number; state: 'preview' | 'final' | 'cancelled'; givenBackCents: number; givenBackFeeCents: number;
}
interface Payout extends SetAside { state: string; readonly kind: 'services' | 'referral'; readonly memberId: string; readonly partId: string | null }
interface Payment { readonly kind: 'transfer' | 'client_credit'; readonly cents: number; readonly excessCents: number; readonly from: readonly { invoice: ClientInvoice; cents: number }[]; takenBack: boolean }
interface ClientInvoice { readonly id: string; readonly parts: readonly MemberInvoice[]; account: InvoiceAccount; keptCents: number; referralCents: number; readonly payments: Payment[]; readonly payouts: Payout[] }

/** `expect` would take most of the time of ten thousand lives. */
function same(found: number, wanted: number, what: string): void {
  if (found !== wanted) throw new Error(`${what}: ${found} cents, and should be ${wanted}`);
}

function atMost(low: number, high: number, what: string): void {
  if (low > high) throw new Error(`${what}: ${low} passes ${high}`);
}

function refused(deed: () => unknown, code: string): void {
  try {
    deed();
  } catch (cause) {
    if ((cause as Problem).code === code) return;
    throw cause;
  }
  throw new Error(`${code} was not said`);
}

const referrer = 'referrer';
const company = 'company';

/** A project's money from the signed quote to the last payout, kept by the rules of domain/ alone. Every act is followed by `check`. */
export class ProjectLife {
  readonly quote: ClientQuoteContent;
  readonly memberInvoices: MemberInvoice[] = [];
  readonly clientInvoices: ClientInvoice[] = [];
  /** How many acts changed something. */
  steps = 0;
  private readonly balances = new Map<string, number>();
  private readonly cash = { in: 0, out: 0 };
  private count = 0;

  constructor(private readonly plan: ProjectPlan) {
    this.quote = buildClientQuote({ ...plan, quotes: plan.members, vatRateBp: 2_000 });
  }

  /** Everything that was planned, then whatever is left: all invoiced, issued, paid, paid out, given back. */
  playToTheEnd(): void {
    for (const act of this.plan.acts) this.act(act);
    this.plan.members.forEach((_, whom) => this.act({ does: 'invoice', whom, much: 1_000 }));
    this.act({ does: 'issue', whom: 0, much: 1_000 });
    this.act({ does: 'issue', whom: 0, much: 1_000 });
    this.clientInvoices.forEach((_, whom) => this.act({ does: 'pay', whom, much: 1_000 }));
    this.clientInvoices.forEach((_, whom) => this.act({ does: 'refund', whom, much: 1_000 }));
    while (this.waiting('to_send').length > 0) this.act({ does: 'payOut', whom: 0, much: 0 });
    while (this.waiting('to_recover').length > 0) this.act({ does: 'recover', whom: 0, much: 0 });
  }

  /** On the side it grows; cents. */
  balance(account: Account, party = ''): number {
    const debits = this.balances.get(`${account}/${party}`) ?? 0;
    return accounts[account].nature === 'debit' || debits === 0 ? debits : -debits;
  }

  act(act: Act): void {
    const before = this.steps;
    this[act.does](act);
    if (this.steps > before) this.check();
  }

  private post(lines: readonly PostingLine[]): void {
    assertBalanced(lines);
    this.steps += 1;
    for (const { account, party, debitCents, creditCents } of lines) {
      for (const key of new Set([`${account}/`, `${account}/${party ?? ''}`])) this.balances.set(key, (this.balances.get(key) ?? 0) + debitCents - creditCents);
      if (account !== 'bank') continue;
      this.cash.in += debitCents;
      this.cash.out += creditCents;
    }
  }

  private waiting(state: string): { invoice: ClientInvoice; payout: Payout }[] {
    return this.clientInvoices.flatMap((invoice) => invoice.payouts.filter((payout) => payout.state === state).map((payout) => ({ invoice, payout })));
  }

  private allowanceOf(member: ProjectPlan['members'][number]) {
    return { acceptedCents: acceptedAmount(member, this.plan.tickedOptionIds), invoiced: this.memberInvoices.filter(({ memberId }) => memberId === member.quoteId) };
  }

  private invoice({ whom, much }: Act, deposit = false): void {
    const member = this.plan.members[whom % this.plan.members.length]!;
    const allowance = this.allowanceOf(member);
    const leftCents = leftToInvoice(allowance);
    refused(() => checkAmount({ ...allowance, amountCents: leftCents + 1 }), 'amount_above_allowance');
    const amountCents = proportion(leftCents, much, 1_000);
    if (amountCents === 0) return;
    checkAmount({ ...allowance, amountCents });
    this.steps += 1;
    this.memberInvoices.push({
      id: `i${this.memberInvoices.length}`, memberId: member.quoteId, amountCents, vatCents: memberVat({ ...member, amountCents }), deposit, feeCents: 0, state: 'preview', givenBackCents: 0, givenBackFeeCents: 0,
    });
  }

  private deposit(act: Act): void {
    this.invoice(act, true);
  }

  private cancelPreview({ whom }: Act): void {
    const open = this.memberInvoices.filter(({ state }) => state === 'preview');
    if (open.length === 0) return;
    open[whom % open.length]!.state = 'cancelled';
    this.steps += 1;
  }

  /** The windows of some close: their invoices are final, with the fee that goes with each, and come as one client invoice, deposits apart. */
  private issue({ much }: Act): void {
    const [first] = this.memberInvoices.filter(({ state }) => state === 'preview');
    const open = this.memberInvoices.filter(({ state, deposit }) => state === 'preview' && deposit === first?.deposit);
    const parts = open.slice(0, Math.ceil((open.length * much) / 1_000));
    if (parts.length === 0) return;
    for (const part of parts) {
      const final = this.memberInvoices.filter(({ state }) => state === 'final');
      const { membersTotalCents: quoteMembersCents, feeCents: quoteFeeCents } = this.quote;
      part.feeCents = feeOfInvoice({
        quoteMembersCents, quoteFeeCents, amountCents: part.amountCents, invoicedBeforeCents: sum(final.map(({ amountCents, givenBackCents }) => amountCents - givenBackCents)),
        feeBeforeCents: sum(final.map(({ feeCents, givenBackFeeCents }) => feeCents - givenBackFeeCents)),
      });
      part.state = 'final';
      this.post(memberInvoicePosting(part));
    }
    const membersCents = sum(parts.map(({ amountCents }) => amountCents));
    const feeCents = sum(parts.map((part) => part.feeCents));
    const vatCents = clientVat({ amountCents: membersCents + feeCents, treatment: this.plan.vatTreatment, rateBp: this.quote.vatRateBp });
    const id = `c${this.clientInvoices.length}`;
    this.post(clientInvoicePosting({ clientInvoiceId: id, membersCents, feeCents, vatCents }));
    this.clientInvoices.push({ id, parts, account: openAccount({ vatCents, parts: parts.map((part) => ({ ...part })) }), keptCents: 0, referralCents: 0, payments: [], payouts: [] });
  }

  /** One movement of an invoice: its account, its entry, and what is set aside, as a transaction does. */
  private move(invoice: ClientInvoice, kind: MovementKind, movement: InvoiceMovement, excessCents = 0): { before: InvoiceAccount; after: InvoiceAccount } {
    const before = invoice.account;
    const after = moved(before, movement);
    const earnedCents = referralMove(before, after, this.plan.referralRateBp ?? 0, invoice.referralCents);
    this.post(movementPosting({ clientInvoiceId: invoice.id, companyId: company, kind, before, after, excessCents, referral: earnedCents === 0 ? null : { memberId: referrer, cents: earnedCents } }));
    invoice.account = after;
    invoice.referralCents += earnedCents;
    if (kind === 'transfer' || kind === 'credit_note') invoice.keptCents += clientCreditMove({ kind, before, after, excessCents });
    const { members } = earned(after);
    for (const part of standing(after).parts) {
      const own = this.memberInvoices.find(({ id }) => id === part.id)!;
      const due = members.find(({ id }) => id === part.id)!.cents;
      this.align(invoice, 'services', own.memberId, part.id, due, part.totalCents);
    }
    this.align(invoice, 'referral', referrer, null, invoice.referralCents, 0);
    return { before, after };
  }

  private align(invoice: ClientInvoice, kind: Payout['kind'], memberId: string, partId: string | null, dueCents: number, advanceCents: number): void {
    const own = invoice.payouts.filter((payout) => payout.kind === kind && payout.partId === partId);
    const { cancel, newCents } = payoutChange(own, dueCents, advanceCents);
    for (const payout of own) if (cancel.includes(payout.id)) payout.state = 'cancelled';
    if (newCents !== 0) invoice.payouts.push({ id: `p${(this.count += 1)}`, kind, memberId, partId, amountCents: newCents, state: newCents > 0 ? 'to_send' : 'to_recover' });
  }

  private pick(whom: number, states: readonly string[]): ClientInvoice | undefined {
    const some = this.clientInvoices.filter(({ account }) => states.includes(stateByAccount(account)));
    return some[whom % Math.max(1, some.length)];
  }

  private pay({ whom, much }: Act, excessCents = 0): void {
    const invoice = this.clientInvoices[whom % Math.max(1, this.clientInvoices.length)];
    const leftCents = invoice ? leftOnAccount(invoice.account) : 0;
    const cents = excessCents > 0 ? leftCents : proportion(leftCents, much, 1_000);
    if (!invoice || cents + excessCents === 0 || leftCents === 0) return;
    refused(() => moved(invoice.account, { kind: 'transfer', cents: leftCents + 1 }), 'amount_above_due');
    this.move(invoice, 'transfer', { kind: 'transfer', cents }, excessCents);
    invoice.payments.push({ kind: 'transfer', cents, excessCents, from: [], takenBack: false });
  }

  private overpay(act: Act): void {
    this.pay(act, 1 + act.much * 37);
  }

  private credit({ whom, much }: Act, givesBack = false, whole = false): void {
    const invoice = this.pick(whom, ['issued', 'part_paid', 'paid']);
    if (!invoice) return;
    const parts = standing(invoice.account).parts.filter((_, index) => whole || (whom + index) % 3 !== 1);
    const lefts = parts.map(({ amountCents }) => amountCents);
    const cents = whole ? sum(lefts) : proportion(sum(lefts), much, 1_000);
    if (cents === 0) return;
    const credited = allocate(cents, lefts).map((one, index) => ({ id: parts[index]!.id, cents: one })).filter((one) => one.cents > 0);
    const before = invoice.account;
    const figures = creditFigures(before, moved(before, { kind: 'credit_note', parts: credited }));
    for (const part of figures.parts) {
      const own = this.memberInvoices.find(({ id }) => id === part.id)!;
      this.post(memberCreditNotePosting({ memberId: own.memberId, ...part }));
      if (!givesBack) continue;
      own.givenBackCents += part.amountCents;
      own.givenBackFeeCents += part.feeCents;
    }
    this.move(invoice, 'credit_note', { kind: 'credit_note', parts: credited });
  }

  private creditAndGiveBack(act: Act): void {
    this.credit(act, true);
  }

  private cancelInvoice(act: Act): void {
    this.credit(act, act.much % 2 === 0, true);
    const cancelled = this.pick(0, ['cancelled']);
    if (cancelled) for (const cents of Object.values({ ...standing(cancelled.account), parts: 0 })) same(cents, 0, 'a cancelled invoice');
  }

  private writeOff({ whom }: Act): void {
    const invoice = this.pick(whom, ['issued', 'part_paid']);
    if (invoice) this.move(invoice, 'write_off', { kind: 'write_off' });
  }

  private revive({ whom }: Act): void {
    const invoice = this.pick(whom, ['written_off']);
    if (invoice) this.move(invoice, 'revived', { kind: 'revived' });
  }

  private takeBack({ whom, much }: Act): void {
    const invoice = this.pick(whom, ['part_paid', 'paid', 'cancelled']);
    const standingPayments = invoice?.payments.filter(({ takenBack }) => !takenBack) ?? [];
    const payment = standingPayments[much % Math.max(1, standingPayments.length)];
    if (!invoice || !payment) return;
    const { fromPaidCents, fromCreditCents } = takingBack({ receivedCents: payment.cents + payment.excessCents, keptCents: invoice.keptCents, paidCents: invoice.account.paidCents });
    payment.takenBack = true;
    this.move(invoice, 'taken_back', { kind: 'taken_back', cents: fromPaidCents }, payment.kind === 'client_credit' ? payment.cents - fromCreditCents : -fromCreditCents);
    invoice.keptCents -= fromCreditCents;
    for (const { invoice: source, cents } of payment.from) source.keptCents += cents;
  }

  private creditLeft(): number {
    return Math.max(0, sum(this.clientInvoices.map(({ keptCents }) => keptCents)));
  }

  private useCredit({ whom, much }: Act): void {
    const invoice = this.pick(whom, ['issued', 'part_paid']);
    if (!invoice) return;
    const cents = proportion(Math.min(this.creditLeft(), leftOnAccount(invoice.account)), much, 1_000);
    if (cents === 0) return;
    let left = cents;
    const from = this.clientInvoices.filter(({ keptCents }) => keptCents > 0).map((source) => {
      const taken = Math.min(left, source.keptCents);
      left -= taken;
      source.keptCents -= taken;
      return { invoice: source, cents: taken };
    });
    this.move(invoice, 'client_credit', { kind: 'client_credit', cents });
    invoice.payments.push({ kind: 'client_credit', cents, excessCents: 0, from, takenBack: false });
  }

  private refund({ whom, much }: Act): void {
    const invoice = this.clientInvoices[whom % Math.max(1, this.clientInvoices.length)];
    const cents = invoice ? proportion(Math.max(0, Math.min(invoice.keptCents, this.creditLeft())), much, 1_000) : 0;
    if (!invoice || cents === 0) return;
    invoice.keptCents -= cents;
    this.post(refundPosting({ companyId: company, amountCents: cents }));
  }

  private payOut({ whom }: Act): void {
    const waiting = this.waiting('to_send');
    const one = waiting[whom % Math.max(1, waiting.length)];
    if (!one) return;
    one.payout.state = 'sent';
    const posting = one.payout.kind === 'services' ? payoutPosting : referralPayoutPosting;
    this.post(posting(one.payout));
  }

  private recover({ whom }: Act): void {
    const waiting = this.waiting('to_recover');
    const one = waiting[whom % Math.max(1, waiting.length)];
    if (!one) return;
    one.payout.state = 'recovered';
    this.post(recoveryPosting({ kind: one.payout.kind, memberId: one.payout.memberId, amountCents: -one.payout.amountCents }));
  }

  /** I9, at every moment: what the ledger says is what invoices, payouts and the client's credit say, account by account. */
  private check(): void {
    same(this.balance('member_services'), 0, 'member_services');
    const total = { due: 0, vat: 0, vatDue: 0, lostVat: 0, lost: 0, fee: 0, referral: 0 };
    const owed = new Map<string, number>();
    for (const { id, account, payouts, referralCents } of this.clientInvoices) {
      const { parts, feeCents, vatCents, totalCents } = standing(account);
      const left = leftOnAccount(account);
      atMost(0, left, 'nothing is overpaid');
      atMost(0, account.paidCents, 'paid');
      same(this.balance('client_receivable', id), left, 'client_receivable, id');
      const gained = earned(account);
      total.due += left;
      total.vat += vatCents;
      total.vatDue += gained.vatDueCents;
      total.fee += feeCents;
      total.referral += referralCents;
      if (account.writtenOffCents > 0) {
        total.lostVat += vatCents - gained.vatDueCents;
        total.lost += account.writtenOffCents - (vatCents - gained.vatDueCents);
      } else {
        // I9: what was paid is the members', the fee and the VAT, which alone may carry half a cent of rounding of each of the others.
        const netVat = account.paidCents - sum(gained.members.map(({ cents }) => cents)) - gained.feeCents;
        const exact = totalCents === 0 ? 0 : (account.paidCents * (vatCents - sum(parts.map((part) => part.vatCents)))) / totalCents;
        atMost(Math.abs(netVat - exact), (parts.length + 1) / 2, 'rounding of the VAT');
        if (left === 0 && totalCents > 0) same(netVat, vatCents - sum(parts.map((part) => part.vatCents)), 'netVat');
      }
      for (const part of parts) {
        const own = payouts.filter(({ partId }) => partId === part.id);
        const due = gained.members.find((one) => one.id === part.id)!.cents;
        same(setAside(own), Math.max(due, Math.min(received(own), part.totalCents)), 'setAside own');
        const memberId = this.memberInvoices.find((one) => one.id === part.id)!.memberId;
        owed.set(memberId, (owed.get(memberId) ?? 0) + part.totalCents - received(own));
      }
      const referred = payouts.filter(({ kind }) => kind === 'referral');
      same(setAside(referred), referralCents, 'setAside referred');
      same(referralCents, share(gained.feeCents, this.plan.referralRateBp ?? 0), 'referralCents');
      owed.set(referrer, (owed.get(referrer) ?? 0) + referralCents - received(referred));
    }
    for (const { quoteId } of this.plan.members) same(this.balance('member_payable', quoteId), owed.get(quoteId) ?? 0, 'member_payable, quoteId');
    same(this.balance('referral_payable'), owed.get(referrer) ?? 0, 'referral_payable');
    same(this.balance('client_receivable'), total.due, 'client_receivable');
    same(this.balance('vat_collected'), total.vatDue, 'vat_collected');
    same(this.balance('vat_pending'), total.vat - total.vatDue - total.lostVat, 'vat_pending');
    same(this.balance('bad_debt'), total.lost, 'bad_debt');
    same(this.balance('fee_revenue'), total.fee, 'fee_revenue');
    same(this.balance('referral_expense'), total.referral, 'referral_expense');
    same(this.balance('client_credit', company), sum(this.clientInvoices.map(({ keptCents }) => keptCents)), 'client_credit, company');
    same(this.balance('bank'), this.cash.in - this.cash.out, 'bank');
    for (const member of this.plan.members) {
      const { acceptedCents, invoiced } = this.allowanceOf(member);
      const taken = sum(invoiced.filter(({ state }) => state !== 'cancelled').map(({ amountCents, givenBackCents }) => amountCents - givenBackCents));
      atMost(taken, acceptedCents, 'the allowance');
      same(leftToInvoice({ acceptedCents, invoiced }), acceptedCents - taken, 'leftToInvoice  acceptedCents  invoiced');
    }
    atMost(this.feesInvoiced(), this.quote.feeCents, 'the fees');
  }

  /** The fees of all invoices, what was given back with its work left out. */
  feesInvoiced(): number {
    return sum(this.memberInvoices.filter(({ state }) => state === 'final').map(({ feeCents, givenBackFeeCents }) => feeCents - givenBackFeeCents));
  }

  /** What reached members and the referrer, less what they gave back. */
  paidOut(kind: Payout['kind']): number {
    return sum(this.clientInvoices.flatMap(({ payouts }) => payouts.filter((one) => one.kind === kind && (hasLeft(one.state) || one.state === 'recovered')).map(({ amountCents }) => amountCents)));
  }
}
