import { leftToPay } from '../../domain/left-to-pay.ts';
import type { BankLine } from '@prisma/client';
import { checkSplit, excessKeeper, type PaidByLine, type SplitPart } from '../../domain/bank/split-line.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { bankLineLifecycle } from '../../domain/lifecycle/bank-line.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import type { Db, Tx } from '../open.ts';
import { objectOf } from './propose.ts';

interface Decision { readonly by: By; readonly at: number }

/** Says of which line, to whoever reads the trail. */
export const lineSubject = ({ bookedOn, amountCents }: Pick<BankLine, 'bookedOn' | 'amountCents'>): string => `${bookedOn.toISOString().slice(0, 10)} ${(amountCents / 100).toFixed(2)}`;

/** Locks a line that may take this action. @throws Problem `not_found`, `line_settled`, `line_begun` (a payment of it is recorded: it can only be confirmed) */
async function lineFor(tx: Tx, lineId: string, action: 'match' | 'unmatch' | 'ignoreLine' | 'takeBackLine'): Promise<BankLine> {
  await tx.$executeRaw`SELECT 1 FROM "BankLine" WHERE "id" = ${lineId} FOR UPDATE`;
  const line = await tx.bankLine.findUnique({ where: { id: lineId } });
  if (!line) throw new Problem('not_found', `no line ${lineId}`);
  if (!allows(bankLineLifecycle, line.state, action)) throw new Problem('line_settled', `the line is ${line.state}: ${action} is not possible`);
  if ((await tx.payment.count({ where: { bankMatch: { lineId } } })) > 0) throw new Problem('line_begun', 'a payment of the line is recorded');
  return line;
}

/**
 * I11: what a person says a line is, in place of what was proposed.
 * @throws Problem `line_settled`, `line_begun`, and whatever `checkSplit` (domain/bank/split-line) says
 */
export async function splitLine(db: Db, lineId: string, parts: readonly SplitPart[], { by, at }: Decision): Promise<void> {
  await db.$transaction(async (tx) => {
    const line = await lineFor(tx, lineId, 'match');
    const invoices = await tx.clientInvoice.findMany({ where: { id: { in: parts.filter(({ kind }) => kind === 'payment').map(({ id }) => id) }, state: { in: ['issued', 'part_paid'] } } });
    const received = await tx.payment.findMany({ where: { id: { in: parts.filter(({ kind }) => kind === 'taken_back').map(({ id }) => id) }, kind: 'transfer', takenBack: null } });
    const payouts = await tx.payout.findMany({ where: { id: { in: parts.filter(({ kind }) => kind === 'payout' || kind === 'return').map(({ id }) => id) } }, include: { member: true } });
    checkSplit(line.amountCents, parts, {
      invoices: new Map(invoices.map(({ id, number, ref, ...row }) => [id, { number: number ?? ref, leftCents: leftToPay(row) }])),
      received: new Map(received.map(({ id, amountCents, excessCents }) => [id, { cents: amountCents + excessCents }])),
      payouts: new Map(payouts.map(({ id, state, amountCents, member }) => [id, { name: member.name, state, cents: amountCents }])),
    });
    await tx.bankMatch.deleteMany({ where: { lineId } });
    await tx.bankMatch.createMany({
      data: parts.map(({ kind, id, cents }) => ({ lineId, kind, cents, reasons: ['by_hand'], confidence: 'by_hand', proposedBy: by.name, createdAt: new Date(at), ...objectOf(kind, id) })),
    });
    await tx.bankLine.update({ where: { id: lineId }, data: { state: 'matched' } });
    await recordEvent(tx, { by, action: 'bank.lineMatched', subject: lineSubject(line), data: { lineId, parts: parts.length }, at });
  });
}

/**
 * I12: what is left of a line above what its invoices are due is to be kept as the client's credit: the match that holds it says so, and the payment it
 * becomes keeps it. Saying it again changes nothing. @throws Problem `line_settled`, `line_begun`, `excess_not_kept`
 */
export async function keepExcess(db: Db, lineId: string, { by, at }: Decision): Promise<void> {
  await db.$transaction(async (tx) => {
    const line = await lineFor(tx, lineId, 'match');
    const matches = await tx.bankMatch.findMany({ where: { lineId }, include: { clientInvoice: { include: { project: { select: { companyId: true } } } } }, orderBy: { id: 'asc' } });
    if (matches.some(({ keptCents }) => keptCents > 0)) return;
    const keeper = excessKeeper(line.amountCents, matches.map(paidByMatch));
    if (!keeper) throw new Problem('excess_not_kept', `nothing of line ${lineId} can be kept`);
    await tx.bankMatch.update({ where: { id: keeper.id }, data: { cents: { increment: keeper.keptCents }, keptCents: keeper.keptCents } });
    await recordEvent(tx, { by, action: 'bank.excessKept', subject: lineSubject(line), data: { lineId, keptCents: keeper.keptCents }, at });
  });
}

interface InvoicedMatch { readonly id: string; readonly kind: string; readonly cents: number; readonly clientInvoice: (Parameters<typeof leftToPay>[0] & { readonly project: { readonly companyId: string } }) | null }

/** A match as what it would pay. */
export const paidByMatch = ({ id, kind, cents, clientInvoice }: InvoicedMatch): PaidByLine =>
  ({ id, kind: kind as PaidByLine['kind'], cents, dueCents: clientInvoice ? leftToPay(clientInvoice) : 0, companyId: clientInvoice?.project.companyId ?? '' });

/** Takes a match back before it is confirmed. @throws Problem `line_settled`, `line_begun` */
export async function unmatchLine(db: Db, lineId: string, { by, at }: Decision): Promise<void> {
  await db.$transaction(async (tx) => {
    const line = await lineFor(tx, lineId, 'unmatch');
    await tx.bankMatch.deleteMany({ where: { lineId } });
    await tx.bankLine.update({ where: { id: lineId }, data: { state: 'new' } });
    await recordEvent(tx, { by, action: 'bank.lineUnmatched', subject: lineSubject(line), data: { lineId }, at });
  });
}

/** Leaves a line aside: it is no client's and no member's. @throws Problem `line_settled`, `line_begun`, `reason_missing` */
export async function ignoreLine(db: Db, lineId: string, reason: string, { by, at }: Decision): Promise<void> {
  if (reason.trim().length < 3) throw new Problem('reason_missing', 'a line is left aside for a reason');
  await db.$transaction(async (tx) => {
    const line = await lineFor(tx, lineId, 'ignoreLine');
    await tx.bankMatch.deleteMany({ where: { lineId } });
    await tx.bankLine.update({ where: { id: lineId }, data: { state: 'ignored', reason: reason.trim(), decidedBy: by.name, decidedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'bank.lineIgnored', subject: lineSubject(line), data: { lineId, reason: reason.trim() }, at });
  });
}

/** A line that was left aside is to be decided again. @throws Problem `line_settled` */
export async function takeBackLine(db: Db, lineId: string, { by, at }: Decision): Promise<void> {
  await db.$transaction(async (tx) => {
    const line = await lineFor(tx, lineId, 'takeBackLine');
    await tx.bankLine.update({ where: { id: lineId }, data: { state: 'new', reason: '', decidedBy: null, decidedAt: null } });
    await recordEvent(tx, { by, action: 'bank.lineTakenBack', subject: lineSubject(line), data: { lineId }, at });
  });
}
