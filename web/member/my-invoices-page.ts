import { invoiceYears, yearOf } from '../../domain/invoice-years.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { sum } from '../../domain/money.ts';
import type { Deps } from '../../deps.ts';
import { hasLeft } from '../../domain/lifecycle/payout.ts';
import type { Access, Page } from '../page.ts';
import { leftOfQuote } from './left-to-invoice.ts';
import { ownInvoices, type OwnInvoiceView } from './own-invoices.ts';

/** M11: everything a member has invoiced, through every project: what may be invoiced now, what is coming and why not yet, and their years. */
export const myInvoicesPage: Page = {
  template: 'my-invoices',
  async show(deps, access, _typed, query) {
    const invoices = await ownInvoices(deps, access, {}, (ref) => `/projects/${ref}`);
    const years = invoiceYears(invoices.map((one) => ({ ...one, paid: one.payouts.flatMap(({ state, amountCents, sentAt }) => (hasLeft(state) && sentAt ? [{ amountCents, at: sentAt }] : [])) })));
    const year = yearAsked(query);
    const shown = year === null ? invoices : invoices.filter((one) => yearOf(one.finalAt ?? one.createdAt) === year);
    return {
      title: '', years, year, invoices: shown, open: await quotesToInvoice(deps, access), coming: comingBy(invoices),
      comingCents: sum(invoices.flatMap(({ waiting }) => waiting.map(({ cents }) => cents))),
    };
  },
  acts: {},
};

/** The year in an address; null: all of them. */
export function yearAsked(query: Readonly<Record<string, unknown>>): number | null {
  const typed = typeof query.year === 'string' ? /^20\d\d$/.exec(query.year)?.[0] : undefined;
  return typed ? Number(typed) : null;
}

/** What is coming, by why it has not come, the largest first. */
function comingBy(invoices: readonly OwnInvoiceView[]): { why: string; cents: number; count: number }[] {
  const reasons = new Map<string, { cents: number; count: number }>();
  for (const { why, cents } of invoices.flatMap(({ waiting }) => waiting)) {
    const before = reasons.get(why) ?? { cents: 0, count: 0 };
    reasons.set(why, { cents: before.cents + cents, count: before.count + 1 });
  }
  return [...reasons].map(([why, one]) => ({ why, ...one })).sort((a, b) => b.cents - a.cents);
}

/** I1: accepted quotes with something left, on projects where it may be invoiced now. */
async function quotesToInvoice(deps: Deps, access: Access) {
  const quotes = await deps.db.memberQuote.findMany({
    where: { memberId: access.person.id, state: 'accepted' }, orderBy: { createdAt: 'desc' }, take: 200,
    include: { invoices: true, round: { include: { project: { select: { id: true, ref: true, title: true, stage: true } } } } },
  });
  return quotes.filter(({ round }) => allows(projectLifecycle, round.project.stage, 'enterAmount'))
    .map((quote) => ({ ...leftOfQuote(quote, `/projects/${quote.round.project.ref}/p/invoicing/${quote.round.project.id}`), project: quote.round.project, href: `/projects/${quote.round.project.ref}/p/invoicing/${quote.round.project.id}` }))
    .filter(({ left }) => left > 0);
}
