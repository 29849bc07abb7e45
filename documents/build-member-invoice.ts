import type { Prisma } from '@prisma/client';
import type { Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { day, money, parisDay, rate } from './format.ts';
import { legalAt } from './legal.ts';
import type { DocumentLocale, EarlierInvoice, InvoiceKind, MemberInvoiceData, PreviewData } from './kinds.ts';
import { supplierParty } from './parties.ts';
import { workInWords } from './quoted-work.ts';
import { totalsOf } from './totals.ts';
import { say } from './words.ts';

const withItsPeople = {
  project: true,
  member: { include: { billing: true } },
  quote: { include: { lines: { orderBy: { position: 'asc' as const } }, round: { include: { clientQuotes: { where: { state: 'signed' } } } } } },
} satisfies Prisma.MemberInvoiceInclude;
type Row = Prisma.MemberInvoiceGetPayload<{ include: typeof withItsPeople }>;

/**
 * I4: the member's invoice to OFF-WORKS, drawn up in their name. Its row must have its number and its date (`number`, `finalAt`) already.
 * @throws Problem `number_missing`, `billing_missing`
 */
export async function buildMemberInvoiceDocument(tx: Tx, memberInvoiceId: string, locale: DocumentLocale = 'fr'): Promise<MemberInvoiceData> {
  const row = await rowOf(tx, memberInvoiceId);
  if (!row.number || !row.finalAt) throw new Problem('number_missing', `${row.ref} has no number yet: only a preview can be shown`);
  return selfBilled(tx, row, row.finalAt.getTime(), { preview: false, locale });
}

/**
 * I2: the specimen a member reads before the invoice is final; it never shows a number, even if the row has one. `at`: when it is drawn up, in ms.
 * @throws Problem `billing_missing`
 */
export async function buildPreviewDocument(tx: Tx, memberInvoiceId: string, at: number, locale: DocumentLocale = 'fr'): Promise<PreviewData> {
  const row = await rowOf(tx, memberInvoiceId);
  return {
    ...(await selfBilled(tx, row, at, { preview: true, locale })),
    number: null,
    version: row.previewVersion,
    windowEndsAt: row.windowEndsAt?.toISOString() ?? null,
    resolution: row.resolution,
  };
}

async function rowOf(tx: Tx, id: string): Promise<Row> {
  return tx.memberInvoice.findUniqueOrThrow({ where: { id }, include: withItsPeople });
}

async function selfBilled(tx: Tx, row: Row, at: number, { preview, locale }: { preview: boolean; locale: DocumentLocale }): Promise<MemberInvoiceData> {
  const { project, member, quote } = row;
  if (!member.billing) throw new Problem('billing_missing', `${member.handle} has no billing entity`);
  const terms = project.terms as unknown as Terms;
  const kind = row.kind as InvoiceKind;
  const mandate = row.mandate ? member.billing.mandateAcceptedAt : null;
  const franchise = row.vatRegime === 'franchise';
  const legal = await legalAt(tx, at, locale);
  const late = { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents };
  const parties = { buyer: legal.issuer.name, supplier: member.billing.legalName };
  const accepted = quote.acceptedCents ?? quote.totalCents;
  return {
    number: row.number,
    ref: row.ref,
    kind,
    issuedOn: parisDay(at),
    serviceOn: kind === 'deposit' ? null : parisDay(row.createdAt),
    project: { ref: project.ref, title: project.title },
    supplier: supplierParty(member.billing),
    buyer: legal.issuer,
    lines: [
      {
        label: say(locale, `invoice.line.own.${kind}`, { project: project.title }),
        details: [
          workInWords(quote.lines, quote.round.clientQuotes.flatMap(({ tickedOptions }) => tickedOptions)),
          say(locale, 'invoice.line.member_quote', { ref: quote.round.ref, version: quote.version, day: day(parisDay(quote.createdAt), locale) }),
          shareInWords(row.amountCents, accepted, locale),
        ],
        quantityMilli: 1_000,
        unitCents: row.amountCents,
        amountCents: row.amountCents,
        vatRateBp: franchise ? null : row.vatRateBp,
        offered: false,
      },
    ],
    discounts: [], // a discount is already in the accepted amount this is a share of
    earlier: await earlierOf(tx, row, at),
    totals: totalsOf({
      netCents: row.amountCents,
      vatRateBp: row.vatRateBp,
      vatCents: row.vatCents,
      exemption: franchise ? legal.exemption('franchise') : null,
    }),
    prepaidCents: 0, // the amount is what the member invoices now: earlier invoices are listed, not taken off
    // When a member's VAT falls due is the member's own choice, which is not asked: nothing is said in their name.
    mentions: legal.invoiceMentions({ late, vatOnReceipts: false }),
    dueOn: row.legalDueAt ? parisDay(row.legalDueAt) : null,
    late,
    ibanLast4: member.billing.ibanLast4,
    mandateOn: mandate ? parisDay(mandate) : null,
    // Without a mandate an invoice is only final because its member approved it.
    approvedOn: mandate || preview ? null : parisDay(at),
    selfBilled: mandate
      ? legal.say('selfBilledMandate', { ...parties, day: day(parisDay(mandate), locale) })
      : preview ? legal.say('selfBilledPending', parties) : legal.say('selfBilledApproved', { ...parties, day: day(parisDay(at), locale) }),
  };
}

/** « 70 % du montant accepté de 12 370,00 € HT ». */
export function shareInWords(amountCents: number, acceptedCents: number, locale: DocumentLocale): string {
  const bp = acceptedCents > 0 ? Math.round((amountCents * 10_000) / acceptedCents) : 10_000;
  return say(locale, 'invoice.line.share', { rate: rate(bp, locale), amount: money(acceptedCents, locale) });
}

/** What the same member already invoiced on the project: the deposits, and on a balance everything. */
async function earlierOf(tx: Tx, row: Row, at: number): Promise<EarlierInvoice[]> {
  if (row.kind === 'deposit') return [];
  const before = await tx.memberInvoice.findMany({
    where: {
      projectId: row.projectId, memberId: row.memberId, id: { not: row.id }, number: { not: null }, finalAt: { lte: new Date(at) },
      ...(row.kind === 'balance' ? {} : { kind: 'deposit' }),
    },
    orderBy: [{ finalAt: 'asc' }, { ref: 'asc' }],
  });
  return before.map((one) => ({
    number: one.number ?? '', kind: one.kind as InvoiceKind, issuedOn: parisDay(one.finalAt ?? at), netCents: one.amountCents, totalCents: one.totalCents,
  }));
}
