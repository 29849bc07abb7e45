import type { Prisma } from '@prisma/client';
import { playAccount, type BilledInvoice, type InvoiceAccount, type InvoiceMovement } from '../domain/invoice-account.ts';
import type { MovementKind } from '../domain/movement-posting.ts';

/** What the account of an invoice is read from, besides its own row. */
export const accounted = {
  memberInvoices: { orderBy: { ref: 'asc' }, include: { member: true } },
  payments: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: { payouts: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }, creditNote: { include: { parts: true } } } },
} satisfies Prisma.ClientInvoiceInclude;
export type AccountedInvoice = Prisma.ClientInvoiceGetPayload<{ include: typeof accounted }>;

interface MovementRow {
  readonly kind: string;
  readonly amountCents: number;
  readonly creditNote: { readonly parts: readonly { readonly memberInvoiceId: string; readonly amountCents: number }[] } | null;
}

export function billedOf({ vatCents, memberInvoices }: { vatCents: number; memberInvoices: readonly { id: string; amountCents: number; vatCents: number; feeCents: number }[] }): BilledInvoice {
  return { vatCents, parts: memberInvoices.map(({ id, amountCents, vatCents: own, feeCents }) => ({ id, amountCents, vatCents: own, feeCents })) };
}

/** What a row says happened. */
export function movementOf({ kind, amountCents, creditNote }: MovementRow): InvoiceMovement {
  const one = kind as MovementKind;
  switch (one) {
    case 'transfer':
    case 'client_credit':
      return { kind: one, cents: amountCents };
    case 'taken_back':
      return { kind: one, cents: -amountCents };
    case 'credit_note':
      return { kind: one, parts: (creditNote?.parts ?? []).map((part) => ({ id: part.memberInvoiceId, cents: part.amountCents })) };
    case 'write_off':
    case 'revived':
      return { kind: one };
  }
}

/** I12: the account of an invoice, played again from everything that happened to it. */
export function accountOf(invoice: { vatCents: number; memberInvoices: readonly { id: string; amountCents: number; vatCents: number; feeCents: number }[]; payments: readonly MovementRow[] }): InvoiceAccount {
  return playAccount(billedOf(invoice), invoice.payments.map(movementOf));
}
