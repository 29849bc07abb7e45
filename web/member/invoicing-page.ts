import type { Deps } from '../../deps.ts';
import { amountToInvoice } from '../../domain/amount-to-invoice.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import { enterAmount } from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';
import { leftOfQuote } from './left-to-invoice.ts';
import { ownInvoices } from './own-invoices.ts';

const ways = ['amount', 'percent', 'left'] as const;
const kinds = ['progress', 'deposit', 'balance'] as const;

/** M10, M11, I1: one personal link per member and project: what is left, the next invoice as the quote's schedule suggests it, and each invoice until it is paid out. */
export const memberInvoicingPage: Page = {
  template: 'member-invoicing',
  async show(deps, access, _typed, query) {
    const project = await projectFor(deps, access);
    const billing = await deps.db.billingEntity.findUnique({ where: { memberId: access.person.id }, select: { mandateAcceptedAt: true } });
    const quotes = project.rounds.flatMap((round) => round.memberQuotes.map((quote) => leftOfQuote({ ...quote, round }, access.base)));
    const open = quotes.filter(({ left }) => left > 0);
    const known = open.find(({ id }) => id === query.quote) ?? open[0];
    return {
      title: project.title, project, quotes, open, several: open.length > 1, canEnter: allows(projectLifecycle, project.stage, 'enterAmount') && open.length > 0, ways, kinds,
      given: { quoteId: known?.id ?? '', amount: text(query, 'amount').slice(0, 20), how: ways.find((way) => way === query.how) ?? 'amount', kind: kinds.find((kind) => kind === query.kind) ?? 'progress' },
      invoices: await ownInvoices(deps, access, { projectId: project.id }, () => access.root), signedIn: access.linkId === null, mandate: Boolean(billing?.mandateAcceptedAt),
    };
  },
  acts: {
    async enterAmount(deps, access, body, key) {
      const project = await projectFor(deps, access);
      const quotes = project.rounds.flatMap((round) => round.memberQuotes.map((quote) => leftOfQuote({ ...quote, round }, access.base)));
      const quote = quotes.find(({ id }) => id === text(body, 'quoteId')) ?? (quotes.length === 1 ? quotes[0] : undefined);
      if (!quote) throw new Problem('form_invalid', 'no quote chosen', { fields: 'quoteId' });
      await askStep(deps, access, key, enterAmount, `project/${project.ref}`, { quoteId: quote.id, ...(await askedIn(deps, body, key, quote)) });
      return { notice: 'amountEntered' };
    },
  },
};

/** What the form asks, against what is left; a form posted again is what it was, though nothing is left any more. */
async function askedIn(deps: Deps, body: Readonly<Record<string, unknown>>, key: string, quote: { acceptedCents: number; left: number; invoiced: number }): Promise<{ amountCents: number; kind: string }> {
  const known = await deps.db.submission.findUnique({ where: { id: key } });
  const done = known?.state === 'done' && known.step === enterAmount.name ? enterAmount.payload.safeParse(known.payload) : null;
  if (done?.success) return { amountCents: done.data.amountCents, kind: done.data.kind };
  const typed = text(body, 'amount');
  const how = typed === '' && text(body, 'kind') === 'balance' ? 'left' : (ways.find((way) => way === body.how) ?? 'amount');
  const amountCents = amountToInvoice({ typed, how, acceptedCents: quote.acceptedCents, leftCents: quote.left });
  const kind = text(body, 'kind') || 'progress';
  // What ends a quote begun already is its balance, and lists what came before.
  return { amountCents, kind: kind === 'progress' && quote.invoiced > 0 && amountCents === quote.left ? 'balance' : kind };
}

async function projectFor(deps: Deps, access: Access) {
  const project = await deps.db.project.findFirst({
    where: { id: access.projectId ?? '', team: { some: { memberId: access.person.id } } },
    include: {
      accountManager: true, company: true,
      rounds: { include: { memberQuotes: { where: { memberId: access.person.id, state: 'accepted' }, include: { invoices: true } } }, orderBy: { number: 'asc' } },
    },
  });
  if (!project) throw new Problem('not_found', 'not in the team of this project');
  return project;
}
