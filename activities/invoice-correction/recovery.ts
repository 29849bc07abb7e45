import { postEntry } from '../../database/ledger.ts';
import { recoveryPosting } from '../../domain/ledger.ts';
import { after, allows } from '../../domain/lifecycle/lifecycle.ts';
import { payoutLifecycle, type PayoutState } from '../../domain/lifecycle/payout.ts';
import { Problem } from '../../domain/problem.ts';
import { recordRecovery } from '../../steps/correction-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { correctionStep } from './answer.ts';

/** I12: a member, or a referrer, gives back what a credit note left them with too much. */
export function recoveryActivities(deps: ActivityDeps) {
  return {
    recordRecovery: correctionStep(deps, recordRecovery, async ({ tx, project, invoice, letters, at }, by, { payoutId, recoveredOn, reference }) => {
      const payout = await tx.payout.findFirst({ where: { id: payoutId, payment: { clientInvoiceId: invoice.id } }, include: { member: true } });
      if (!payout || !allows(payoutLifecycle, payout.state, 'recordRecovery')) throw new Problem('nothing_to_recover', `${payoutId} is ${payout?.state ?? 'nowhere'}`);
      const { kind, memberId, member } = payout;
      const amountCents = -payout.amountCents;
      await tx.payout.update({ where: { id: payout.id }, data: { state: after(payoutLifecycle, payout.state as PayoutState, 'recordRecovery'), paidAt: new Date(recoveredOn), sentBy: by.name } });
      await postEntry(tx, { key: `recovery/${payout.id}`, projectId: project.id, what: reference, lines: recoveryPosting({ kind, memberId, amountCents }), at });
      await letters.toMember(member, 'recovery_received', { amountCents, clientInvoiceNumber: invoice.number ?? invoice.ref }, { purpose: 'member_invoicing', subjectId: project.id });
    }),
  };
}
