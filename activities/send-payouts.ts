import type { Prisma } from '@prisma/client';
import { heldAccounts } from '../database/bank/destinations.ts';
import type { By } from '../database/audit.ts';
import { postEntry } from '../database/ledger.ts';
import type { Tx } from '../database/open.ts';
import { memberRecipient } from '../database/recipients.ts';
import { keepPayoutAdvice } from '../documents/keep-letters.ts';
import { payoutKey, payoutPosting, payoutReturnPosting, referralPayoutPosting } from '../domain/ledger.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { payoutLifecycle, type PayoutState } from '../domain/lifecycle/payout.ts';
import { Problem } from '../domain/problem.ts';
import { queueMail } from '../mail/queue.ts';

export const toSend = {
  member: { include: { billing: true } }, returns: { select: { id: true } }, payment: { select: { clientInvoice: { select: { id: true, ref: true, projectId: true } } } },
} satisfies Prisma.PayoutInclude;
export type PayoutToSend = Prisma.PayoutGetPayload<{ include: typeof toSend }>;

interface Deed { readonly by: By; readonly at: number }

/** I11: nothing leaves for an account changed since less than 48 h, or that the bank refused. @throws Problem `payout_account_held` (details: name) */
export async function requireAccounts(tx: Tx, payouts: readonly PayoutToSend[], at: number): Promise<void> {
  const held = await heldAccounts(tx, [...new Set(payouts.map(({ memberId }) => memberId))], at);
  const stopped = payouts.find(({ memberId }) => held.has(memberId));
  if (stopped) throw new Problem('payout_account_held', `${stopped.member.name}: ${held.get(stopped.memberId)?.why}`, { name: stopped.member.name });
}

/**
 * I7: payouts leave, once each: the ledger is posted and each member told. The projects are locked by whoever calls. Answers the ids of the mails.
 * @throws Problem `stage_changed` when one of them is not to send
 */
export async function sendPayouts(tx: Tx, payouts: readonly PayoutToSend[], { by, at }: Deed): Promise<string[]> {
  const mailIds: string[] = [];
  for (const { id, kind, state, memberId, amountCents, member, returns, payment: { clientInvoice: { projectId } } } of payouts) {
    if (!allows(payoutLifecycle, state, 'sendPayout')) throw new Problem('stage_changed', `the payout ${id} is ${state}`, { stage: state });
    await tx.payout.update({ where: { id }, data: { state: after(payoutLifecycle, state as PayoutState, 'sendPayout'), sentAt: new Date(at), sentBy: by.name } });
    const key = payoutKey(id, returns.length + 1);
    await postEntry(tx, { key, projectId, what: `${kind} ${member.handle}`, lines: kind === 'referral' ? referralPayoutPosting({ memberId, amountCents }) : payoutPosting({ memberId, amountCents }), at });
    const advice = member.billing ? await keepPayoutAdvice(tx, { payoutId: id, sending: returns.length + 1, memberId, locale: member.locale, amountCents, at }) : null;
    mailIds.push(await queueMail(tx, {
      key: `${key}/payout_sent`, template: 'payout_sent', to: memberRecipient(member),
      data: { amountCents, kind: kind === 'referral' ? 'referral' : 'services', ibanLast4: member.billing?.ibanLast4 ?? '', advice: advice?.reference ?? '' },
      projectId, attached: advice ? [advice.documentId] : [], at,
    }));
  }
  return mailIds;
}

/** An invoice paid whole, or whose rest was given up, is settled once its payouts have all left. */
export async function settleInvoice(tx: Tx, clientInvoiceId: string): Promise<{ ref: string; payoutsToSend: number; settled: boolean }> {
  const owed = await tx.payout.groupBy({ by: ['state'], where: { state: { in: ['to_send', 'held'] }, payment: { clientInvoiceId } }, _count: true });
  if (owed.length === 0) await tx.clientInvoice.updateMany({ where: { id: clientInvoiceId, state: { in: ['paid', 'written_off'] } }, data: { state: 'settled' } });
  const { ref, state } = await tx.clientInvoice.findUniqueOrThrow({ where: { id: clientInvoiceId }, select: { ref: true, state: true } });
  return { ref, payoutsToSend: owed.find((one) => one.state === 'to_send')?._count ?? 0, settled: state === 'settled' && owed.length === 0 };
}

interface ComingBack { readonly reason: string; readonly returnedOn: Date; readonly bankMatchId: string | null }

/** I11: a payout that had left is to be sent again: its posting is reversed, and what it was is kept. @throws Problem `payout_not_sent` (details: name) */
export async function takeBackPayout(tx: Tx, payout: PayoutToSend, { reason, returnedOn, bankMatchId }: ComingBack, { at }: Deed): Promise<void> {
  const { id, kind, state, memberId, amountCents, member, returns, sentAt, sentBy, exportId, payment: { clientInvoice: { projectId } } } = payout;
  if (!allows(payoutLifecycle, state, 'comeBack') || !sentAt) throw new Problem('payout_not_sent', `the payout ${id} is ${state}`, { name: member.name });
  const line = exportId ? await tx.sepaExportLine.findUnique({ where: { exportId_payoutId: { exportId, payoutId: id } }, select: { ibanLast4: true } }) : null;
  const made = await tx.payoutReturn.create({
    data: { payoutId: id, number: returns.length + 1, amountCents, reason, ibanLast4: line?.ibanLast4 ?? member.billing?.ibanLast4 ?? '', sentAt, sentBy: sentBy ?? '', exportId, bankMatchId, returnedOn, createdAt: new Date(at) },
  });
  await tx.sepaExportLine.updateMany({ where: { payoutId: id, live: true }, data: { live: false } });
  await tx.payout.update({ where: { id }, data: { state: after(payoutLifecycle, state as PayoutState, 'comeBack'), sentAt: null, sentBy: null, paidAt: null, exportId: null } });
  await postEntry(tx, { key: `payout-return/${made.id}`, projectId, what: `${kind} ${member.handle}`, lines: payoutReturnPosting({ kind, memberId, amountCents }), at });
}
