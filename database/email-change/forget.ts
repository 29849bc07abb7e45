import { emailChangesForgotten } from '../../domain/email-change.ts';
import { forgetMails } from '../forget-mails.ts';
import type { Db } from '../open.ts';

const mailsOf = (id: string): string[] => ['asked', 'taken', 'confirm', 'confirmed'].map((what) => `email-change/${id}/${what}`);

/** M2, C6: changes of an address that are long over go, of clients and members alike, with their links and what their mails said. `now` in ms. Returns how many. */
export async function forgetOldEmailChanges(db: Db, now: number): Promise<number> {
  const { overBefore, confirmedBefore } = emailChangesForgotten(now);
  const over = { state: { in: ['replaced', 'given_up', 'stopped'] }, endedAt: { lt: overBefore } };
  const old = await db.emailChange.findMany({
    where: { OR: [over, { state: 'asked', expiresAt: { lt: overBefore } }, { state: 'confirmed', confirmedAt: { lt: confirmedBefore } }] }, select: { id: true }, take: 500,
  });
  if (old.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  return db.$transaction(async (tx) => {
    await tx.personalLink.deleteMany({ where: { purpose: { in: ['email_confirm', 'email_stop'] }, subjectId: { in: ids } } });
    await forgetMails(tx, ids.flatMap(mailsOf));
    return (await tx.emailChange.deleteMany({ where: { id: { in: ids } } })).count;
  });
}
