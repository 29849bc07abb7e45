import { z } from 'zod';
import { claimLateFee, receiveLateFee, waiveLateFee } from '../../../database/late-fees.ts';
import type { LateFeeAction } from '../../../domain/lifecycle/late-fee.ts';
import { parseAmount } from '../../../domain/money-text.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { sendQueuedMail } from '../../../web/send-queued-mail.ts';
import type { Done, PageAct } from '../page.ts';

type Act = Parameters<PageAct>[0];
const typedReceipt = z.object({ amount: z.string().transform(parseAmount).pipe(z.number()), receivedOn: z.iso.date(), reference: z.string().trim().min(1).max(140) });

function deedOf({ deps, staff, key }: Act, action: LateFeeAction) {
  if (!mayDo(staff.role, action)) throw new Problem('not_allowed', `${staff.role} may not ${action}`);
  return { db: deps.db, secret: deps.secret, key, by: { kind: 'staff' as const, id: staff.id, name: staff.name }, at: Date.now() };
}

const idOf = ({ values }: Act): string => (typeof values.id === 'string' ? values.id : '');
/** The e-mails of a decision leave after it. */
function done({ deps, say }: Act, what: string, { mailIds }: { mailIds: readonly string[] }): Done {
  for (const id of mailIds) sendQueuedMail(deps, id);
  return { message: say.say(`lateFees.done.${what}`), redirect: '/console/pages/lateFees' };
}

export const claim: PageAct = async (act) => {
  return done(act, 'claim', await claimLateFee(deedOf(act, 'claimLateFee'), idOf(act)));
};

export const waive: PageAct = async (act) => {
  return done(act, 'waive', await waiveLateFee(deedOf(act, 'waiveLateFee'), idOf(act), String(act.values.reason ?? '')));
};

export const receive: PageAct = async (act) => {
  const deed = deedOf(act, 'receiveLateFee');
  const read = typedReceipt.safeParse(act.values);
  if (!read.success) throw new Problem('form_invalid', read.error.message, { fields: read.error.issues.map(({ path }) => String(path[0])).join(', ') });
  const received = await receiveLateFee(deed, idOf(act), { amountCents: read.data.amount, receivedOn: new Date(read.data.receivedOn), reference: read.data.reference });
  return received.leftCents === 0 ? done(act, 'receive', received) : { redirect: `/console/pages/lateFees?invoice=${encodeURIComponent(act.query.invoice ?? '')}`, message: act.say.say('lateFees.done.receivePart', { received: read.data.amount, left: received.leftCents }) };
};
