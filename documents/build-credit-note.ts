import type { Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { day, parisDay } from './format.ts';
import type { DocumentLocale, InvoicedLine } from './kinds.ts';
import { legalAt } from './legal.ts';
import type { CreditNoteData } from './money-kinds.ts';
import { clientParty, supplierParty } from './parties.ts';
import { totalsOf } from './totals.ts';
import { say } from './words.ts';

const oneLine = (label: string, amountCents: number, vatRateBp: number | null): InvoicedLine =>
  ({ label, details: [], quantityMilli: 1_000, unitCents: amountCents, amountCents, vatRateBp, offered: false });

/**
 * I12: takes back a part of a client's invoice, which it names (CGI ann. II, 242 nonies A). Its row and those of its parts must be complete, and the
 * movement recorded: it says what becomes of the amount. Amounts are positive. @throws Problem `number_missing`
 */
export async function buildCreditNoteDocument(tx: Tx, creditNoteId: string, locale: DocumentLocale = 'fr'): Promise<CreditNoteData> {
  const row = await tx.creditNote.findUniqueOrThrow({
    where: { id: creditNoteId },
    include: {
      parts: { orderBy: { memberInvoice: { ref: 'asc' } }, include: { memberInvoice: { include: { member: true } } } },
      clientInvoice: { include: { project: { include: { company: true } } } },
    },
  });
  const { clientInvoice: invoice, parts } = row;
  const { project } = invoice;
  if (!invoice.number || !invoice.issuedAt) throw new Problem('number_missing', `${invoice.ref} is not issued yet`);
  const at = row.issuedAt.getTime();
  const terms = project.terms as unknown as Terms;
  const legal = await legalAt(tx, at, locale);
  const exemption = invoice.vatTreatment === 'reverse_charge' ? legal.exemption('reverse_charge') : null;
  const vatRateBp = exemption ? null : terms.vatRateBp;
  return {
    number: row.number,
    issuedOn: parisDay(at),
    corrects: { number: invoice.number, issuedOn: parisDay(invoice.issuedAt) },
    whole: row.cancels,
    reason: row.reason,
    project: { ref: project.ref, title: project.title },
    orderNumber: invoice.orderNumber,
    seller: legal.issuer,
    buyer: clientParty(project.company),
    lines: parts.map(({ memberInvoice: { member }, amountCents }) => oneLine(say(locale, 'credit.line.work', { member: member.name }), amountCents, vatRateBp)),
    discounts: [],
    team: { membersTotalCents: row.membersCents, fee: { rateBp: terms.feeRateBp, basis: terms.feeBasis, cents: row.feeCents }, feeVatRateBp: vatRateBp },
    totals: totalsOf({ netCents: row.membersCents + row.feeCents, vatRateBp: terms.vatRateBp, vatCents: row.vatCents, exemption }),
    // What was paid already stays the client's, until it is used or asked back.
    outcome: row.keptCents > 0 ? 'kept' : 'set_off',
    mentions: legal.invoiceMentions({ late: { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents }, vatOnReceipts: exemption === null && legal.issuer.vatOnReceipts }),
    selfBilled: null,
    demo: legal.issuer.demo,
  };
}

/**
 * I4, I12: the same on a member's side, drawn up by OFF-WORKS in their name, in their own series. `toRepayCents`: what they were paid of it already.
 * @throws Problem `billing_missing`, `number_missing`
 */
export async function buildMemberCreditNoteDocument(tx: Tx, memberCreditNoteId: string, toRepayCents: number, locale: DocumentLocale = 'fr'): Promise<CreditNoteData> {
  const row = await tx.memberCreditNote.findUniqueOrThrow({ where: { id: memberCreditNoteId }, include: { creditNote: true, memberInvoice: { include: { project: true, member: { include: { billing: true } } } } } });
  const { memberInvoice: invoice } = row;
  const { project, member } = invoice;
  if (!member.billing) throw new Problem('billing_missing', `${member.handle} has no billing entity`);
  if (!invoice.number || !invoice.finalAt) throw new Problem('number_missing', `${invoice.ref} has no number yet`);
  const at = row.issuedAt.getTime();
  const terms = project.terms as unknown as Terms;
  const legal = await legalAt(tx, at, locale);
  const franchise = invoice.vatRegime === 'franchise';
  const mandate = invoice.mandate ? member.billing.mandateAcceptedAt : null;
  const parties = { buyer: legal.issuer.name, supplier: member.billing.legalName };
  return {
    number: row.number,
    issuedOn: parisDay(at),
    corrects: { number: invoice.number, issuedOn: parisDay(invoice.finalAt) },
    whole: row.amountCents === invoice.amountCents,
    reason: row.creditNote.reason,
    project: { ref: project.ref, title: project.title },
    orderNumber: null,
    seller: supplierParty(member.billing),
    buyer: legal.issuer,
    lines: [oneLine(say(locale, 'credit.line.own', { project: project.title }), row.amountCents, franchise ? null : invoice.vatRateBp)],
    discounts: [],
    team: null,
    totals: totalsOf({ netCents: row.amountCents, vatRateBp: invoice.vatRateBp, vatCents: row.vatCents, exemption: franchise ? legal.exemption('franchise') : null }),
    outcome: toRepayCents > 0 ? 'refund' : 'set_off',
    mentions: legal.invoiceMentions({ late: { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents }, vatOnReceipts: false }),
    selfBilled: mandate ? legal.say('selfBilledMandate', { ...parties, day: day(parisDay(mandate), locale) }) : legal.say('selfBilledPending', parties),
    demo: legal.issuer.demo,
  };
}
