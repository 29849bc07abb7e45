import { endToEndIdOf, groupIdsOf } from '../../domain/bank/pain001.ts';
import { proposeMatches, type LineToMatch, type MatchKind, type OpenInvoice, type SentPayout } from '../../domain/bank/match.ts';
import type { ReceivedPayment } from '../../domain/bank/received-book.ts';
import type { Db, Tx } from '../open.ts';

const batch = 1_000;
const dayText = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * I11: says again what each line nobody has decided about most likely is, by what is due now. What a person chose stays, and so does a line whose
 * payment is being recorded. Answers how many lines have a proposal.
 */
export async function proposeForLines(db: Db): Promise<number> {
  return db.$transaction(async (tx) => {
    // One at a time: two would give the same invoice twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('bank matches'))`;
    await dropProposals(tx);
    const lines = await linesToMatch(tx);
    const invoices = await openInvoices(tx);
    const payouts = await sentPayouts(tx);
    const received = lines.some(({ reversal, amountCents }) => reversal && amountCents < 0) ? await receivedPayments(tx) : [];
    const proposals = proposeMatches(lines, { invoices, payouts, received });
    const rows = proposals.flatMap(({ lineId, parts, reasons, confidence }) => parts.map(({ kind, id, cents }) => ({
      lineId, kind, cents, reasons: [...reasons], confidence, ...objectOf(kind, id),
    })));
    for (let at = 0; at < rows.length; at += batch) await tx.bankMatch.createMany({ data: rows.slice(at, at + batch) });
    const ids = proposals.map(({ lineId }) => lineId);
    for (let at = 0; at < ids.length; at += batch) await tx.bankLine.updateMany({ where: { id: { in: ids.slice(at, at + batch) }, state: 'new' }, data: { state: 'matched' } });
    return proposals.length;
  }, { timeout: 120_000, maxWait: 30_000 });
}

/** The column a match names its object in. */
export function objectOf(kind: MatchKind, id: string): { clientInvoiceId: string } | { takesBackId: string } | { payoutId: string } {
  if (kind === 'payment') return { clientInvoiceId: id };
  return kind === 'taken_back' ? { takesBackId: id } : { payoutId: id };
}

/** Forgets what the rules said of lines that are still to decide. */
async function dropProposals(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    WITH stale AS (
      SELECT l."id" FROM "BankLine" l WHERE l."state" = 'matched' AND NOT EXISTS (
        SELECT 1 FROM "BankMatch" m LEFT JOIN "Payment" p ON p."bankMatchId" = m."id" WHERE m."lineId" = l."id" AND (m."proposedBy" IS NOT NULL OR p."id" IS NOT NULL))
      FOR UPDATE
    ), gone AS (DELETE FROM "BankMatch" m USING stale WHERE m."lineId" = stale."id")
    UPDATE "BankLine" l SET "state" = 'new' FROM stale WHERE l."id" = stale."id"`;
}

async function linesToMatch(tx: Tx): Promise<LineToMatch[]> {
  const rows = await tx.bankLine.findMany({
    where: { state: 'new' }, orderBy: [{ bookedOn: 'asc' }, { id: 'asc' }],
    select: { id: true, bookedOn: true, amountCents: true, counterpartyName: true, remittance: true, endToEndId: true, batchId: true, reversal: true },
  });
  return rows.map((row) => ({ ...row, bookedOn: dayText(row.bookedOn) }));
}

/** Every invoice with something left to pay, what lines not confirmed yet are thought to pay taken off. */
export async function openInvoices(db: Db | Tx): Promise<OpenInvoice[]> {
  const rows = await db.$queryRaw<(Omit<OpenInvoice, 'references' | 'names' | 'dueAt' | 'leftCents'> & { ref: string; name: string; dueAt: Date; left: bigint })[]>`
    SELECT i."id", coalesce(i."number", i."ref") AS number, i."ref", coalesce(i."declaredReference", '') AS "declaredReference", coalesce(i."orderNumber", '') AS "orderNumber",
      p."companyId", c."name", i."dueAt", i."totalCents"::bigint - i."creditedCents" - i."writtenOffCents" - i."paidCents" - coalesce(w.cents, 0) AS left
    FROM "ClientInvoice" i JOIN "Project" p ON p."id" = i."projectId" JOIN "Company" c ON c."id" = p."companyId"
    LEFT JOIN (
      SELECT m."clientInvoiceId", sum(m."cents")::bigint AS cents FROM "BankMatch" m JOIN "BankLine" l ON l."id" = m."lineId" AND l."state" = 'matched'
      LEFT JOIN "Payment" y ON y."bankMatchId" = m."id" WHERE m."kind" = 'payment' AND y."id" IS NULL GROUP BY 1
    ) w ON w."clientInvoiceId" = i."id"
    WHERE i."state" IN ('issued', 'part_paid') AND i."dueAt" IS NOT NULL`;
  return rows.map(({ ref, name, dueAt, left, ...row }) => ({ ...row, references: ref === row.number ? [] : [ref], names: [name], dueAt: dueAt.getTime(), leftCents: Number(left) })).filter(({ leftCents }) => leftCents > 0);
}

/** How long a payout that was shown as paid may still come back, in days: a bank recalls within thirteen months. */
const mayComeBack = 400;

/** Payouts that are on their way, or that a statement showed not long ago, those matched already left out. */
export async function sentPayouts(db: Db | Tx): Promise<SentPayout[]> {
  const since = new Date(Date.now() - mayComeBack * 86_400_000);
  const rows = await db.payout.findMany({
    where: { OR: [{ state: 'sent' }, { state: 'paid', paidAt: { gte: since } }] }, orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true, state: true, amountCents: true, exportId: true, member: { select: { name: true, billing: { select: { legalName: true } } } }, returns: { select: { id: true } },
      exportLines: { where: { live: true }, select: { endToEndId: true, executeOn: true, name: true, export: { select: { id: true, ref: true, lines: { select: { executeOn: true }, distinct: ['executeOn'] } } } } },
      matches: { where: { line: { state: 'matched' } }, select: { kind: true } },
    },
  });
  return rows.filter(({ matches }) => matches.length === 0).map(({ id, state, amountCents, member, exportLines: [line], returns }): SentPayout => ({
    id, state: state as SentPayout['state'], cents: amountCents, endToEndId: line?.endToEndId ?? endToEndIdOf(id, returns.length + 1),
    batchIds: line ? [line.export.ref, groupIdsOf(line.export.ref, line.export.lines.map(({ executeOn }) => dayText(executeOn))).get(dayText(line.executeOn)) ?? line.export.ref] : [],
    names: [member.name, ...(member.billing ? [member.billing.legalName] : []), ...(line ? [line.name] : [])],
  }));
}

/** Clients' transfers that a bank may still take back: not long ago, and not taken back or matched so already (I12). */
export async function receivedPayments(db: Db | Tx): Promise<ReceivedPayment[]> {
  const since = new Date(Date.now() - mayComeBack * 86_400_000);
  const rows = await db.payment.findMany({
    where: { kind: 'transfer', receivedOn: { gte: since }, takenBack: null, linesTakingBack: { none: { line: { state: 'matched' } } } }, orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
    select: { id: true, amountCents: true, excessCents: true, reference: true, clientInvoice: { select: { number: true, ref: true, project: { select: { company: { select: { name: true } } } } } } },
  });
  return rows.map(({ id, amountCents, excessCents, reference, clientInvoice }) => ({
    id, cents: amountCents + excessCents, references: [clientInvoice.number ?? clientInvoice.ref, reference], names: [clientInvoice.project.company.name],
  }));
}
