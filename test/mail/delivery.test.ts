import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { claimMails, settleMails } from '../../activities/mail/claim.ts';
import { mailActivities } from '../../activities/mail.ts';
import { mayDo } from '../../domain/roles.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { settleMail } from '../../mail/settle.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';

const { db } = await freshDatabase();
const mailbox = await testMailbox();
const deps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const { deliverMails } = mailActivities(deps);
const staff = { kind: 'staff' as const, id: null, name: 'Nadia' };

async function queued(key: string = randomUUID(), email = `${randomUUID()}@mail.test`): Promise<{ id: string; email: string }> {
  const id = await db.$transaction(async (tx) => {
    const at = Date.now();
    const linkId = await createLink(tx, deps.secret, { purpose: 'sign_in', ownerKind: 'member', ownerId: 'm', at });
    return queueMail(tx, { key, template: 'sign_in', to: { kind: 'member', id: 'm', email, name: 'Léa', locale: 'fr' }, data: {}, linkId, at });
  });
  return { id, email };
}
const stateOf = async (id: string) => (await db.mail.findUniqueOrThrow({ where: { id } })).state;

beforeEach(() => mailbox.misbehave(null));

describe('W4 each e-mail happens once', () => {
  it('the same key is the same mail, and keeps its Message-ID', async () => {
    const key = randomUUID();
    const [one, two] = [await queued(key), await queued(key)];
    expect(two.id).toBe(one.id);
  });

  it('repeated, and by four workers at once, it is sent once, with its token only in the mail itself', async () => {
    const { id, email } = await queued();
    await Promise.all([1, 2, 3, 4].map(() => deliverMails({ mailIds: [id] })));
    await deliverMails({ mailIds: [id] });
    const received = mailbox.to(email);
    expect(received).toHaveLength(1);
    const mail = await db.mail.findUniqueOrThrow({ where: { id } });
    expect(mail.state).toBe('sent');
    expect(received[0]?.messageId).toBe(mail.messageId);
    expect(received[0]?.links[0]).toMatch(/\/l\/[\w-]{43}$/);
    expect(`${mail.html ?? ''}${mail.text ?? ''}`).not.toMatch(/\/l\/[\w-]{20,}/);
  });

  it('a server that refuses for now is tried again, and nothing is lost', async () => {
    const { id, email } = await queued();
    mailbox.misbehave('refuse_for_now');
    await expect(deliverMails({ mailIds: [id] })).rejects.toThrow();
    expect(await stateOf(id)).toBe('queued');
    mailbox.misbehave(null);
    await deliverMails({ mailIds: [id] });
    expect(mailbox.to(email)).toHaveLength(1);
  });

  it('W4: those behind a refusal go back untried, and leave in their order when the server takes mails again', async () => {
    const mails = [await queued(), await queued(), await queued()];
    const mailIds = mails.map(({ id }) => id);
    mailbox.misbehave('refuse_for_now');
    await expect(deliverMails({ mailIds })).rejects.toThrow();
    expect((await db.mail.findMany({ where: { id: { in: mailIds } } })).map(({ id, state, problem }) => [mailIds.indexOf(id), state, problem !== null]).sort()).toEqual([[0, 'queued', true], [1, 'queued', false], [2, 'queued', false]]);
    mailbox.misbehave(null);
    await deliverMails({ mailIds });
    const left = await db.mail.findMany({ where: { id: { in: mailIds } }, orderBy: { sentAt: 'asc' } });
    expect(left.map(({ id }) => id)).toEqual(mailIds);
    for (const { email } of mails) expect(mailbox.to(email)).toHaveLength(1);
  });

  it('an address refused for good is shown as failed, and the others leave', async () => {
    const [bad, good] = [await queued(), await queued()];
    mailbox.misbehave('refuse_for_good');
    await deliverMails({ mailIds: [bad.id] });
    mailbox.misbehave(null);
    await deliverMails({ mailIds: [bad.id, good.id] });
    expect(await stateOf(bad.id)).toBe('failed');
    expect(await stateOf(good.id)).toBe('sent');
  });

  it('silence after the message was handed over leaves it in doubt, never sent again silently; staff settle it', async () => {
    const { id, email } = await queued();
    mailbox.misbehave('hang_up_after_data');
    await deliverMails({ mailIds: [id] });
    mailbox.misbehave(null);
    expect(await stateOf(id)).toBe('in_doubt');
    const before = mailbox.to(email).length;
    await deliverMails({ mailIds: [id] });
    expect(mailbox.to(email)).toHaveLength(before);
    await settleMail(db, id, 'sendAgain', staff, Date.now());
    await deliverMails({ mailIds: [id] });
    expect(await stateOf(id)).toBe('sent');
    await expect(settleMail(db, id, 'drop', staff, Date.now())).rejects.toMatchObject({ code: 'stage_changed' });
  });

  it('M1, M2: erased while on its way, nothing of it is written again and it is not tried again', async () => {
    const [sent, refused] = [await queued(), await queued()];
    await claimMails(db, [sent.id, refused.id], { task: 'one', attempt: 1 });
    await db.mail.updateMany({ where: { id: { in: [sent.id, refused.id] } }, data: { data: {}, toEmail: '', toName: '' } });
    const said = { subject: 'Bonjour Maud', html: '<p>Maud</p>', text: 'Maud' };
    await settleMails(db, [{ id: sent.id, state: 'sent', sentAt: new Date(), problem: null, ...said }, { id: refused.id, state: 'queued', problem: 'not now' }]);
    expect(await db.mail.findUniqueOrThrow({ where: { id: sent.id } })).toMatchObject({ state: 'sent', subject: '', html: null, text: null });
    expect(await db.mail.findUniqueOrThrow({ where: { id: refused.id } })).toMatchObject({ state: 'failed', subject: '', html: null });
  });

  it('a claim left by a worker that died is in doubt', async () => {
    const { id, email } = await queued();
    await db.mail.update({ where: { id }, data: { state: 'sending', claimedAt: new Date(Date.now() - 3_600_000), claimedBy: 'dead/1#1' } });
    await deliverMails({ mailIds: [id] });
    expect(await stateOf(id)).toBe('in_doubt');
    expect(mailbox.to(email)).toHaveLength(0);
  });

  it('S5: read-only staff may not settle mails', () => {
    expect(mayDo('read_only', 'sendAgain')).toBe(false);
    expect(mayDo('finance', 'sendAgain')).toBe(true);
  });
});
