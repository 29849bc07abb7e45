import type { Db } from './open.ts';

/** The link is good for seven days; one more for whoever clicks late. */
const kept = 8 * 86_400_000;

/** Forgets candidatures whose address was never confirmed, with their files and the mail that asked (GDPR 5.1.c). `at` in ms. Returns how many. */
export async function dropUnconfirmedCandidatures(db: Db, at: number): Promise<number> {
  const stale = await db.submission.findMany({
    where: { subject: 'candidature', step: 'candidature', state: 'pending', createdAt: { lt: new Date(at - kept) } }, select: { id: true }, take: 500,
  });
  const files = await db.candidatureFile.deleteMany({ where: { memberId: null, createdAt: { lt: new Date(at - kept) } } });
  if (stale.length === 0) return files.count;
  const ids = stale.map(({ id }) => id);
  const [, , { count }] = await db.$transaction([
    db.personalLink.deleteMany({ where: { purpose: 'confirm_candidature', ownerId: { in: ids } } }),
    db.mail.updateMany({ where: { key: { in: ids.map((id) => `candidature-form/${id}`) } }, data: { toEmail: '', toName: '', subject: '', html: null, text: null } }),
    db.submission.deleteMany({ where: { id: { in: ids } } }),
  ]);
  return count + files.count;
}
