import { leftToPay } from '../../domain/left-to-pay.ts';
import { DateTime } from 'luxon';
import { parisZone } from '../../domain/calendar.ts';
import { disputeOpen } from '../../domain/dispute.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import type { Page } from '../page.ts';
import { invoicesSeen, statementOf } from './statement.ts';

const most = 200;

/** C10: what is due and when, late ones first; what was paid; the account between two days. */
export const invoicesPage: Page = {
  template: 'client-invoices',
  async show(deps, access, _typed, query) {
    requireRight(access, 'readInvoices');
    const rows = await deps.db.clientInvoice.findMany({
      where: invoicesSeen(access), orderBy: [{ dueAt: 'desc' }, { id: 'desc' }], take: most,
      select: { id: true, number: true, state: true, totalCents: true, paidCents: true, creditedCents: true, writtenOffCents: true, issuedAt: true, dueAt: true, paidAt: true, declaredAt: true, disputedAt: true, disputeSettledAt: true, documentId: true, orderNumber: true, project: { select: { ref: true, title: true } } },
    });
    const now = new Date();
    const invoices = rows.map((one) => ({ ...one, leftCents: leftToPay(one), disputed: disputeOpen(one), pdf: one.documentId ? `/projects/${one.project.ref}/document/${one.documentId}.pdf` : null, link: `/projects/${one.project.ref}/p/invoice/${one.id}` }));
    const due = invoices.filter(({ leftCents }) => leftCents > 0).sort((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
    const sum = (some: readonly { leftCents: number }[]): number => some.reduce((total, { leftCents }) => total + leftCents, 0);
    const late = due.filter(({ dueAt }) => dueAt !== null && dueAt < now);
    const coming = due.filter(({ dueAt }) => dueAt === null || dueAt >= now);
    const period = periodOf(query);
    return { late, coming, paid: invoices.filter(({ leftCents }) => leftCents === 0), lateCents: sum(late), comingCents: sum(coming), period, statement: await statementOf(deps, access, period.from, period.until) };
  },
  acts: {},
};

/** The days asked for, in Paris; this year when none are. @throws Problem `form_invalid` when they are no days, or end before they begin */
export function periodOf(query: Record<string, unknown>): { from: Date; until: Date; fromDay: string; untilDay: string } {
  const now = DateTime.now().setZone(parisZone);
  const read = (name: string, otherwise: DateTime): DateTime => {
    const typed = query[name];
    if (typeof typed !== 'string' || typed === '') return otherwise;
    const day = DateTime.fromISO(typed, { zone: parisZone });
    if (!day.isValid) throw new Problem('form_invalid', `${name} is no day`, { fields: name });
    return day.startOf('day');
  };
  const from = read('from', now.startOf('year'));
  const until = read('until', now.startOf('day'));
  if (until < from) throw new Problem('form_invalid', 'the period ends before it begins', { fields: 'until' });
  return { from: from.toJSDate(), until: until.plus({ days: 1 }).toJSDate(), fromDay: from.toFormat('yyyy-MM-dd'), untilDay: until.toFormat('yyyy-MM-dd') };
}
