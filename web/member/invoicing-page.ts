import type { Deps } from '../../deps.ts';
import { leftToInvoice } from '../../domain/allowance.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import { documentKindNamed } from '../../mail/format.ts';
import { enterAmount } from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { amount, text } from '../body.ts';
import type { Access, Page } from '../page.ts';

/** M10, M11, I1: one personal link per member and project: what is left, the amount of the next invoice, and each invoice until it is paid out. */
export const memberInvoicingPage: Page = {
  template: 'member-invoicing',
  async show(deps, access) {
    const project = await projectFor(deps, access);
    const quotes = project.rounds.flatMap((round) =>
      round.memberQuotes.map((quote) => {
        const left = leftToInvoice({ acceptedCents: quote.acceptedCents ?? 0, invoiced: quote.invoices });
        return { ...quote, round, left, invoiced: (quote.acceptedCents ?? 0) - left };
      }),
    );
    return {
      title: project.title, project, quotes, canEnter: allows(projectLifecycle, project.stage, 'enterAmount') && quotes.some(({ left }) => left > 0),
      invoices: project.memberInvoices.map((invoice) => {
        const sent = invoice.payouts.filter(({ state }) => state === 'sent').reduce((sum, { amountCents }) => sum + amountCents, 0);
        const heldFor = [...new Set(invoice.payouts.filter(({ state }) => state === 'held').flatMap((payout) => payout.heldFor))].map((kind) => documentKindNamed(kind, access.locale));
        return { ...invoice, sent, heldFor, progress: heldFor.length > 0 ? 'payoutHeld' : progressOf(invoice, sent), link: `${access.root}/p/preview/${invoice.id}` };
      }),
    };
  },
  acts: {
    async enterAmount(deps, access, body, key) {
      const project = await projectFor(deps, access);
      const quotes = project.rounds.flatMap(({ memberQuotes }) => memberQuotes);
      const quote = quotes.find(({ id }) => id === text(body, 'quoteId')) ?? (quotes.length === 1 ? quotes[0] : undefined);
      if (!quote) throw new Problem('form_invalid', 'no quote chosen', { fields: 'quoteId' });
      const balance = text(body, 'kind') === 'balance';
      const left = leftToInvoice({ acceptedCents: quote.acceptedCents ?? 0, invoiced: quote.invoices });
      const amountCents = balance && text(body, 'amount') === '' ? left : amount(body, 'amount');
      const known = await deps.db.submission.findUnique({ where: { id: key } });
      if (amountCents > left && known?.state !== 'done') throw new Problem('amount_above_allowance', `${amountCents} asked, ${left} left`, { leftCents: left, fields: 'amount' });
      await askStep(deps, access, key, enterAmount, `project/${project.ref}`, { quoteId: quote.id, amountCents, kind: text(body, 'kind') || 'progress' });
      return { notice: 'amountEntered' };
    },
  },
};

/** Where an invoice stands until it is paid out, and what it waits for: the key of a sentence (M11). */
function progressOf(invoice: { state: string; totalCents: number; clientInvoice: { state: string } | null }, sentCents: number): string {
  if (invoice.state !== 'final') return invoice.state;
  if (sentCents >= invoice.totalCents) return 'paidOut';
  const client = invoice.clientInvoice?.state ?? 'gathering';
  if (client === 'gathering') return 'gathering';
  if (client === 'issued') return 'clientToPay';
  return client === 'part_paid' ? 'partPaid' : 'payoutToSend';
}

async function projectFor(deps: Deps, access: Access) {
  const project = await deps.db.project.findFirst({
    where: { id: access.projectId ?? '', team: { some: { memberId: access.person.id } } },
    include: {
      accountManager: true, company: true,
      rounds: { include: { memberQuotes: { where: { memberId: access.person.id, state: 'accepted' }, include: { invoices: true } } }, orderBy: { number: 'asc' } },
      memberInvoices: { where: { memberId: access.person.id }, include: { clientInvoice: true, payouts: true }, orderBy: { createdAt: 'asc' } },
    },
  });
  if (!project) throw new Problem('not_in_team', 'not in the team of this project');
  return project;
}
