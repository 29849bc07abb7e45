import { recordMovement } from '../../database/record-movement.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { reviveDebt, writeOff } from '../../steps/correction-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { invoicePath, tellEveryoneOwed } from '../invoice-deed.ts';
import { correctionStep } from './answer.ts';
import { dueAgain } from './due-again.ts';

/**
 * I12: what is left of an invoice is given up, or claimed again. The VAT that waited for the client's payment is no longer due (CGI 269-2-c); members
 * are owed their work whatever the client does (C. com. L441-10), so what is left of it is set aside for them.
 */
export function badDebtActivities(deps: ActivityDeps) {
  return {
    writeOff: correctionStep(deps, writeOff, async (deed, by, { reason }) => {
      const { tx, project, invoice, letters, at } = deed;
      const number = invoice.number ?? invoice.ref;
      const recorded = await recordMovement(tx, invoice, project.companyId, { key: deed.deed, kind: 'write_off', reference: number, reason, happenedOn: new Date(parisDay(at)), by: by.name, at });
      await tx.clientInvoice.update({ where: { id: invoice.id }, data: { writtenOffAt: new Date(at), writeOffReason: reason } });
      await letters.toStaff('staff_invoice_corrected', { number, how: 'written_off', reason, amountCents: recorded.after.writtenOffCents }, invoicePath(invoice));
      await tellEveryoneOwed(deed, recorded.payouts);
    }),

    reviveDebt: correctionStep(deps, reviveDebt, async (deed, by, { reason }) => {
      const { tx, project, invoice, at } = deed;
      await recordMovement(tx, invoice, project.companyId, { key: deed.deed, kind: 'revived', reference: invoice.number ?? invoice.ref, reason, happenedOn: new Date(parisDay(at)), by: by.name, at });
      await tx.clientInvoice.update({ where: { id: invoice.id }, data: { writtenOffAt: null, writeOffReason: null, ...dueAgain(at) } });
    }),
  };
}
