import { parisDay } from '../domain/membership-schedule.ts';
import { exposureByDay, type ExposureDay, type OwedToMember } from '../domain/exposure.ts';
import { leftToPay } from '../domain/left-to-pay.ts';
import { stillOwed } from '../domain/legal-due.ts';
import type { Db } from './open.ts';

export interface Exposure {
  readonly days: readonly ExposureDay[];
  /** Clients past their due date: what they owe, on which nobody counts here. */
  readonly lateCents: number;
  /** Each member's invoice not paid out yet, by the day the law lets it fall due. */
  readonly owed: readonly (OwedToMember & { readonly id: string; readonly number: string; readonly memberName: string; readonly clientName: string; readonly clientInvoiceRef: string | null })[];
}

const dayMs = 86_400_000;

/** I5: what falls due to members and from clients in the `count` days from today's, in Paris. `at` in ms. */
export async function exposureAhead(db: Db, at: number, count: number): Promise<Exposure> {
  const today = parisDay(at);
  const noon = Date.parse(`${today}T12:00:00Z`);
  const days = Array.from({ length: count }, (_, index) => new Date(noon + index * dayMs).toISOString().slice(0, 10));
  const [unpaid, receivables] = await Promise.all([
    db.memberInvoice.findMany({
      // Paid out whole is left out by the sum below; a settled invoice of the client has nothing more to pay out.
      where: { state: 'final', legalDueAt: { not: null }, OR: [{ clientInvoiceId: null }, { clientInvoice: { state: { not: 'settled' } } }] },
      select: {
        id: true, number: true, ref: true, totalCents: true, creditedTotalCents: true, legalDueAt: true, member: { select: { name: true } }, payouts: { select: { state: true, amountCents: true } },
        project: { select: { company: { select: { name: true } } } }, clientInvoice: { select: { ref: true, state: true, dueAt: true } },
      },
      orderBy: [{ legalDueAt: 'asc' }, { id: 'asc' }],
    }),
    db.clientInvoice.findMany({ where: { state: { in: ['issued', 'part_paid'] }, dueAt: { not: null } }, select: { totalCents: true, paidCents: true, creditedCents: true, writtenOffCents: true, dueAt: true } }),
  ]);
  const owed = unpaid.flatMap(({ id, number, ref, legalDueAt, member, project, clientInvoice, ...invoice }) => {
    const owedCents = stillOwed(invoice);
    if (!legalDueAt || owedCents <= 0) return [];
    const dueOn = clientInvoice?.dueAt ? parisDay(clientInvoice.dueAt.getTime()) : null;
    const inHandCents = invoice.payouts.filter(({ state }) => state === 'to_send' || state === 'held').reduce((total, { amountCents }) => total + amountCents, 0);
    return [{ id, number: number ?? ref, memberName: member.name, clientName: project.company.name, clientInvoiceRef: clientInvoice?.ref ?? null, owedCents, inHandCents, legalDueOn: parisDay(legalDueAt.getTime()), clientDueOn: dueOn !== null && dueOn >= today ? dueOn : null }];
  });
  const open = receivables.map(({ dueAt, ...invoice }) => ({ leftCents: leftToPay(invoice), dueOn: parisDay(dueAt?.getTime() ?? at) }));
  return { days: exposureByDay(days, owed, open), lateCents: open.filter(({ dueOn }) => dueOn < today).reduce((total, { leftCents }) => total + leftCents, 0), owed };
}
