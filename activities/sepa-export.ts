import { createHash } from 'node:crypto';
import type { Prisma } from '@prisma/client';
import { decryptIban } from '../billing/iban-cipher.ts';
import { recordEvent, type By } from '../database/audit.ts';
import { seal } from '../database/cipher.ts';
import { lockProject } from '../database/move-project.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { financeStaff } from '../database/recipients.ts';
import { applySubmission } from '../database/submission.ts';
import { holdDocumentsStill, reviewPayouts } from '../database/vigilance.ts';
import { transferFile, type TransferVersion } from '../domain/bank/pain001.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { sepaExportLifecycle, type SepaExportAction, type SepaExportState } from '../domain/lifecycle/sepa-export.ts';
import { parisDay } from '../domain/membership-schedule.ts';
import { Problem } from '../domain/problem.ts';
import { queueMail } from '../mail/queue.ts';
import * as steps from '../steps/bank-steps.ts';
import type { PayloadOf, Step } from '../steps/step.ts';
import type { ActivityDeps } from './deps.ts';
import { requireAccounts, sendPayouts, settleInvoice, takeBackPayout, toSend, type PayoutToSend } from './send-payouts.ts';

interface ExportStepInput { readonly exportId: string; readonly submissionId: string; readonly at: number }
interface ExportClockInput { readonly exportId: string; readonly state: SepaExportState; readonly times: number; readonly at: number }

/** What the workflow of a file of transfers needs. */
export interface SepaExportAnswer {
  readonly state: SepaExportState;
  readonly mailIds: readonly string[];
  /** Client invoices whose payouts left, or are free again. */
  readonly reviewed: readonly { readonly ref: string; readonly payoutsToSend: number; readonly settled: boolean }[];
}

const whole = { account: true, lines: { where: { live: true }, orderBy: { endToEndId: 'asc' }, include: { payout: { include: toSend } } } } satisfies Prisma.SepaExportInclude;
type Export = Prisma.SepaExportGetPayload<{ include: typeof whole }>;
interface Deed { readonly tx: Tx; readonly file: Export; readonly by: By; readonly at: number }
interface Done { readonly change: Prisma.SepaExportUpdateInput; readonly mailIds?: readonly string[]; readonly reviewed?: SepaExportAnswer['reviewed']; readonly told?: Prisma.InputJsonObject }

