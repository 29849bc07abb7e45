import type { LedgerEntry, LedgerLine, Prisma } from '@prisma/client';
import { DateTime } from 'luxon';
import { parisZone } from '../../domain/calendar.ts';
import { chart, chartAccountOf, journals, type Journal } from '../../domain/chart-of-accounts.ts';
import { fecHeading, fecLine, letteringCode } from '../../domain/fec.ts';
import { payoutKey, type Account } from '../../domain/ledger.ts';
import type { Tx } from '../open.ts';

/** The words of the file: names of accounts (`account.clients`), of journals (`journal.sales`) and of movements (`movement.payment`). */
export type FecWords = (key: string, values?: Readonly<Record<string, string>>) => string;

interface Source {
  readonly journal: Journal;
  readonly date: Date;
  readonly reference: string;
  readonly label: string;
}

const page = 500;

/**
 * The accounting entries of a calendar year, in the order they were posted, one number a movement. A movement belongs to the year of the day it
 * happened: a transfer received in December and recorded in January stands in December's, after those posted before it.
 */
export async function* fecOf(tx: Tx, year: number, words: FecWords): AsyncGenerator<string> {
  const [begin, end] = [startOf(year), startOf(year + 1)];
  const letters = await letteringOf(tx, end);
  yield fecHeading;
  let number = 0;
  for await (const entries of entriesSince(tx, begin)) {
    const sources = await sourcesOf(tx, entries, words);
    const parties = await partiesOf(tx, entries);
    for (const entry of entries) {
      const source = sources.get(entry.key);
      if (!source || source.date < begin || source.date >= end) continue;
      number += 1;
      for (const line of entry.lines) {
        const account = chartAccountOf(line.account as Account, source.journal);
        yield fecLine({
          journal: { code: journals[source.journal], label: words(`journal.${source.journal}`) }, number, date: source.date,
          account: { code: chart[account], label: words(`account.${account}`) }, party: parties.get(line.party ?? '') ?? null,
          piece: { reference: source.reference, date: source.date }, label: source.label, debitCents: line.debitCents, creditCents: line.creditCents,
          lettering: line.account === 'client_receivable' ? (letters.get(line.party ?? '') ?? null) : null, validatedOn: entry.postedAt,
        });
      }
    }
  }
}

const startOf = (year: number): Date => DateTime.fromObject({ year }, { zone: parisZone }).toJSDate();

type Entry = LedgerEntry & { readonly lines: readonly LedgerLine[] };

async function* entriesSince(tx: Tx, begin: Date): AsyncGenerator<Entry[]> {
  let last: { postedAt: Date; id: string } | null = null;
  for (;;) {
    const after: object = last ? { OR: [{ postedAt: { gt: last.postedAt } }, { postedAt: last.postedAt, id: { gt: last.id } }] } : {};
    const entries: Entry[] = await tx.ledgerEntry.findMany({
      where: { postedAt: { gte: begin }, ...after }, orderBy: [{ postedAt: 'asc' }, { id: 'asc' }], take: page,
      include: { lines: { orderBy: [{ debitCents: 'desc' }, { id: 'asc' }] } },
    });
    yield entries;
    if (entries.length < page) return;
    last = entries.at(-1) ?? null;
  }
}

