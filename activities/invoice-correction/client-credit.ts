import { clientCreditOf, holdClientCredit, moveClientCredit, takeFrom } from '../../database/client-credit.ts';
import { postEntry } from '../../database/ledger.ts';
import { leftAfter, recordMovement } from '../../database/record-movement.ts';
import { refundPosting } from '../../domain/ledger.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import { refundClient, useClientCredit } from '../../steps/correction-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { tellEveryoneOwed, toBilling } from '../invoice-deed.ts';
import { correctionStep } from './answer.ts';

/** I12: what a client paid too much pays another invoice of theirs, or leaves for them. */
export function clientCreditActivities(deps: ActivityDeps) {
  return {
    useClientCredit: correctionStep(deps, useClientCredit, async (deed, by, { amountCents }) => {
      const { tx, project: { companyId }, invoice, at } = deed;
      await holdClientCredit(tx, companyId);
      const taken = takeFrom(await clientCreditOf(tx, companyId), amountCents);
      const reference = taken.map(({ number }) => number).join(', ').slice(0, 140);
      const happenedOn = new Date(parisDay(at));
      const recorded = await recordMovement(tx, invoice, companyId, { key: deed.deed, kind: 'client_credit', amountCents, reference, happenedOn, by: by.name, at });
      for (const { clientInvoiceId, cents } of taken) {
        await moveClientCredit(tx, {
          key: `${deed.deed}/${clientInvoiceId}`, companyId, clientInvoiceId, kind: 'used', amountCents: -cents, paymentId: recorded.payment.id, reference: invoice.number ?? invoice.ref, happenedOn, by: by.name, at,
        });
      }
      await tellEveryoneOwed(deed, recorded.payouts);
      await toBilling(deed, 'client_credit_used', { number: invoice.number ?? invoice.ref, amountCents, remainingCents: leftAfter(recorded), dueAt: (invoice.dueAt ?? happenedOn).toISOString() });
    }),

    /** The transfer itself is made at the bank; this is its record. */
    refundClient: correctionStep(deps, refundClient, async (deed, by, { amountCents, refundedOn, reference, reason }) => {
      const { tx, project, invoice, at } = deed;
      const { companyId } = project;
      await holdClientCredit(tx, companyId);
      const { keptCents } = await tx.clientInvoice.findUniqueOrThrow({ where: { id: invoice.id }, select: { keptCents: true } });
      const leftCents = Math.max(0, Math.min(keptCents, (await clientCreditOf(tx, companyId)).cents));
      if (amountCents > leftCents) throw new Problem('client_credit_short', `${amountCents} cents asked of a credit of ${leftCents}`, { leftCents });
      const number = invoice.number ?? invoice.ref;
      await moveClientCredit(tx, { key: deed.deed, companyId, clientInvoiceId: invoice.id, kind: 'refunded', amountCents: -amountCents, reference, reason, happenedOn: new Date(refundedOn), by: by.name, at });
      const { id } = await tx.clientCredit.findUniqueOrThrow({ where: { key: deed.deed }, select: { id: true } });
      await postEntry(tx, { key: `refund/${id}`, projectId: project.id, what: reference, lines: refundPosting({ companyId, amountCents }), at });
      await toBilling(deed, 'client_refunded', { number, amountCents, reference, reason });
    }),
  };
}
