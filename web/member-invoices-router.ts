import { Router } from 'express';
import { csvLine, csvStart, type Exported } from '../documents/csv.ts';
import type { Deps } from '../deps.ts';
import { yearOf } from '../domain/invoice-years.ts';
import { sum } from '../domain/money.ts';
import { memberAccess } from './access.ts';
import { pageTexts } from './locale.ts';
import { myInvoicesPage, yearAsked } from './member/my-invoices-page.ts';
import { ownInvoices } from './member/own-invoices.ts';
import { showPage } from './serve-page.ts';

/** M11: all of a member's invoices, and a year of them as a table for their accountant. */
export function memberInvoicesRouter(deps: Deps): Router {
  const router = Router();
  router.get('/my-invoices', async (request, response) => showPage(deps, myInvoicesPage, await memberAccess(deps, request, '/my-invoices'), request, response));
  router.get('/my-invoices/summary.csv', async (request, response) => {
    const access = await memberAccess(deps, request, '/my-invoices');
    const year = yearAsked(request.query) ?? yearOf(new Date());
    const invoices = (await ownInvoices(deps, access, { state: 'final' }, () => '')).filter(({ finalAt }) => finalAt !== null && yearOf(finalAt) === year).reverse();
    const texts = pageTexts[access.locale];
    const words = (text: string): Exported => ({ kind: 'text', text });
    const euros = (cents: number): Exported => ({ kind: 'number', value: cents / 100, decimals: 2 });
    const figures = (some: readonly { amountCents: number; vatCents: number; totalCents: number; paidOutCents: number }[]): Exported[] => {
      const total = (pick: (one: (typeof some)[number]) => number): Exported => euros(sum(some.map(pick)));
      return [total((one) => one.amountCents), total((one) => one.vatCents), total((one) => one.totalCents), total((one) => one.paidOutCents), total((one) => one.totalCents - one.paidOutCents)];
    };
    const heads = ['number', 'date', 'project', 'title', 'ht', 'vat', 'ttc', 'paid', 'due', 'lastPaid'].map((head) => words(texts[`yi.head.${head}`] ?? head));
    response.set({ 'Content-Disposition': `attachment; filename="off-works-${year}.csv"`, 'Cache-Control': 'private, no-store' }).type('text/csv; charset=utf-8').send([
      csvStart, csvLine(heads),
      ...invoices.map((one) => csvLine([words(one.number ?? one.ref), { kind: 'moment', at: one.finalAt ?? one.createdAt }, words(one.project.ref), words(one.project.title), ...figures([one]), one.transfers.at(-1)?.sentAt ? { kind: 'moment', at: one.transfers.at(-1)?.sentAt ?? new Date(0) } : null])),
      csvLine([words(texts['yi.total'] ?? ''), null, null, null, ...figures(invoices), null]),
    ].join(''));
  });
  return router;
}