/** What each movement comes from: its day, its paper, its journal. */
async function sourcesOf(tx: Tx, entries: readonly Entry[], words: FecWords): Promise<Map<string, Source>> {
  const idsOf = (kind: string): string[] => entries.filter(({ key }) => key.startsWith(`${kind}/`)).map(({ key }) => key.slice(kind.length + 1));
  const payoutIds = [...new Set(idsOf('payout').map((id) => id.split('/')[0] ?? ''))];
  const [memberInvoices, clientInvoices, payments, payouts, payoutReturns, creditNotes, memberCreditNotes, refunds, recoveries, lateFees] = await Promise.all([
    tx.memberInvoice.findMany({ where: { id: { in: idsOf('member-invoice') } }, include: { member: { include: { billing: true } } } }),
    tx.clientInvoice.findMany({ where: { id: { in: idsOf('client-invoice') } }, include: { project: { include: { company: true } } } }),
    tx.payment.findMany({ where: { id: { in: idsOf('payment') } }, include: { clientInvoice: { include: { project: { include: { company: true } } } } } }),
    tx.payout.findMany({ where: { id: { in: payoutIds } }, include: { ...ofPayout, returns: { orderBy: { number: 'asc' } } } }),
    tx.payoutReturn.findMany({ where: { id: { in: idsOf('payout-return') } }, include: { payout: { include: ofPayout } } }),
    tx.creditNote.findMany({ where: { id: { in: idsOf('credit-note') } }, include: { clientInvoice: { include: { project: { include: { company: true } } } } } }),
    tx.memberCreditNote.findMany({ where: { id: { in: idsOf('member-credit') } }, include: { member: { include: { billing: true } } } }),
    tx.clientCredit.findMany({ where: { id: { in: idsOf('refund') } }, include: { company: true } }),
    tx.payout.findMany({ where: { id: { in: idsOf('recovery') } }, include: ofPayout }),
    tx.lateFee.findMany({
      where: { OR: [{ id: { in: [...idsOf('late-fee'), ...idsOf('late-fee-waiver')] } }, { receipts: { some: { id: { in: idsOf('late-fee-receipt') } } } }] },
      include: { receipts: true, clientInvoice: { include: { project: { include: { company: true } } } } },
    }),
  ]);
  const sources = new Map<string, Source>();
  for (const { id, number, ref, finalAt, createdAt, member } of memberInvoices) {
    const reference = number ?? ref;
    sources.set(`member-invoice/${id}`, { journal: 'purchases', date: finalAt ?? createdAt, reference, label: words('movement.memberInvoice', { number: reference, name: member.billing?.legalName ?? member.name }) });
  }
  for (const { id, number, ref, issuedAt, createdAt, project } of clientInvoices) {
    const reference = number ?? ref;
    sources.set(`client-invoice/${id}`, { journal: 'sales', date: issuedAt ?? createdAt, reference, label: words('movement.clientInvoice', { number: reference, name: project.company.name }) });
  }
  for (const { id, kind, reference, receivedOn, clientInvoice } of payments) {
    const date = noonOf(receivedOn);
    const paper = clientInvoice.number ?? clientInvoice.ref;
    const journal = kind === 'transfer' || kind === 'taken_back' ? 'bank' : 'other';
    sources.set(`payment/${id}`, { journal, date, reference: reference || paper, label: words(`movement.${movementWords[kind] ?? 'payment'}`, { number: paper, name: clientInvoice.project.company.name }) });
  }
  for (const { id, number, issuedAt, clientInvoice } of creditNotes) {
    sources.set(`credit-note/${id}`, { journal: 'sales', date: issuedAt, reference: number, label: words('movement.creditNote', { number, name: clientInvoice.project.company.name }) });
  }
  for (const { id, number, issuedAt, member } of memberCreditNotes) {
    sources.set(`member-credit/${id}`, { journal: 'purchases', date: issuedAt, reference: number, label: words('movement.memberCreditNote', { number, name: member.billing?.legalName ?? member.name }) });
  }
  for (const { id, reference, happenedOn, company } of refunds) {
    sources.set(`refund/${id}`, { journal: 'bank', date: noonOf(happenedOn), reference, label: words('movement.refund', { number: reference, name: company.name }) });
  }
  for (const payout of recoveries) {
    const { reference, name } = paperOf(payout);
    sources.set(`recovery/${payout.id}`, { journal: 'bank', date: noonOf(payout.paidAt ?? payout.createdAt), reference, label: words('movement.recovery', { number: reference, name }) });
  }
  for (const { id, kind, sentAt, createdAt, returns, ...payout } of payouts) {
    const { reference, name } = paperOf(payout);
    const label = words(`movement.${kind === 'referral' ? 'referralPayout' : 'payout'}`, { number: reference, name });
    // Each sending on its day: those that came back, then the one that stands.
    for (const [index, date] of [...returns.map((one) => one.sentAt), sentAt ?? createdAt].entries()) sources.set(payoutKey(id, index + 1), { journal: 'bank', date, reference, label });
  }
  for (const { id, returnedOn, payout } of payoutReturns) {
    const { reference, name } = paperOf(payout);
    sources.set(`payout-return/${id}`, { journal: 'bank', date: noonOf(returnedOn), reference, label: words('movement.payoutReturn', { number: reference, name }) });
  }
  for (const { id, claimedAt, waivedAt, receipts, createdAt, clientInvoice } of lateFees) {
    const paper = clientInvoice.number ?? clientInvoice.ref;
    const label = (key: string): string => words(key, { number: paper, name: clientInvoice.project.company.name });
    sources.set(`late-fee/${id}`, { journal: 'sales', date: claimedAt ?? createdAt, reference: paper, label: label('movement.lateFee') });
    sources.set(`late-fee-waiver/${id}`, { journal: 'sales', date: waivedAt ?? createdAt, reference: paper, label: label('movement.lateFeeWaiver') });
    for (const { id: receiptId, receivedOn, reference } of receipts) sources.set(`late-fee-receipt/${receiptId}`, { journal: 'bank', date: noonOf(receivedOn), reference: reference || paper, label: label('movement.lateFeeReceipt') });
  }
  return sources;
}

