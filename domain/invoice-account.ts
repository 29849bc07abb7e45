import { proportion, share, sum } from './money.ts';
import { Problem } from './problem.ts';

/** A member's invoice as the client's bills it on. Cents; `amountCents` excludes the member's own VAT, `feeCents` is the fee that goes with it. */
export interface BilledPart {
  readonly id: string;
  readonly amountCents: number;
  readonly vatCents: number;
  readonly feeCents: number;
}

/** A client's invoice as it was issued. */
export interface BilledInvoice {
  /** The client's VAT on members' work and fee. */
  readonly vatCents: number;
  readonly parts: readonly BilledPart[];
}

/** Excluding tax: how much of a member's invoice a credit note takes back. */
export interface CreditedPart { readonly id: string; readonly cents: number }

/**
 * What happens to an invoice after it was issued, in its order. `transfer` and `client_credit`: what of them the invoice takes;
 * `taken_back`: what leaves it because the bank took a payment back.
 */
export type InvoiceMovement =
  | { readonly kind: 'transfer' | 'client_credit' | 'taken_back'; readonly cents: number }
  | { readonly kind: 'credit_note'; readonly parts: readonly CreditedPart[] }
  | { readonly kind: 'write_off' }
  | { readonly kind: 'revived' };

/** I12: an invoice with everything that has happened to it since. */
export interface InvoiceAccount {
  readonly billed: BilledInvoice;
  /** Excluding tax, by part. */
  readonly credited: Readonly<Record<string, number>>;
  readonly paidCents: number;
  readonly writtenOffCents: number;
}

/** What an invoice says once its credit notes are taken off. Cents; `totalCents` of a part includes the member's tax. */
export interface StandingInvoice {
  readonly parts: readonly (BilledPart & { readonly totalCents: number })[];
  readonly membersCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
}

export function openAccount(billed: BilledInvoice): InvoiceAccount {
  return { billed, credited: {}, paidCents: 0, writtenOffCents: 0 };
}

/** The account of an invoice from its first day: the same movements always give the same cents. */
export function playAccount(billed: BilledInvoice, movements: readonly InvoiceMovement[]): InvoiceAccount {
  return movements.reduce(moved, openAccount(billed));
}

/**
 * Fee, members' VAT and the client's VAT are credited in proportion, as the rounded share of everything credited so far: an invoice credited in
 * however many parts is, in the end, credited to the cent.
 */
export function standing(account: InvoiceAccount): StandingInvoice {
  const known = worked.get(account);
  if (known) return known;
  const stands = workOut(account);
  worked.set(account, stands);
  return stands;
}

/** An account never changes, and is asked many times over. */
const worked = new WeakMap<InvoiceAccount, StandingInvoice>();

function workOut({ billed, credited }: InvoiceAccount): StandingInvoice {
  const parts = billed.parts.map(({ id, amountCents, vatCents, feeCents }) => {
    const gone = credited[id] ?? 0;
    const left = { amountCents: amountCents - gone, vatCents: vatCents - proportion(vatCents, gone, amountCents), feeCents: feeCents - proportion(feeCents, gone, amountCents) };
    return { id, ...left, totalCents: left.amountCents + left.vatCents };
  });
  const membersCents = sum(parts.map(({ amountCents }) => amountCents));
  const feeCents = sum(parts.map((part) => part.feeCents));
  const billedNet = sum(billed.parts.map((part) => part.amountCents + part.feeCents));
  const vatCents = billed.vatCents - proportion(billed.vatCents, billedNet - membersCents - feeCents, billedNet);
  return { parts, membersCents, feeCents, vatCents, totalCents: membersCents + feeCents + vatCents };
}

/** What the client has still to pay, in cents including tax. */
export function leftOnAccount(account: InvoiceAccount): number {
  return standing(account).totalCents - account.paidCents - account.writtenOffCents;
}

/**
 * The account once a movement has happened.
 * @throws Problem `amount_invalid`; `amount_above_due` (details: leftCents); `credit_above_invoice` (leftCents, excluding tax); `invoice_written_off`;
 * `nothing_left_due`
 */
export function moved(account: InvoiceAccount, movement: InvoiceMovement): InvoiceAccount {
  switch (movement.kind) {
    case 'transfer':
    case 'client_credit': {
      requireCents(movement.cents, movement.kind === 'transfer' ? 0 : 1);
      const leftCents = leftOnAccount(account);
      if (movement.cents > leftCents) throw new Problem('amount_above_due', `${movement.cents} cents received, ${leftCents} due`, { leftCents });
      return { ...account, paidCents: account.paidCents + movement.cents };
    }
    case 'taken_back': {
      requireCents(movement.cents, 0);
      if (account.writtenOffCents > 0) throw new Problem('invoice_written_off', 'what is left of it was given up: it is claimed again first');
      if (movement.cents > account.paidCents) throw new Problem('amount_above_due', `${movement.cents} cents taken back of ${account.paidCents} paid`, { leftCents: account.paidCents });
      return { ...account, paidCents: account.paidCents - movement.cents };
    }
    case 'credit_note':
      return credit(account, movement.parts);
    case 'write_off': {
      const lost = leftOnAccount(account);
      if (lost <= 0) throw new Problem('nothing_left_due', 'nothing is left to pay');
      return { ...account, writtenOffCents: lost };
    }
    case 'revived': {
      if (account.writtenOffCents === 0) throw new Problem('stage_changed', 'nothing was given up');
      return { ...account, writtenOffCents: 0 };
    }
  }
}

