import { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import { parisZone } from '../../domain/calendar.ts';
import type { Access } from '../page.ts';

export interface StatementLine {
  readonly at: Date;
  readonly kind: 'invoice' | 'payment' | 'credit_note' | 'taken_back' | 'refund';
  readonly label: string;
  readonly debitCents: number;
  readonly creditCents: number;
  /** What was owed once this had happened. */
  readonly balanceCents: number;
}

/** Whose invoices somebody may see: their company's, on the projects they were given if they are restricted. */
export function invoicesSeen(access: Access) {
  return {
    state: { not: 'gathering' },
    project: { companyId: access.company?.id ?? '', ...(access.company?.restricted ? { access: { some: { clientUserId: access.person.id } } } : {}) },
  };
}

/** A payment is known by its day: an invoice of the same day stands before it. */
const dayOf = (at: Date): string => DateTime.fromJSDate(at, { zone: parisZone }).toISODate() ?? '';

/**
 * C10, I12: what was invoiced, credited, paid, taken back and refunded between two days, with what was owed before, after each line and at the end:
 * what is kept as the client's credit counts for them. Cents.
 */
export async function statementOf(deps: Deps, access: Access, from: Date, until: Date): Promise<{ openingCents: number; lines: StatementLine[]; closingCents: number }> {
  const invoices = await deps.db.clientInvoice.findMany({
    where: { ...invoicesSeen(access), issuedAt: { lt: until } }, orderBy: { issuedAt: 'asc' },
    select: {
      number: true, totalCents: true, issuedAt: true, creditNotes: { select: { number: true, totalCents: true, issuedAt: true } },
      payments: { where: { kind: { in: ['transfer', 'taken_back'] } }, select: { amountCents: true, excessCents: true, receivedOn: true } },
      clientCredits: { where: { kind: 'refunded' }, select: { amountCents: true, happenedOn: true } },
    },
  });
  const moves = invoices.flatMap(({ number, totalCents, issuedAt, payments, creditNotes, clientCredits }) => [
    { at: issuedAt ?? from, kind: 'invoice' as const, label: number ?? '', cents: totalCents },
    ...creditNotes.map((note) => ({ at: note.issuedAt, kind: 'credit_note' as const, label: note.number, cents: -note.totalCents })),
    ...payments.map(({ amountCents, excessCents, receivedOn }) => ({ at: receivedOn, kind: amountCents + excessCents < 0 ? 'taken_back' as const : 'payment' as const, label: number ?? '', cents: -amountCents - excessCents })),
    ...clientCredits.map(({ amountCents, happenedOn }) => ({ at: happenedOn, kind: 'refund' as const, label: number ?? '', cents: -amountCents })),
  ]).filter(({ at, cents }) => at < until && cents !== 0)
    .sort((a, b) => dayOf(a.at).localeCompare(dayOf(b.at)) || b.cents - a.cents || a.at.getTime() - b.at.getTime());
  let balanceCents = 0;
  const lines: StatementLine[] = [];
  let openingCents = 0;
  for (const { cents, ...move } of moves) {
    balanceCents += cents;
    if (move.at < from) openingCents = balanceCents;
    else lines.push({ ...move, debitCents: Math.max(0, cents), creditCents: Math.max(0, -cents), balanceCents });
  }
  return { openingCents, lines, closingCents: balanceCents };
}