/** What the label of a movement that is no plain payment is made of. */
const movementWords: Readonly<Record<string, string>> = { client_credit: 'creditUsed', taken_back: 'takenBack', write_off: 'writeOff', revived: 'revived' };

const ofPayout = { member: { include: { billing: true } }, memberInvoice: true, payment: { include: { clientInvoice: true } } } satisfies Prisma.PayoutInclude;

function paperOf({ member, memberInvoice, payment }: Omit<Prisma.PayoutGetPayload<{ include: typeof ofPayout }>, 'id' | 'kind' | 'sentAt' | 'createdAt'>): { reference: string; name: string } {
  return { reference: memberInvoice?.number ?? payment.clientInvoice.number ?? payment.clientInvoice.ref, name: member.billing?.legalName ?? member.name };
}

/** A day of the bank has no hour: noon in Paris is that day, summer and winter. */
function noonOf(day: Date): Date {
  return DateTime.fromJSDate(day, { zone: 'utc' }).setZone(parisZone, { keepLocalTime: true }).set({ hour: 12 }).toJSDate();
}

/** Who a line is about: a client by its company, a member by their billing name. */
async function partiesOf(tx: Tx, entries: readonly Entry[]): Promise<Map<string, { code: string; label: string }>> {
  const ids = [...new Set(entries.flatMap(({ lines }) => lines.map(({ party }) => party ?? '')))].filter(Boolean);
  const [invoices, members, companies] = await Promise.all([
    tx.clientInvoice.findMany({ where: { id: { in: ids } }, select: { id: true, project: { select: { company: { select: { handle: true, name: true } } } } } }),
    tx.member.findMany({ where: { id: { in: ids } }, select: { id: true, handle: true, name: true, billing: { select: { legalName: true } } } }),
    tx.company.findMany({ where: { id: { in: ids } }, select: { id: true, handle: true, name: true } }),
  ]);
  return new Map([
    ...companies.map(({ id, handle, name }) => [id, { code: handle.toUpperCase(), label: name }] as const),
    ...invoices.map(({ id, project: { company } }) => [id, { code: company.handle.toUpperCase(), label: company.name }] as const),
    ...members.map(({ id, handle, name, billing }) => [id, { code: handle.toUpperCase(), label: billing?.legalName ?? name }] as const),
  ]);
}

/** Invoices of which nothing is left are paired with their payments, credit notes and losses, in the order of their numbers. */
async function letteringOf(tx: Tx, before: Date): Promise<Map<string, { code: string; date: Date }>> {
  const paid = await tx.$queryRaw<{ id: string; last: Date }[]>`
    SELECT i."id", max(p."receivedOn")::timestamp AS last FROM "ClientInvoice" i JOIN "Payment" p ON p."clientInvoiceId" = i."id"
    WHERE i."number" IS NOT NULL AND i."paidCents" + i."creditedCents" + i."writtenOffCents" = i."totalCents" AND i."issuedAt" < ${before} GROUP BY i."id" ORDER BY i."issuedAt", i."number"`;
  return new Map(paid.map(({ id, last }, index) => [id, { code: letteringCode(index), date: last }]));
}
