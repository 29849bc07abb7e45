import type { Prisma } from '@prisma/client';
import { recordEvent, type By } from '../database/audit.ts';
import { lineSubject } from '../database/bank/decide-line.ts';
import { lockProject } from '../database/move-project.ts';
import type { Tx } from '../database/open.ts';
import { memberRecipient } from '../database/recipients.ts';
import { applySubmission } from '../database/submission.ts';
import { holdDocumentsStill, reviewPayouts } from '../database/vigilance.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { bankLineLifecycle, type BankLineState } from '../domain/lifecycle/bank-line.ts';
import { payoutLifecycle, type PayoutState } from '../domain/lifecycle/payout.ts';
import { sum } from '../domain/money.ts';
import { Problem } from '../domain/problem.ts';
import { queueMail } from '../mail/queue.ts';
import { confirmLine } from '../steps/bank-steps.ts';
import type { ActivityDeps } from './deps.ts';
import { correctedInvoice, type CorrectedInvoice } from './invoice-correction/answer.ts';
import { takeBack } from './invoice-correction/taken-back.ts';
import { openInvoiceDeed } from './invoice-deed.ts';
import { settleInvoice, takeBackPayout, toSend } from './send-payouts.ts';

interface LineStepInput { readonly bankLineId: string; readonly submissionId: string; readonly at: number }

export interface BankLineAnswer {
  readonly mailIds: readonly string[];
  /** Client invoices some of whose payouts came back. */
  readonly reviewed: readonly { readonly ref: string; readonly payoutsToSend: number; readonly settled: boolean }[];
  /** Files of transfers that the statement now shows whole. */
  readonly completedExports: readonly string[];
  /** Client invoices that are due again: the bank took a payment of theirs back. */
  readonly corrected?: readonly CorrectedInvoice[];
}

const whole = { matches: { orderBy: { id: 'asc' }, include: { payment: { select: { id: true } }, takesBack: { select: { id: true, clientInvoiceId: true } }, payout: { include: toSend } } } } satisfies Prisma.BankLineInclude;
type Match = Prisma.BankLineGetPayload<{ include: typeof whole }>['matches'][number];

/** I11: staff say that a line of a statement is what it is matched with. Payments of invoices are recorded by their own workflows before. */
export function bankLineActivities(deps: ActivityDeps) {
  return {
    confirmLine: (input: LineStepInput): Promise<BankLineAnswer> =>
      applySubmission(deps.db, confirmLine, input.submissionId, input.at, async (tx, { by, payload: { leftReason } }) => {
        await tx.$executeRaw`SELECT 1 FROM "BankLine" WHERE "id" = ${input.bankLineId} FOR UPDATE`;
        const line = await tx.bankLine.findUniqueOrThrow({ where: { id: input.bankLineId }, include: whole });
        if (!allows(bankLineLifecycle, line.state, 'confirmLine')) throw new Problem('line_settled', `the line is ${line.state}`);
        if (line.matches.length === 0) throw new Problem('line_nothing_matched', 'nothing is matched');
        if (line.matches.some(({ kind, payment }) => kind === 'payment' && !payment)) throw new Problem('stage_changed', 'a payment of the line is not recorded');
        const leftCents = Math.abs(line.amountCents) - sum(line.matches.map(({ cents }) => cents));
        if (leftCents > 0 && leftReason === '') throw new Problem('line_left_over', `${leftCents} cents of the line pay nothing`, { leftCents });
        const taken = await takeBackPayments(tx, deps, line, { by, at: input.at });
        const done = await settlePayouts(tx, line, { by, at: input.at });
        await tx.bankMatch.updateMany({ where: { lineId: line.id }, data: { confirmedBy: by.name, confirmedAt: new Date(input.at) } });
        await tx.bankLine.update({ where: { id: line.id }, data: { state: after(bankLineLifecycle, line.state as BankLineState, 'confirmLine'), reason: leftCents > 0 ? leftReason : '', decidedBy: by.name, decidedAt: new Date(input.at) } });
        await recordEvent(tx, { by, action: 'bank.lineConfirmed', subject: lineSubject(line), data: { lineId: line.id, ...(leftCents > 0 ? { leftCents, reason: leftReason } : {}) }, at: input.at });
        return { ...done, mailIds: [...taken.mailIds, ...done.mailIds], corrected: taken.corrected };
      }),
  };
}

