import type { AccountChange } from '@prisma/client';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import type { Tx } from '../open.ts';
import { financeStaff, memberRecipient } from '../recipients.ts';

interface Moved {
  readonly change: AccountChange;
  /** Where payouts go from now on, and where they went. */
  readonly ibanLast4: string;
  readonly formerLast4: string;
  /** The change was taken back. */
  readonly stopped: boolean;
  /** ms */
  readonly payableFrom: number;
  readonly at: number;
}

/**
 * M3: the member is told that their account has moved, at their address and at every earlier one, theirs once or an account of theirs confirmed from it, so that somebody
 * who took over a mailbox cannot move money unseen; whoever keeps the money is told too. Answers the ids of the mails.
 */
export async function tellAccountMoved(tx: Tx, secret: string, { change, ibanLast4, formerLast4, stopped, payableFrom, at }: Moved): Promise<string[]> {
  const member = await tx.member.findUniqueOrThrow({ where: { id: change.memberId } });
  const earlier = await tx.accountChange.findMany({ where: { memberId: member.id, confirmedAt: { not: null } }, select: { email: true } });
  const former = await tx.emailChange.findMany({ where: { personKind: 'member', personId: member.id, confirmedAt: { not: null } }, select: { formerEmail: true } });
  const addresses = [...new Set([member.email, change.email, ...earlier.map(({ email }) => email), ...former.map(({ formerEmail }) => formerEmail)])];
  const linkId = await createLink(tx, secret, { purpose: 'member_account', ownerKind: 'member', ownerId: member.id, subjectId: change.id, at });
  const key = `account-change/${change.id}/${stopped ? 'stopped' : 'confirmed'}`;
  const mailIds: string[] = [];
  for (const email of addresses) {
    mailIds.push(await queueMail(tx, {
      key: `${key}/${email}`, template: 'billing_account_changed', to: { ...memberRecipient(member), email },
      data: { ibanLast4, formerLast4, payableFrom: new Date(payableFrom).toISOString(), stopped }, linkId, at,
    }));
  }
  for (const to of await financeStaff(tx)) {
    mailIds.push(await queueMail(tx, {
      key: `${key}/staff/${to.id}`, template: 'staff_account_changed', to, data: { memberName: member.name, ibanLast4, payableFrom: new Date(payableFrom).toISOString(), stopped },
      consolePath: '/console/pages/payouts', at,
    }));
  }
  return mailIds;
}
