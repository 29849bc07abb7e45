import { z } from 'zod';
import { keepExcess } from '../../../database/bank/decide-line.ts';
import { Problem } from '../../../domain/problem.ts';
import { confirmLine } from '../../../steps/bank-steps.ts';
import { recordPayment } from '../../../steps/invoice-steps.ts';
import { perform, problemOf } from '../../../steps/perform.ts';
import { bankLineSubject, startBankLine } from '../../../steps/start-bank.ts';
import type { Asked, PageAct } from '../page.ts';
import { whoMay } from './may.ts';
import { leftOf, shownLine, type ShownLine } from './shown-line.ts';

const typed = z.object({ lineIds: z.array(z.string().min(1).max(64)).min(1).max(100), leftReason: z.string().trim().max(2_000).default(''), excess: z.enum(['keep', 'leave']).default('leave') });
/** How many lines are confirmed at once. */
const together = 5;

/** Says that lines are what they are matched with. One that is refused holds no other back; confirming again does nothing twice, and finishes what was begun. */
export const confirm: PageAct = async (act) => {
  whoMay(act, 'confirmLine');
  const read = typed.safeParse(act.values);
  if (!read.success) throw new Problem('form_invalid', 'no line was chosen', { fields: 'lineIds' });
  const { lineIds, leftReason, excess } = read.data;
  const lines = await act.deps.db.bankLine.findMany({ where: { id: { in: lineIds } }, include: shownLine, orderBy: [{ bookedOn: 'asc' }, { id: 'asc' }] });
  if (lines.length !== new Set(lineIds).size) throw new Problem('not_found', 'a line named is not there');
  const refused: Problem[] = [];
  const one = async (line: ShownLine): Promise<void> => {
    try {
      await confirmOne(act, excess === 'keep' ? await withExcessKept(act, line) : line, leftReason);
    } catch (cause) {
      const problem = problemOf(cause);
      act.deps.log.info({ step: confirmLine.name, lineId: line.id, code: problem.code, cause: problem.message }, 'refused');
      refused.push(problem);
    }
  };
  // What is paid to members, and comes back from them, goes in the order of the bank; payments of clients have no order.
  const [ordered, free] = [lines.filter(({ matches }) => matches.some(({ kind }) => kind !== 'payment')), lines.filter(({ matches }) => matches.every(({ kind }) => kind === 'payment'))];
  for (let at = 0; at < free.length; at += together) await Promise.all(free.slice(at, at + together).map(one));
  for (const line of ordered) await one(line);
  const [first] = refused;
  if (first && lines.length === 1) throw first;
  if (!first) return { message: act.say.say('bank.confirmed', { count: lines.length }), ...(act.query.line ? { redirect: '/console/pages/bank' } : {}) };
  return { message: act.say.say('bank.someRefused', { count: lines.length - refused.length, refused: refused.length }), shown: [{ kind: 'callout', text: [...new Set(refused.map((problem) => act.say.problem(problem)))].join(' ') }] };
};

/** I12: the line with what it holds above what is due kept as the client's credit. @throws Problem `excess_not_kept`, `line_begun` */
async function withExcessKept(act: Asked, line: ShownLine): Promise<ShownLine> {
  if (line.state === 'confirmed' || leftOf(line) === 0) return line;
  await keepExcess(act.deps.db, line.id, whoMay(act, 'confirmLine'));
  return act.deps.db.bankLine.findUniqueOrThrow({ where: { id: line.id }, include: shownLine });
}

async function confirmOne({ deps, staff }: Asked, line: ShownLine, leftReason: string): Promise<void> {
  if (line.state === 'confirmed') return;
  const left = leftOf(line);
  // Said before anything is recorded: what a line pays nothing with has a reason.
  if (left > 0 && line.matches.length > 0 && leftReason === '') throw new Problem('line_left_over', `${left} cents pay nothing`, { leftCents: left });
  const person = { kind: 'staff' as const, id: staff.id };
  for (const { id, clientInvoice, cents, keptCents, payment } of line.matches) {
    if (!clientInvoice || payment) continue;
    try {
      // The match is the line's: the database takes one payment of it, whoever asks.
      await perform(deps, {
        step: recordPayment, subject: `client-invoice/${clientInvoice.ref}`, person, key: `${bankLineSubject(line.id)}/${id}/${staff.id}`, context: {},
        payload: { amountCents: cents, receivedOn: line.bookedOn.toISOString().slice(0, 10), reference: (line.remittance || line.endToEndId || line.counterpartyName || 'VIR').slice(0, 140), bankMatchId: id, keepExcess: keptCents > 0 },
      });
    } catch (cause) {
      if (problemOf(cause).code !== 'already_applied') throw cause;
    }
  }
  await startBankLine({ ...deps, taskQueue: deps.config.taskQueue }, { bankLineId: line.id });
  await perform(deps, { step: confirmLine, subject: bankLineSubject(line.id), person, key: `${bankLineSubject(line.id)}/${staff.id}`, payload: { leftReason }, context: {} });
}