/** I12: what the bank takes back is no longer paid; the reason is the bank's own code. */
async function takeBackPayments(tx: Tx, deps: ActivityDeps, line: { id: string; bookedOn: Date; returnCode: string; matches: readonly Match[] }, { by, at }: { by: By; at: number }): Promise<{ mailIds: string[]; corrected: CorrectedInvoice[] }> {
  const mailIds: string[] = [];
  const corrected: CorrectedInvoice[] = [];
  for (const { id, takesBack } of line.matches) {
    if (!takesBack) continue;
    const deed = await openInvoiceDeed(tx, deps, takesBack.clientInvoiceId, `bank-line/${line.id}/${id}`, at);
    await takeBack(deed, by, { paymentId: takesBack.id, takenBackOn: line.bookedOn, reason: line.returnCode, told: '' });
    await recordEvent(tx, { by, action: 'clientInvoice.takeBackPayment', subject: deed.invoice.number ?? deed.invoice.ref, projectId: deed.project.id, data: { code: line.returnCode }, at });
    mailIds.push(...deed.letters.mailIds);
    corrected.push(await correctedInvoice(tx, deed));
  }
  return { mailIds, corrected };
}

async function settlePayouts(tx: Tx, line: { bookedOn: Date; returnCode: string; matches: readonly Match[] }, deed: { by: By; at: number }): Promise<BankLineAnswer> {
  const ids = line.matches.flatMap(({ payout }) => payout?.id ?? []);
  const found = line.matches.flatMap(({ payout }) => payout ?? []);
  for (const id of [...new Set(found.map(({ payment }) => payment.clientInvoice.projectId))].sort()) await lockProject(tx, id);
  await holdDocumentsStill(tx, found.map(({ memberId }) => memberId));
  // As they are now that nobody else may move them.
  const payouts = new Map((await tx.payout.findMany({ where: { id: { in: ids } }, include: toSend })).map((one) => [one.id, one]));
  const mailIds: string[] = [];
  const backInvoices = new Set<string>();
  for (const { id: matchId, kind, payoutId } of line.matches) {
    const payout = payouts.get(payoutId ?? '');
    if (!payout) continue;
    const { projectId, id: invoiceId } = payout.payment.clientInvoice;
    const told = { by: deed.by, subject: payout.member.handle, projectId, at: deed.at };
    if (kind === 'payout') {
      if (!allows(payoutLifecycle, payout.state, 'shownPaid')) throw new Problem('payout_not_sent', `the payout ${payout.id} is ${payout.state}`, { name: payout.member.name });
      await tx.payout.update({ where: { id: payout.id }, data: { state: after(payoutLifecycle, payout.state as PayoutState, 'shownPaid'), paidAt: line.bookedOn } });
      await recordEvent(tx, { ...told, action: 'payout.paid', data: { amountCents: payout.amountCents } });
      continue;
    }
    await takeBackPayout(tx, payout, { reason: line.returnCode, returnedOn: line.bookedOn, bankMatchId: matchId }, deed);
    await recordEvent(tx, { ...told, action: 'payout.returned', data: { amountCents: payout.amountCents, code: line.returnCode } });
    mailIds.push(await queueMail(tx, {
      key: `payout-return/${matchId}`, template: 'payout_returned', to: memberRecipient(payout.member), data: { amountCents: payout.amountCents, ibanLast4: payout.member.billing?.ibanLast4 ?? '' }, projectId, at: deed.at,
    }));
    backInvoices.add(invoiceId);
  }
  for (const memberId of new Set(found.map((one) => one.memberId))) await reviewPayouts(tx, memberId, deed.at);
  const reviewed = [];
  for (const id of [...backInvoices].sort()) reviewed.push(await settleInvoice(tx, id));
  return { mailIds, reviewed, completedExports: await completeExports(tx, [...payouts.values()].flatMap(({ exportId }) => exportId ?? []), deed.at) };
}

/** A file of transfers is over once every transfer of it that has not come back is shown as paid. */
async function completeExports(tx: Tx, exportIds: readonly string[], at: number): Promise<string[]> {
  const completed: string[] = [];
  for (const id of [...new Set(exportIds)].sort()) {
    if ((await tx.sepaExportLine.count({ where: { exportId: id, live: true, payout: { state: { not: 'paid' } } } })) > 0) continue;
    const [file] = await tx.sepaExport.updateManyAndReturn({ where: { id, state: 'exported' }, data: { state: 'completed', completedAt: new Date(at) } });
    if (file) completed.push(file.ref);
  }
  return completed;
}
