import { z } from 'zod';
import { ignoreLine, splitLine, takeBackLine, unmatchLine } from '../../../database/bank/decide-line.ts';
import { proposeForLines } from '../../../database/bank/propose.ts';
import type { SplitPart } from '../../../domain/bank/split-line.ts';
import { parseAmount } from '../../../domain/money-text.ts';
import { Problem } from '../../../domain/problem.ts';
import type { PageAct } from '../page.ts';
import { whoMay } from './may.ts';

const idOf = (values: Readonly<Record<string, unknown>>): string => (typeof values.id === 'string' ? values.id : '');
const typedSplit = z.object({
  id: z.string().min(1), invoices: z.array(z.object({ invoice: z.string().trim().max(80), amount: z.string().trim().max(40) })).max(60).default([]), payouts: z.array(z.string()).max(200).default([]),
  received: z.array(z.string()).max(200).default([]),
});

/** What a person says a line is: invoices by their number with what each gets, or the payouts it shows. */
export const split: PageAct = async (act) => {
  const who = whoMay(act, 'matchLine');
  const read = typedSplit.safeParse(act.values);
  if (!read.success) throw new Problem('form_invalid', read.error.message, { fields: 'invoices' });
  const { db } = act.deps;
  const line = await db.bankLine.findUnique({ where: { id: read.data.id } });
  if (!line) throw new Problem('not_found', `no line ${read.data.id}`);
  const parts: SplitPart[] = [];
  for (const { invoice, amount } of read.data.invoices) {
    if (invoice === '' && amount === '') continue;
    const cents = parseAmount(amount);
    if (cents === null) throw new Problem('amount_invalid', `${amount} is not an amount`);
    const found = await db.clientInvoice.findFirst({ where: { OR: [{ number: { equals: invoice, mode: 'insensitive' } }, { ref: { equals: invoice, mode: 'insensitive' } }] }, select: { id: true } });
    if (!found) throw new Problem('match_not_open', `no invoice ${invoice}`, { number: invoice });
    parts.push({ kind: 'payment', id: found.id, cents });
  }
  for (const { id, amountCents } of await db.payout.findMany({ where: { id: { in: read.data.payouts } }, select: { id: true, amountCents: true }, orderBy: { id: 'asc' } })) {
    parts.push({ kind: line.amountCents > 0 ? 'return' : 'payout', id, cents: amountCents });
  }
  for (const { id, amountCents, excessCents } of await db.payment.findMany({ where: { id: { in: read.data.received } }, orderBy: { id: 'asc' } })) {
    parts.push({ kind: 'taken_back', id, cents: amountCents + excessCents });
  }
  await splitLine(db, line.id, parts, who);
  return { message: act.say.say('bank.matched') };
};

export const unmatch: PageAct = async (act) => {
  await unmatchLine(act.deps.db, idOf(act.values), whoMay(act, 'matchLine'));
  return { message: act.say.say('bank.unmatched') };
};

export const ignore: PageAct = async (act) => {
  await ignoreLine(act.deps.db, idOf(act.values), String(act.values.reason ?? ''), whoMay(act, 'matchLine'));
  return { message: act.say.say('bank.ignored'), redirect: '/console/pages/bank' };
};

export const takeBack: PageAct = async (act) => {
  await takeBackLine(act.deps.db, idOf(act.values), whoMay(act, 'matchLine'));
  return { message: act.say.say('bank.takenBack') };
};

/** The rules look again at every line that is still to decide: invoices were issued, or paid, since. */
export const rematch: PageAct = async (act) => {
  whoMay(act, 'matchLine');
  return { message: act.say.say('bank.rematched', { count: await proposeForLines(act.deps.db) }) };
};
