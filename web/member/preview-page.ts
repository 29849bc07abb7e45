import type { Deps } from '../../deps.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/invoice-steps.ts';
import type { Step } from '../../steps/step.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import { pageTexts } from '../locale.ts';
import type { Access, Act, Page } from '../page.ts';
import { ownInvoices } from './own-invoices.ts';

/** What an anomaly may be about besides a line of the work: keys of sentences. */
const partsOfInvoice = ['amount', 'vat', 'identity', 'account', 'other'] as const;

/** I2, M11: the preview, the time left to report an anomaly and on which line, the approval where there is no mandate; then its way until it is paid out. */
export const memberPreviewPage: Page = {
  template: 'member-preview',
  async show(deps, access) {
    const invoice = await invoiceFor(deps, access);
    const can = Object.fromEntries(actionsFrom(memberInvoiceLifecycle, invoice.state, 'member').map((action) => [action, true]));
    const [way] = await ownInvoices(deps, access, { id: invoice.id }, () => access.root);
    return {
      title: invoice.ref, invoice, way, project: invoice.project, can: { ...can, approvePreview: can.approvePreview && !invoice.mandate }, documentBase: `${access.root}/document`,
      lines: invoiceLines(invoice), parts: partsOfInvoice,
    };
  },
  acts: {
    reportAnomaly: act(steps.reportAnomaly, 'anomalyReported', (body, invoice, access) => ({ reason: anomalyIn(body, invoice, access) })),
    approvePreview: act(steps.approvePreview, 'approved', () => ({})),
    cancelInvoice: act(steps.cancelInvoice, 'cancelled', (body) => ({ reason: text(body, 'reason') })),
  },
};

type Invoice = Awaited<ReturnType<typeof invoiceFor>>;

function act(step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>, invoice: Invoice, access: Access) => unknown): Act {
  return async (deps, access, body, key) => {
    const invoice = await invoiceFor(deps, access);
    await askStep(deps, access, key, step, `member-invoice/${invoice.ref}`, payloadOf(body, invoice, access));
    return { notice };
  };
}

/** The lines of the work that the invoice names: those of the quote, options the client ticked included. */
function invoiceLines({ quote }: Invoice): { id: string; label: string; amountCents: number; offered: boolean }[] {
  const ticked = quote.round.clientQuotes.flatMap(({ tickedOptions }) => tickedOptions);
  return quote.lines.filter(({ id, optional }) => !optional || ticked.includes(id)).map(({ id, label, amountCents, offered }) => ({ id, label, amountCents, offered }));
}

/** I2: what is wrong, with what it is about before it, as staff read it. */
function anomalyIn(body: Record<string, unknown>, invoice: Invoice, access: Access): string {
  const [reason, about] = [text(body, 'reason'), text(body, 'about')];
  if (reason === '') throw new Problem('form_invalid', 'an anomaly without a reason', { fields: 'reason' });
  if (about === '' || about === 'other') return reason;
  const line = invoiceLines(invoice).find(({ id }) => id === about);
  const part = partsOfInvoice.find((one) => one === about);
  if (!line && !part) throw new Problem('form_invalid', `nothing called ${about} in the invoice`, { fields: 'about' });
  return `${line ? `« ${line.label} »` : (pageTexts[access.locale][`mp.part.${about}`] ?? about)} : ${reason}`;
}

async function invoiceFor(deps: Deps, access: Access) {
  const invoice = await deps.db.memberInvoice.findFirst({
    where: { id: access.subjectId ?? '', memberId: access.person.id },
    include: { project: { include: { accountManager: true } }, quote: { include: { lines: { orderBy: { position: 'asc' } }, round: { include: { clientQuotes: { where: { state: 'signed' }, select: { tickedOptions: true } } } } } } },
  });
  if (!invoice) throw new Problem('not_found', 'no such invoice for this member');
  return invoice;
}
