import type { Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { shareInWords } from './build-member-invoice.ts';
import { day, parisDay } from './format.ts';
import { legalAt } from './legal.ts';
import type { ClientInvoiceData, DocumentLocale, EarlierInvoice, InvoiceKind, InvoicedLine } from './kinds.ts';
import { clientParty, contact } from './parties.ts';
import { workInWords } from './quoted-work.ts';
import { totalsOf } from './totals.ts';
import { say } from './words.ts';

/**
 * I3: the one invoice of the team's work, in OFF-WORKS's name. Its row must be complete: number, `issuedAt`, `dueAt`, amounts, and the
 * members' invoices it gathers. The lines are those invoices, so that what the client reads is what the members are owed (I9).
 * @throws Problem `number_missing` · Error when the members' invoices do not add up to the row
 */
export async function buildClientInvoiceDocument(tx: Tx, clientInvoiceId: string, locale: DocumentLocale = 'fr'): Promise<ClientInvoiceData> {
  const row = await tx.clientInvoice.findUniqueOrThrow({
    where: { id: clientInvoiceId },
    include: {
      project: { include: { company: { include: { users: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } } }, owner: true, accountManager: true } },
      memberInvoices: {
        orderBy: { ref: 'asc' },
        include: { member: true, quote: { include: { lines: { orderBy: { position: 'asc' } }, round: { include: { clientQuotes: { where: { state: 'signed' } } } } } } },
      },
    },
  });
  const { project, memberInvoices } = row;
  if (!row.number || !row.issuedAt || !row.dueAt) throw new Problem('number_missing', `${row.ref} is not issued yet`);
  const at = row.issuedAt.getTime();
  const terms = project.terms as unknown as Terms;
  const kind = row.kind as InvoiceKind;
  const gathered = memberInvoices.reduce((sum, { amountCents }) => sum + amountCents, 0);
  if (gathered !== row.membersCents) throw new Error(`${row.ref}: members' invoices give ${gathered} cents, the invoice ${row.membersCents}`);

  const legal = await legalAt(tx, at, locale);
  const { issuer } = legal;
  const exemption = row.vatTreatment === 'reverse_charge' ? legal.exemption('reverse_charge') : null;
  const vatRateBp = exemption ? null : terms.vatRateBp;
  const late = { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents };
  const lines = memberInvoices.map((invoice): InvoicedLine => {
    const signed = invoice.quote.round.clientQuotes.at(-1);
    return {
      label: say(locale, `invoice.line.work.${invoice.kind}`, { member: invoice.member.name }),
      details: [
        workInWords(invoice.quote.lines, signed?.tickedOptions ?? []),
        ...(signed ? [say(locale, 'invoice.line.quote', { number: signed.number, day: day(parisDay(signed.answeredAt ?? signed.createdAt), locale) })] : []),
        shareInWords(invoice.amountCents, invoice.quote.acceptedCents ?? invoice.quote.totalCents, locale),
      ],
      quantityMilli: 1_000,
      unitCents: invoice.amountCents,
      amountCents: invoice.amountCents,
      vatRateBp,
      offered: false,
    };
  });
  const done = memberInvoices.filter((invoice) => invoice.kind !== 'deposit').map(({ createdAt }) => createdAt.getTime());
  const billingContact = project.company.users.find((user) => user.billingContact) ?? project.owner;
  const [issuedOn, dueOn] = [parisDay(at), parisDay(row.dueAt)];
  return {
    number: row.number,
    kind,
    issuedOn,
    serviceOn: done.length > 0 ? parisDay(Math.max(...done)) : null,
    dueOn,
    immediate: dueOn === issuedOn,
    project: { ref: project.ref, title: project.title },
    orderNumber: project.orderNumber,
    quoteNumbers: [...new Set(memberInvoices.flatMap(({ quote }) => quote.round.clientQuotes.map(({ number }) => number)))].sort(),
    issuer,
    client: clientParty(project.company),
    billingContact: contact(billingContact),
    manager: project.accountManager ? contact(project.accountManager) : null,
    lines,
    membersTotalCents: row.membersCents,
    fee: { rateBp: terms.feeRateBp, basis: terms.feeBasis, cents: row.feeCents },
    feeVatRateBp: vatRateBp,
    discounts: [], // a discount is already in the accepted amounts the lines are shares of
    earlier: await earlierOf(tx, { id: row.id, projectId: row.projectId, kind }, at),
    totals: totalsOf({ netCents: row.membersCents + row.feeCents, vatRateBp: terms.vatRateBp, vatCents: row.vatCents, exemption }),
    prepaidCents: 0, // the lines are what is invoiced now: earlier invoices are listed, not taken off
    mentions: legal.invoiceMentions({ late, vatOnReceipts: exemption === null && issuer.vatOnReceipts }),
    late,
  };
}

/** The deposits already issued on the project, and on a balance everything that was, what credit notes cancelled apart. */
async function earlierOf(tx: Tx, row: { id: string; projectId: string; kind: InvoiceKind }, at: number): Promise<EarlierInvoice[]> {
  if (row.kind === 'deposit') return [];
  const before = await tx.clientInvoice.findMany({
    where: {
      projectId: row.projectId, id: { not: row.id }, number: { not: null }, issuedAt: { lte: new Date(at) }, state: { not: 'cancelled' },
      ...(row.kind === 'balance' ? {} : { kind: 'deposit' }),
    },
    orderBy: [{ issuedAt: 'asc' }, { number: 'asc' }],
  });
  return before.map((one) => ({
    number: one.number ?? '', kind: one.kind as InvoiceKind, issuedOn: parisDay(one.issuedAt ?? at), netCents: one.membersCents + one.feeCents, totalCents: one.totalCents,
  }));
}