/** I11: a file of transfers is approved by a second person, taken to the bank, or cancelled. */
export function sepaExportActivities(deps: ActivityDeps) {
  const step = <S extends Step<unknown>>(definition: S, input: ExportStepInput, apply: (deed: Deed, payload: PayloadOf<S>) => Promise<Done>): Promise<SepaExportAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, { by, payload }) => {
      await tx.$executeRaw`SELECT 1 FROM "SepaExport" WHERE "id" = ${input.exportId} FOR UPDATE`;
      const file = await tx.sepaExport.findUniqueOrThrow({ where: { id: input.exportId }, include: whole });
      const action = definition.name as SepaExportAction;
      if (!allows(sepaExportLifecycle, file.state, action)) throw new Problem('stage_changed', `${file.ref} is ${file.state}: ${action} is not possible`, { stage: file.state });
      const state = after(sepaExportLifecycle, file.state as SepaExportState, action);
      const { change, mailIds = [], reviewed = [], told = {} } = await apply({ tx, file, by, at: input.at }, payload);
      await tx.sepaExport.update({ where: { id: file.id }, data: { ...change, state } });
      await recordEvent(tx, { by, action: `sepaExport.${action}`, subject: file.ref, data: { count: file.lines.length, totalCents: file.totalCents, ...told }, at: input.at });
      return { state, mailIds, reviewed };
    });

  return {
    /** Four eyes: whoever made it does not approve it. What will be paid, and where, is fixed here, to the byte. */
    approveExport: (input: ExportStepInput) =>
      step(steps.approveExport, input, async ({ tx, file, by, at }) => {
        if (by.id === file.createdById) throw new Problem('four_eyes', `${by.name} made ${file.ref}`);
        await requireUnchanged(tx, file, at);
        const xml = transferFile({
          version: file.version as TransferVersion, messageId: file.ref, createdAt: at, debtor: { name: file.account.holder, iban: decryptIban(deps.secret, file.account.ibanEncrypted), bic: file.account.bic },
          transfers: file.lines.map(({ endToEndId, amountCents, executeOn, name, ibanEncrypted, bic, remittance }) => ({
            endToEndId, cents: amountCents, executeOn: executeOn.toISOString().slice(0, 10), creditor: { name, iban: decryptIban(deps.secret, ibanEncrypted), bic }, remittance,
          })),
        });
        const sha256 = createHash('sha256').update(xml, 'utf8').digest('hex');
        return { change: { approvedById: by.id, approvedBy: by.name, approvedAt: new Date(at), sha256, fileEncrypted: seal(deps.secret, 'transfer-file', xml) }, told: { sha256 } };
      }),

    /** Its payouts are sent, all of them or none: a document run out or an account changed since it was approved stops the file. */
    takeExport: (input: ExportStepInput) =>
      step(steps.takeExport, input, async ({ tx, file, by, at }) => {
        await lockAround(tx, file);
        await requireUnchanged(tx, file, at);
        const payouts = await tx.payout.findMany({ where: { id: { in: file.lines.map(({ payoutId }) => payoutId) } }, include: toSend, orderBy: { id: 'asc' } });
        const mailIds = await sendPayouts(tx, payouts, { by, at });
        return { change: { exportedBy: by.name, exportedAt: new Date(at) }, mailIds, reviewed: await settleAll(tx, payouts) };
      }),

    /** Its payouts are free again; those it had sent are owed again, unless the bank has shown that a transfer of it was made. */
    cancelExport: (input: ExportStepInput) =>
      step(steps.cancelExport, input, async ({ tx, file, by, at }, { reason }) => {
        await lockAround(tx, file);
        const payouts = await tx.payout.findMany({ where: { exportId: file.id }, include: toSend, orderBy: { id: 'asc' } });
        if (file.exportedAt) {
          const made = payouts.find(({ state }) => state === 'paid');
          const back = await tx.payoutReturn.findFirst({ where: { exportId: file.id }, include: { payout: { include: { member: true } } } });
          const name = made?.member.name ?? back?.payout.member.name;
          if (name) throw new Problem('export_underway', `the statement shows the transfer to ${name}`, { name });
          for (const payout of payouts) await takeBackPayout(tx, payout, { reason: 'export_cancelled', returnedOn: new Date(parisDay(at)), bankMatchId: null }, { by, at });
        }
        await tx.sepaExportLine.updateMany({ where: { exportId: file.id }, data: { live: false } });
        await tx.payout.updateMany({ where: { exportId: file.id }, data: { exportId: null } });
        for (const memberId of new Set(payouts.map((one) => one.memberId))) await reviewPayouts(tx, memberId, at);
        return { change: { cancelledBy: by.name, cancelledAt: new Date(at), cancelReason: reason }, reviewed: file.exportedAt ? await settleAll(tx, payouts) : [], told: { reason } };
      }),

    /** Members wait behind a file that waits: whoever keeps the money hears of it. */
    remindExport: (input: ExportClockInput): Promise<{ mailIds: readonly string[] }> =>
      once(deps.db, `sepa-export/${input.exportId}/${input.state}/${input.times}`, async (tx) => {
        const file = await tx.sepaExport.findUniqueOrThrow({ where: { id: input.exportId }, include: { lines: { where: { live: true, payout: { state: { not: 'paid' } } } } } });
        const mailIds: string[] = [];
        if (file.state !== input.state || file.lines.length === 0) return { mailIds };
        const data = { ref: file.ref, count: file.lines.length, amountCents: file.lines.reduce((sum, { amountCents }) => sum + amountCents, 0), toApprove: file.state === 'prepared', toTake: file.state === 'approved' };
        for (const to of await financeStaff(tx)) {
          mailIds.push(await queueMail(tx, { key: `sepa-export/${file.id}/${input.state}/${input.times}/${to.id}`, template: 'staff_transfers_waiting', to, data, consolePath: `/console/pages/transfers?file=${file.ref}`, at: input.at }));
        }
        return { mailIds };
      }),
  };
}

/** Projects before members, each in one order, so that nobody waits for somebody who waits for them. */
async function lockAround(tx: Tx, file: Export): Promise<void> {
  for (const id of [...new Set(file.lines.map(({ payout }) => payout.payment.clientInvoice.projectId))].sort()) await lockProject(tx, id);
  await holdDocumentsStill(tx, file.lines.map(({ payout }) => payout.memberId));
}

/**
 * What the file pays is still to pay, and to the same account: documents are in order, nobody has changed where the money goes, the day is not over.
 * @throws Problem `export_changed` (details: name), `payout_account_held`, `execution_day_past`
 */
async function requireUnchanged(tx: Tx, file: Export, at: number): Promise<void> {
  const memberIds = [...new Set(file.lines.map(({ payout }) => payout.memberId))].sort();
  await holdDocumentsStill(tx, memberIds);
  for (const memberId of memberIds) await reviewPayouts(tx, memberId, at);
  const now = new Map((await tx.payout.findMany({ where: { id: { in: file.lines.map(({ payoutId }) => payoutId) } }, include: toSend })).map((one) => [one.id, one]));
  for (const { payoutId, amountCents, ibanEncrypted, executeOn, payout } of file.lines) {
    const one = now.get(payoutId);
    const same = one?.state === 'to_send' && one.exportId === file.id && one.amountCents === amountCents && one.member.billing?.ibanEncrypted === ibanEncrypted;
    if (!same) throw new Problem('export_changed', `the payout ${payoutId} is no longer what ${file.ref} says`, { name: payout.member.name });
    if (executeOn.toISOString().slice(0, 10) < parisDay(at)) throw new Problem('execution_day_past', `${file.ref} asks for a day that is over`);
  }
  await requireAccounts(tx, [...now.values()], at);
}

async function settleAll(tx: Tx, payouts: readonly PayoutToSend[]): Promise<{ ref: string; payoutsToSend: number; settled: boolean }[]> {
  const answers = [];
  for (const id of [...new Set(payouts.map(({ payment }) => payment.clientInvoice.id))].sort()) answers.push(await settleInvoice(tx, id));
  return answers;
}
