import type { AccountChange } from '@prisma/client';
import { decryptIban, encryptIban } from '../../billing/iban-cipher.ts';
import { ibanChangeWait } from '../../domain/bank/transfer-holds.ts';
import type { keptAccount } from '../../domain/billing-entity.ts';
import { accountChangeLifecycle, type AccountChangeState } from '../../domain/lifecycle/account-change.ts';
import { after, allows } from '../../domain/lifecycle/lifecycle.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent, type By } from '../audit.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { memberRecipient } from '../recipients.ts';
import { holdEntity } from './entity.ts';
import { tellAccountMoved } from './tell-account-moved.ts';

/** How long the link to confirm another account opens, in ms. */
const confirmWithin = 3 * 86_400_000;

interface Deed { readonly memberId: string; readonly by: By; /** ms */ readonly at: number }
interface Mails { readonly mailIds: readonly string[] }

/**
 * M3: another account is asked for. Nothing is paid to it before the link of the mail is opened and confirmed; one asked for before is forgotten.
 * The same form posted twice asks once. The number is encrypted here.
 * @throws Problem `billing_missing`, `account_same`
 */
export async function askAccount(db: Db, secret: string, { memberId, by, at }: Deed, account: ReturnType<typeof keptAccount>, key: string): Promise<Mails> {
  return once(db, `account-change/${memberId}/${key}`, async (tx) => {
    const entity = await holdEntity(tx, memberId);
    if (isSame(secret, entity.ibanEncrypted, account.iban)) throw new Problem('account_same', 'the account is the one there is', { last4: account.ibanLast4 });
    await tx.accountChange.updateMany({ where: { memberId, state: 'asked' }, data: { state: after(accountChangeLifecycle, 'asked', 'askAnotherAccount'), endedAt: new Date(at) } });
    const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
    const change = await tx.accountChange.create({
      data: { memberId, email: member.email, ibanEncrypted: encryptIban(secret, account.iban), ibanLast4: account.ibanLast4, bic: account.bic, createdAt: new Date(at), expiresAt: new Date(at + confirmWithin) },
    });
    const linkId = await createLink(tx, secret, { purpose: 'member_account', ownerKind: 'member', ownerId: memberId, subjectId: change.id, at });
    const mailId = await queueMail(tx, {
      key: `account-change/${change.id}/confirm`, template: 'billing_account_confirm', to: memberRecipient(member),
      data: { ibanLast4: account.ibanLast4, formerLast4: entity.ibanLast4, expiresAt: change.expiresAt.toISOString() }, linkId, at,
    });
    await recordEvent(tx, { by, action: 'billing.accountAsked', subject: by.name, data: { last4: account.ibanLast4 }, at });
    return { mailIds: [mailId] };
  });
}

/** M3: the member confirms, from their mail: payouts go there once 48 h are over (domain/bank/transfer-holds). Confirming twice is confirming once. @throws Problem `account_change_over` */
export async function confirmAccount(db: Db, secret: string, deed: Deed, changeId: string): Promise<Mails> {
  const { memberId, by, at } = deed;
  return db.$transaction(async (tx) => {
    const entity = await holdEntity(tx, memberId);
    const change = await changeOf(tx, memberId, changeId);
    if (change.state === 'confirmed') return { mailIds: [] };
    requireMove(change, 'confirmAccount');
    if (change.expiresAt.getTime() <= at) throw new Problem('account_change_over', `the change ${changeId} has expired`);
    const { ibanChangedAt } = await tx.billingEntity.update({ where: { memberId }, data: { ibanEncrypted: change.ibanEncrypted, ibanLast4: change.ibanLast4, bic: change.bic } });
    await tx.accountChange.update({
      where: { id: change.id },
      data: { state: 'confirmed', confirmedAt: new Date(at), formerEncrypted: entity.ibanEncrypted, formerLast4: entity.ibanLast4, formerBic: entity.bic },
    });
    await recordEvent(tx, { by, action: 'billing.accountConfirmed', subject: by.name, data: { last4: change.ibanLast4, former: entity.ibanLast4 }, at });
    return { mailIds: await tellAccountMoved(tx, secret, { change, ibanLast4: change.ibanLast4, formerLast4: entity.ibanLast4, stopped: false, payableFrom: (ibanChangedAt?.getTime() ?? at) + ibanChangeWait, at }) };
  });
}

/** M3: “it was not me”: while nothing could leave for the new account, the former one is put back; it waits its 48 h too. Stopping twice is stopping once. @throws Problem `account_change_over` */
export async function stopAccount(db: Db, secret: string, { memberId, by, at }: Deed, changeId: string): Promise<Mails> {
  return db.$transaction(async (tx) => {
    const entity = await holdEntity(tx, memberId);
    const change = await changeOf(tx, memberId, changeId);
    if (change.state === 'stopped') return { mailIds: [] };
    requireMove(change, 'stopAccount');
    if (!mayBeStopped(change, entity, at)) throw new Problem('account_change_over', `the change ${changeId} is in force`);
    const { ibanChangedAt } = await tx.billingEntity.update({ where: { memberId }, data: { ibanEncrypted: change.formerEncrypted, ibanLast4: change.formerLast4, bic: change.formerBic } });
    await tx.accountChange.update({ where: { id: change.id }, data: { state: 'stopped', endedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'billing.accountStopped', subject: by.name, data: { last4: change.ibanLast4, former: change.formerLast4 }, at });
    return { mailIds: await tellAccountMoved(tx, secret, { change, ibanLast4: change.formerLast4, formerLast4: change.ibanLast4, stopped: true, payableFrom: (ibanChangedAt?.getTime() ?? at) + ibanChangeWait, at }) };
  });
}

/** M3: a change that was only asked for is forgotten. @throws Problem `account_change_over` */
export async function giveUpAccount(db: Db, { memberId, by, at }: Deed, changeId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdEntity(tx, memberId);
    const change = await changeOf(tx, memberId, changeId);
    if (change.state === 'given_up') return;
    requireMove(change, 'giveUpAccount');
    await tx.accountChange.update({ where: { id: change.id }, data: { state: 'given_up', endedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'billing.accountGivenUp', subject: by.name, data: { last4: change.ibanLast4 }, at });
  });
}

/** Nothing has left for it: it is still the account there is, and its 48 h are not over. `now` in ms. */
export function mayBeStopped(change: AccountChange, entity: { readonly ibanEncrypted: string; readonly ibanChangedAt: Date | null }, now: number): boolean {
  return change.state === 'confirmed' && entity.ibanEncrypted === change.ibanEncrypted && entity.ibanChangedAt !== null && now - entity.ibanChangedAt.getTime() < ibanChangeWait;
}

async function changeOf(tx: Tx, memberId: string, id: string): Promise<AccountChange> {
  const change = await tx.accountChange.findFirst({ where: { id, memberId } });
  if (!change) throw new Problem('not_found', `no change ${id} of theirs`);
  return change;
}

function requireMove(change: AccountChange, action: keyof typeof accountChangeLifecycle.actions): void {
  if (!allows(accountChangeLifecycle, change.state as AccountChangeState, action)) throw new Problem('account_change_over', `the change ${change.id} is ${change.state}`);
}

/** One that cannot be opened is another one. */
function isSame(secret: string, sealed: string, iban: string): boolean {
  try {
    return decryptIban(secret, sealed) === iban;
  } catch {
    return false;
  }
}
