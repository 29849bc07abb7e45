import { z } from 'zod';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { sendPayout } from '../../../steps/invoice-steps.ts';
import { perform, problemOf } from '../../../steps/perform.ts';
import type { PageAct } from '../page.ts';

const typed = z.object({ payoutIds: z.array(z.string().min(1).max(64)).min(1).max(200), confirmed: z.unknown().optional() });

/**
 * Marks the chosen payouts as sent, by client invoice, since each has a workflow of its own. One that is refused holds no other back; the page then says
 * what became of each. Keys are made of the form's own and the invoice, so posting twice acts once.
 */
export const send: PageAct = async ({ deps, staff, say, values, key }) => {
  if (!mayDo(staff.role, sendPayout.name)) throw new Problem('not_allowed', `${staff.role} may not sendPayout`);
  const read = typed.safeParse(values);
  if (!read.success || key === '') throw new Problem('form_invalid', 'no payout was chosen', { fields: 'payoutIds' });
  if (read.data.confirmed !== true) throw new Problem('not_confirmed', 'the confirmation is not ticked');
  const payouts = await deps.db.payout.findMany({ where: { id: { in: read.data.payoutIds } }, select: { id: true, payment: { select: { clientInvoice: { select: { ref: true } } } } }, orderBy: { id: 'asc' } });
  if (payouts.length !== new Set(read.data.payoutIds).size) throw new Problem('not_found', 'a payout named is not there');
  const byInvoice = new Map<string, string[]>();
  for (const { id, payment: { clientInvoice: { ref } } } of payouts) byInvoice.set(ref, [...(byInvoice.get(ref) ?? []), id]);
  const outcomes = await Promise.all([...byInvoice].map(async ([ref, payoutIds]): Promise<boolean> => {
    try {
      await perform(deps, { step: sendPayout, subject: `client-invoice/${ref}`, person: { kind: 'staff', id: staff.id }, key: `${key}/${ref}`, payload: { payoutIds }, context: {} });
      return true;
    } catch (cause) {
      deps.log.info({ step: sendPayout.name, ref, cause: problemOf(cause).message }, 'refused');
      return false;
    }
  }));
  const refused = outcomes.filter((right) => !right).length;
  return {
    message: say.say(refused === 0 ? 'payouts.allSent' : 'payouts.someRefused', { refused, of: outcomes.length }),
    redirect: `/console/pages/payouts?${new URLSearchParams({ sent: key, of: [...byInvoice.keys()].join(',') }).toString()}`,
  };
};