function credit(account: InvoiceAccount, parts: readonly CreditedPart[]): InvoiceAccount {
  if (account.writtenOffCents > 0) throw new Problem('invoice_written_off', 'what is left of it was given up: it is claimed again before it is credited');
  if (parts.length === 0) throw new Problem('amount_invalid', 'nothing to credit');
  const credited = { ...account.credited };
  for (const { id, cents } of parts) {
    requireCents(cents, 1);
    const part = account.billed.parts.find((one) => one.id === id);
    if (!part) throw new Problem('not_found', `no part ${id} of the invoice`);
    const leftCents = part.amountCents - (credited[id] ?? 0);
    if (cents > leftCents) throw new Problem('credit_above_invoice', `${cents} cents credited, ${leftCents} left`, { leftCents });
    credited[id] = (credited[id] ?? 0) + cents;
  }
  const after = { ...account, credited };
  // What was paid of what is credited is no longer paid on it: it becomes the client's credit.
  return { ...after, paidCents: Math.min(account.paidCents, standing(after).totalCents) };
}

function requireCents(cents: number, least: number): void {
  if (!Number.isSafeInteger(cents) || cents < least) throw new Problem('amount_invalid', `${cents} cents is not an amount`);
}

/** The figures of a credit note: what an invoice said before it, less what it says after. */
export interface CreditFigures {
  readonly parts: readonly (BilledPart & { readonly totalCents: number })[];
  readonly membersCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
  /** Paid already: kept as the client's credit. */
  readonly keptCents: number;
}

export function creditFigures(before: InvoiceAccount, after: InvoiceAccount): CreditFigures {
  const [was, is] = [standing(before), standing(after)];
  const parts = was.parts.map((part, index) => {
    const now = is.parts[index] ?? part;
    return { id: part.id, amountCents: part.amountCents - now.amountCents, vatCents: part.vatCents - now.vatCents, feeCents: part.feeCents - now.feeCents, totalCents: part.totalCents - now.totalCents };
  });
  return {
    parts: parts.filter(({ amountCents }) => amountCents > 0),
    membersCents: was.membersCents - is.membersCents, feeCents: was.feeCents - is.feeCents, vatCents: was.vatCents - is.vatCents, totalCents: was.totalCents - is.totalCents,
    keptCents: before.paidCents - after.paidCents,
  };
}

/** Who has earned what by what was paid so far. Cents, cumulated: a movement adds the difference of two of them. */
export interface Earned {
  /** By part, the member's own tax included. What the client will never pay is owed to members all the same: the risk is OFF-WORKS's. */
  readonly members: readonly { readonly id: string; readonly cents: number }[];
  readonly feeCents: number;
  /** Of the client's VAT, what has fallen due. */
  readonly vatDueCents: number;
}

/** I7: pro rata of what stands of the invoice, settled exactly once it is paid. */
export function earned(account: InvoiceAccount): Earned {
  const { parts, feeCents, vatCents, totalCents } = standing(account);
  const settled = (cents: number): number => (totalCents === 0 ? 0 : proportion(cents, account.paidCents, totalCents));
  const members = parts.map((part) => ({ id: part.id, cents: account.writtenOffCents > 0 ? part.totalCents : settled(part.totalCents) }));
  return { members, feeCents: settled(feeCents), vatDueCents: settled(vatCents) };
}

/**
 * I8: what a movement earns the referrer, or takes from them: their share of the fee's difference. Never more is taken than they had earned here
 * (`beforeCents`): whoever was named later earned nothing on what came before.
 */
export function referralMove(before: InvoiceAccount, after: InvoiceAccount, rateBp: number, beforeCents: number): number {
  return Math.max(-beforeCents, share(earned(after).feeCents, rateBp) - share(earned(before).feeCents, rateBp)) || 0;
}

/** How the bank taking back a payment is shared: what is kept of the invoice's money as the client's credit first, then what is paid on it; the rest stays owed by the client. */
export function takingBack({ receivedCents, keptCents, paidCents }: { receivedCents: number; keptCents: number; paidCents: number }): { fromPaidCents: number; fromCreditCents: number } {
  const spare = Math.min(receivedCents, Math.max(0, keptCents));
  const fromPaidCents = Math.min(receivedCents - spare, paidCents);
  return { fromPaidCents, fromCreditCents: receivedCents - fromPaidCents };
}

/** The state of an issued invoice by its account (domain/lifecycle/client-invoice); paying everybody out settles it. */
export function stateByAccount(account: InvoiceAccount): 'issued' | 'part_paid' | 'paid' | 'written_off' | 'cancelled' {
  if (account.writtenOffCents > 0) return 'written_off';
  if (standing(account).totalCents === 0) return 'cancelled';
  if (leftOnAccount(account) === 0) return 'paid';
  return account.paidCents > 0 ? 'part_paid' : 'issued';
}
