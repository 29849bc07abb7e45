import { leftToPay } from '../../domain/left-to-pay.ts';
import { mayDo, maySee } from '../../domain/roles.ts';
import type { Block } from './blocks.ts';
import { planHref, recordHref, transferHref, waterfallHref } from './finance/addresses.ts';
import { financeNavigation } from './finance/navigation.ts';
import type { Asked, ConsolePage } from './page.ts';
import { wholeInvoice, type WholeInvoice } from './waterfall/of-invoice.ts';
import { paymentBlocks } from './waterfall/parts.ts';
import { waitingBlock } from './waterfall/waiting.ts';

/** I7, I8, I9: one client invoice, who gets what of each payment, and why the rest is not due yet. */
export const waterfallPage: ConsolePage = {
  name: 'waterfall',
  icon: 'Filter',
  title: async ({ deps: { db }, say, query }) => {
    if (!query.invoice) return say.say('waterfall.title');
    const { number, ref, project } = await wholeInvoice(db, query.invoice);
    return say.say('waterfall.of', { number: number ?? ref, client: project.company.name });
  },
  blocks: async (asked) => (asked.query.invoice ? invoiceBlocks(asked, await wholeInvoice(asked.deps.db, asked.query.invoice)) : chooseBlocks(asked)),
};

async function invoiceBlocks(asked: Asked, invoice: WholeInvoice): Promise<Block[]> {
  const { say, staff } = asked;
  const open = invoice.state === 'issued' || invoice.state === 'part_paid';
  return [
    financeNavigation(asked, 'waterfall'),
    {
      kind: 'links', items: [
        { text: invoice.number ?? invoice.ref, href: recordHref('ClientInvoice', invoice.id) }, { text: invoice.project.ref, href: recordHref('Project', invoice.projectId) },
        ...(open && maySee(staff.role, 'dunningPlan') ? [{ text: say.say('dunningPlan.title'), href: planHref(invoice.ref) }] : []),
        ...(open && mayDo(staff.role, 'recordPayment') ? [{ text: say.say('action.recordPayment'), href: transferHref(invoice.project.company.handle, invoice.ref) }] : []),
      ],
    },
    {
      kind: 'figures', items: [
        { label: say.say('waterfall.figure.state'), value: say.state('clientInvoice', invoice.state) },
        { label: say.say('waterfall.figure.members'), value: say.money(invoice.membersCents) }, { label: say.say('waterfall.figure.fee'), value: say.money(invoice.feeCents) },
        { label: say.say('waterfall.figure.vat'), value: say.money(invoice.vatCents) }, { label: say.say('waterfall.figure.total'), value: say.money(invoice.totalCents) },
        ...(invoice.creditedCents > 0 ? [{ label: say.say('waterfall.figure.credited'), value: say.money(invoice.creditedCents) }] : []),
        ...(invoice.writtenOffCents > 0 ? [{ label: say.say('waterfall.figure.writtenOff'), value: say.money(invoice.writtenOffCents), tone: 'bad' as const }] : []),
        ...(invoice.keptCents !== 0 ? [{ label: say.say('waterfall.figure.kept'), value: say.money(invoice.keptCents) }] : []),
        { label: say.say('waterfall.figure.paid'), value: say.money(invoice.paidCents), tone: leftToPay(invoice) === 0 ? 'good' : undefined },
        { label: say.say('waterfall.figure.left'), value: say.money(leftToPay(invoice)), tone: leftToPay(invoice) > 0 ? 'bad' : 'good' },
      ],
    },
    waitingBlock(asked, invoice),
    ...(await paymentBlocks(asked, invoice)),
    ...(invoice.payments.length === 0 ? [{ kind: 'text' as const, text: say.say('waterfall.noPayment') }] : []),
  ];
}

/** Which invoice: by its number, or one of those paid last. */
async function chooseBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const payments = await db.payment.findMany({ where: { kind: 'transfer' }, orderBy: { id: 'desc' }, take: 20, include: { clientInvoice: { include: { project: { include: { company: true } } } } } });
  return [
    financeNavigation(asked, 'waterfall'),
    { kind: 'text', text: say.say('waterfall.rule') },
    { kind: 'form', method: 'get', inline: true, button: say.say('waterfall.open'), fields: [{ name: 'invoice', kind: 'text', required: true, label: say.say('waterfall.number'), help: say.say('waterfall.numberHelp') }] },
    {
      kind: 'table', caption: say.say('waterfall.latest'), head: ['invoice', 'client', 'received', 'total'].map((name) => say.say(`waterfall.head.${name}`)), numeric: [3], empty: say.say('waterfall.noPayment'),
      rows: payments.map(({ amountCents, receivedOn, reference, clientInvoice: { ref, number, project } }) => ({
        cells: [{ text: number ?? ref, href: waterfallHref(ref), detail: project.title }, project.company.name, { text: say.day(receivedOn), detail: reference }, say.money(amountCents)],
      })),
    },
  ];
}
