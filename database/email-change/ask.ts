import { confirmEmailWithin, emailChangesADay, stopEmailWithin } from '../../domain/email-change.ts';
import { emailChangeLifecycle } from '../../domain/lifecycle/email-change.ts';
import { after } from '../../domain/lifecycle/lifecycle.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent } from '../audit.ts';
import { once } from '../once.ts';
import type { Db } from '../open.ts';
import { holderOf, holdPerson, mayComeBack, type Deed } from './person.ts';

/**
 * M2, C6: another address is asked for. Nothing moves before the link sent to it is opened and confirmed; the address of today is told, with a way to stop it;
 * one asked for before is forgotten. An address that is somebody's is answered the same: only whoever reads it is told. Posted twice, it is asked once.
 * Answers the ids of the mails. `email` in lower case.
 * @throws Problem `email_same`, `email_change_limit`
 */
export async function askEmail(db: Db, secret: string, { person, by, at }: Deed, email: string, key: string): Promise<{ mailIds: readonly string[] }> {
  return once(db, `email-change/${person.kind}/${person.id}/${key}`, async (tx) => {
    const today = await holdPerson(tx, person);
    const owner = { ownerKind: person.kind, ownerId: person.id };
    const theirs = { personKind: person.kind, personId: person.id };
    if (today.email === email) throw new Problem('email_same', 'the address they have', { fields: 'email' });
    if ((await tx.emailChange.count({ where: { ...theirs, createdAt: { gt: new Date(at - 86_400_000) } } })) >= emailChangesADay) throw new Problem('email_change_limit', 'too many in a day', { most: emailChangesADay });
    await tx.emailChange.updateMany({ where: { ...theirs, state: 'asked' }, data: { state: after(emailChangeLifecycle, 'asked', 'askAnotherEmail'), endedAt: new Date(at) } });
    const change = await tx.emailChange.create({ data: { ...theirs, formerEmail: today.email, email, createdAt: new Date(at), expiresAt: new Date(at + confirmEmailWithin) } });
    await recordEvent(tx, { by, action: 'email.asked', subject: by.name, at });
    const stopId = await createLink(tx, secret, { purpose: 'email_stop', ...owner, subjectId: change.id, at });
    const mailIds = [await queueMail(tx, {
      key: `email-change/${change.id}/asked`, template: 'email_change_notice', to: today, linkId: stopId, at,
      data: { newEmail: email, confirmed: false, stopUntil: new Date(at + confirmEmailWithin + stopEmailWithin).toISOString() },
    })];
    const holder = await holderOf(tx, email);
    if (holder) mailIds.push(await queueMail(tx, { key: `email-change/${change.id}/taken`, template: 'email_change_taken', to: holder, data: {}, at }));
    else if (!(await mayComeBack(tx, email, person, at))) {
      const linkId = await createLink(tx, secret, { purpose: 'email_confirm', ...owner, subjectId: change.id, at });
      mailIds.push(await queueMail(tx, { key: `email-change/${change.id}/confirm`, template: 'email_change_confirm', to: { ...today, email }, data: { newEmail: email, formerEmail: today.email, expiresAt: change.expiresAt.toISOString() }, linkId, at }));
    }
    return { mailIds };
  });
}
