import type { EmailChange } from '@prisma/client';
import { mayStopEmail, stopEmailWithin } from '../../domain/email-change.ts';
import { emailChangeLifecycle } from '../../domain/lifecycle/email-change.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent } from '../audit.ts';
import type { Db, Tx } from '../open.ts';
import { giveAddress, holdPerson, type Deed, type Person } from './person.ts';

/** M2, C6: confirmed from the new address: every later mail goes there; sessions stay open; the former address is told. Twice is once. @throws Problem `email_change_over` */
export async function confirmEmail(db: Db, secret: string, { person, by, at }: Deed, changeId: string): Promise<{ mailIds: readonly string[] }> {
  return db.$transaction(async (tx) => {
    const today = await holdPerson(tx, person);
    const change = await changeOf(tx, person, changeId);
    if (change.state === 'confirmed') return { mailIds: [] };
    requireMove(change, 'confirmEmail');
    if (change.expiresAt.getTime() <= at || change.formerEmail !== today.email) throw new Problem('email_change_over', `the change ${changeId} has expired`);
    await giveAddress(tx, person, today.email, change.email);
    await tx.emailChange.update({ where: { id: change.id }, data: { state: 'confirmed', confirmedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'email.confirmed', subject: by.name, at });
    const linkId = await createLink(tx, secret, { purpose: 'email_stop', ownerKind: person.kind, ownerId: person.id, subjectId: change.id, at });
    return { mailIds: [await queueMail(tx, {
      key: `email-change/${change.id}/confirmed`, template: 'email_change_notice', to: today, linkId, at,
      data: { newEmail: change.email, confirmed: true, stopUntil: new Date(at + stopEmailWithin).toISOString() },
    })] };
  });
}

/**
 * M2, C6: “it was not me”, from the former address. Not confirmed yet, it will not be; confirmed, the former address is put back, every session ends, and no link that was
 * sent to the other address opens any more. Twice is once. @throws Problem `email_change_over`
 */
export async function stopEmail(db: Db, { person, by, at }: Deed, changeId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const today = await holdPerson(tx, person);
    const change = await changeOf(tx, person, changeId);
    if (change.state === 'stopped') return;
    requireMove(change, 'stopEmail');
    if (!mayStopEmail(change, at)) throw new Problem('email_change_over', `the change ${changeId} is in force`);
    const ended = new Date(at);
    if (change.state === 'confirmed') {
      // Whatever was asked for since then came from whoever is being shown out.
      await tx.emailChange.updateMany({ where: { personKind: person.kind, personId: person.id, state: { in: ['asked', 'confirmed'] }, createdAt: { gt: change.createdAt } }, data: { state: 'stopped', endedAt: ended } });
      await giveAddress(tx, person, today.email, change.formerEmail);
      await tx.webSession.updateMany({ where: { personKind: person.kind, personId: person.id, endedAt: null }, data: { endedAt: ended } });
      await revokeSentTo(tx, person, [...new Set([change.email, today.email])].filter((email) => email !== change.formerEmail), ended);
    }
    await tx.emailChange.update({ where: { id: change.id }, data: { state: 'stopped', endedAt: ended } });
    await recordEvent(tx, { by, action: 'email.stopped', subject: by.name, at });
  });
}

/** M2, C6: a change that was only asked for is forgotten. Twice is once. @throws Problem `email_change_over` */
export async function giveUpEmail(db: Db, { person, by, at }: Deed, changeId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdPerson(tx, person);
    const change = await changeOf(tx, person, changeId);
    if (change.state === 'given_up') return;
    requireMove(change, 'giveUpEmail');
    await tx.emailChange.update({ where: { id: change.id }, data: { state: 'given_up', endedAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'email.givenUp', subject: by.name, at });
  });
}

async function changeOf(tx: Tx, { kind, id: personId }: Person, id: string): Promise<EmailChange> {
  const change = await tx.emailChange.findFirst({ where: { id, personKind: kind, personId } });
  if (!change) throw new Problem('not_found', `no change ${id} of theirs`);
  return change;
}

function requireMove(change: EmailChange, action: keyof typeof emailChangeLifecycle.actions): void {
  if (!allows(emailChangeLifecycle, change.state, action)) throw new Problem('email_change_over', `the change ${change.id} is ${change.state}`);
}

/** The links that mails carried to these addresses. */
async function revokeSentTo(tx: Tx, { kind, id }: Person, emails: readonly string[], at: Date): Promise<void> {
  const mails = await tx.mail.findMany({ where: { toKind: kind, toId: id, toEmail: { in: [...emails] } }, select: { data: true } });
  const carried = mails.flatMap(({ data }) => [...JSON.stringify(data).matchAll(/"([0-9a-f]{8}-[0-9a-f-]{27})"/g)].flatMap(([, one]) => (one ? [one] : [])));
  await tx.personalLink.updateMany({ where: { id: { in: carried }, ownerKind: kind, ownerId: id, revokedAt: null }, data: { revokedAt: at } });
}
