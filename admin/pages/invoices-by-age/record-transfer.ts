import { z } from 'zod';
import { checkAllocation, type Allocation } from '../../../domain/allocate-transfer.ts';
import { parseAmount } from '../../../domain/money-text.ts';
import { sum } from '../../../domain/money.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { recordPayment } from '../../../steps/invoice-steps.ts';
import { perform, problemOf } from '../../../steps/perform.ts';
import type { PageAct } from '../page.ts';
import { amountField, debtorOf } from './transfer.ts';

const typedTransfer = z.object({ receivedOn: z.iso.date(), reference: z.string().trim().min(1).max(140) });

/**
 * Records one transfer as a payment of each invoice it is spread over. Each has a key made of the form's own: posting twice acts once, and what an
 * interrupted post left undone is done by posting again, what it did standing as it is.
 */
export const recordTransfer: PageAct = async ({ deps, staff, say, query, values, key }) => {
  if (!mayDo(staff.role, 'recordPayment')) throw new Problem('not_allowed', `${staff.role} may not recordPayment`);
  if (key === '') throw new Problem('form_invalid', 'a transfer without its form’s key', { fields: 'key' });
  const read = typedTransfer.safeParse(values);
  if (!read.success) throw new Problem('form_invalid', 'a transfer needs its date and reference', { fields: read.error.issues.map(({ path }) => path.join('.')).join(', ') });
  const transferCents = amountOf(values.amount);
  // Every invoice the form showed, also those whose amount was taken out: an interrupted post may have recorded them.
  const shown = Object.keys(values).filter((name) => name.startsWith(amountField(''))).map((name) => name.slice(amountField('').length));
  const allocations = shown.flatMap((ref): Allocation[] => {
    const text = String(values[amountField(ref)] ?? '').trim();
    return text === '' || /^0+([.,]0+)?$/.test(text) ? [] : [{ ref, cents: amountOf(text) }];
  });
  const partKey = (ref: string): string => `${key}/${ref}`;
  // The invoices are read before what is recorded: a payment applied in between makes the rule too kind for a moment, and the step itself refuses.
  const { company, open } = await debtorOf(deps.db, query.transfer ?? '');
  const done = await deps.db.submission.findMany({ where: { id: { in: shown.map(partKey) }, step: recordPayment.name, actorId: staff.id, state: 'done' } });
  const recorded = new Map(done.map(({ id, payload }) => [id.slice(partKey('').length), (payload as { amountCents: number }).amountCents]));
  const toRecord = checkAllocation({ transferCents, allocations, open, recorded });
  let count = recorded.size;
  for (const { ref, cents } of toRecord) {
    try {
      await perform(deps, {
        step: recordPayment, subject: `client-invoice/${ref}`, person: { kind: 'staff', id: staff.id }, key: partKey(ref), context: {},
        payload: { amountCents: cents, ...read.data },
      });
      count += 1;
    } catch (cause) {
      const problem = problemOf(cause);
      if (count === 0) throw problem;
      throw new Problem('transfer_half_done', `stopped at ${ref}: ${problem.message}`, { count, of: allocations.length, cause: say.problem(problem) });
    }
  }
  return { message: say.say('invoicesByAge.done.recordPayment', { amountCents: sum(allocations.map(({ cents }) => cents)), count: allocations.length, name: company.name }), redirect: '/console/pages/invoicesByAge' };
};

/** @throws Problem `amount_invalid` */
function amountOf(text: unknown): number {
  const cents = parseAmount(String(text ?? ''));
  if (cents === null) throw new Problem('amount_invalid', `${String(text)} is not an amount`);
  return cents;
}
