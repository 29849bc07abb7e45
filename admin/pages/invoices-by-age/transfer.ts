import { leftToPay } from '../../../domain/left-to-pay.ts';
import { DateTime } from 'luxon';
import { proposeAllocation, type OpenInvoice } from '../../../domain/allocate-transfer.ts';
import { parisZone } from '../../../domain/calendar.ts';
import { parseAmount, typedAmount } from '../../../domain/money-text.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Db } from '../../../database/open.ts';
import type { Block, PageField } from '../blocks.ts';
import { recordHref } from '../finance/addresses.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';

/** How many open invoices one transfer may be spread over, those due first. */
const mostOpen = 60;

interface Debtor { readonly id: string; readonly name: string; readonly handle: string }

/** What a client has to pay, due first. @throws Problem `not_found` */
export async function debtorOf(db: Db, handle: string): Promise<{ company: Debtor; open: (OpenInvoice & { readonly id: string; readonly title: string; readonly totalCents: number; readonly declaredReference: string | null })[] }> {
  const company = await db.company.findUnique({ where: { handle }, select: { id: true, name: true, handle: true } });
  if (!company) throw new Problem('not_found', `no client ${handle}`);
  const rows = await db.clientInvoice.findMany({
    where: { state: { in: ['issued', 'part_paid'] }, dueAt: { not: null }, project: { companyId: company.id } },
    include: { project: { select: { title: true } } }, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: mostOpen,
  });
  return {
    company,
    open: rows.map(({ id, ref, number, dueAt, declaredReference, project, ...row }) => ({
      id, ref, number: number ?? ref, leftCents: leftToPay(row), dueAt: dueAt?.getTime() ?? 0, title: project.title, totalCents: row.totalCents, declaredReference,
    })),
  };
}


/** The fields of a transfer that take amounts, one an invoice. */
export const amountField = (ref: string): string => `amount/${ref}`;

/** I6: one transfer received, spread over what its client owes; the oldest due is proposed first, and every amount may be changed. */
export async function transferBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, staff, query } = asked;
  if (!mayDo(staff.role, 'recordPayment')) throw new Problem('not_allowed', `${staff.role} may not recordPayment`);
  const { company, open } = await debtorOf(db, query.transfer ?? '');
  const meant = open.find(({ ref }) => ref === query.for);
  const typed = query.amount ?? (meant ? typedAmount(meant.leftCents) : '');
  const transferCents = parseAmount(typed);
  const receivedOn = query.receivedOn ?? DateTime.now().setZone(parisZone).toFormat('yyyy-MM-dd');
  const reference = query.reference ?? meant?.declaredReference ?? '';
  const owed = open.reduce((total, { leftCents }) => total + leftCents, 0);
  // Whoever comes from an invoice means that one, before the others.
  const proposal = transferCents === null ? null : proposeAllocation(transferCents, open.map((one) => (one.ref === meant?.ref && query.amount === undefined ? { ...one, dueAt: 0 } : one)));
  const wanted = (name: string, kind: PageField['kind'], value: string): PageField => ({ name, kind, label: say.say(`invoicesByAge.field.${name}`), required: true, value });
  const kept = (name: string, value: string): PageField => ({ name, kind: 'hidden', label: '', value });
  return [
    financeNavigation(asked, 'invoicesByAge'),
    {
      kind: 'figures', items: [
        { label: say.say('invoicesByAge.owed'), value: say.money(owed), href: recordHref('Company', company.id), detail: say.say('invoicesByAge.count', { count: open.length }) },
        ...(proposal && transferCents !== null ? [
          { label: say.say('invoicesByAge.transferAmount'), value: say.money(transferCents) },
          { label: say.say('invoicesByAge.remainder'), value: say.money(proposal.remainderCents), tone: proposal.remainderCents > 0 ? 'bad' as const : 'good' as const },
        ] : []),
      ],
    },
    {
      kind: 'form', method: 'get', title: say.say('invoicesByAge.transferTitle'), button: say.say('invoicesByAge.propose'), inline: true,
      fields: [kept('transfer', company.handle), wanted('amount', 'amount', typed), wanted('receivedOn', 'date', receivedOn), wanted('reference', 'text', reference)],
    },
    ...(typed !== '' && transferCents === null ? [{ kind: 'text' as const, tone: 'bad' as const, text: say.problem(new Problem('amount_invalid', `${typed} is not an amount`)) }] : []),
    ...(proposal && proposal.remainderCents > 0 ? [{ kind: 'text' as const, tone: 'bad' as const, text: say.problem(new Problem('transfer_above_open', 'too much', { overCents: proposal.remainderCents, openCents: owed })) }] : []),
    ...(proposal && open.length > 0 ? [{
      kind: 'form' as const, method: 'post' as const, act: 'recordTransfer', title: say.say('invoicesByAge.allocationTitle'), button: say.say('invoicesByAge.recordTransfer'), consequence: say.say('invoicesByAge.allocationConsequence'),
      fields: [
        wanted('amount', 'amount', typed), wanted('receivedOn', 'date', receivedOn), wanted('reference', 'text', reference),
        ...open.map(({ ref, number, title, leftCents, dueAt }): PageField => {
          const cents = proposal.allocations.find((one) => one.ref === ref)?.cents;
          return { name: amountField(ref), kind: 'amount', label: `${number} · ${title}`, help: say.say('invoicesByAge.leftAndDue', { leftCents, dueAt: new Date(dueAt).toISOString() }), value: cents ? typedAmount(cents) : '' };
        }),
      ],
    }] : []),
    ...(open.length === 0 ? [{ kind: 'text' as const, text: say.say('invoicesByAge.owesNothing', { name: company.name }) }] : []),
    ...(open.length === mostOpen ? [{ kind: 'text' as const, tone: 'soft' as const, text: say.say('invoicesByAge.onlyFirst', { count: mostOpen }) }] : []),
  ];
}
