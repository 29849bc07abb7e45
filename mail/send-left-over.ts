import type { Db } from '../database/open.ts';
import type { mailActivities } from '../activities/mail.ts';

const minute = 60_000;

/** Sends mails that no workflow is delivering any more: those of visitors' pages whose server stopped, and those staff put back in the queue. */
export async function sendLeftOver(db: Db, deliverMails: ReturnType<typeof mailActivities>['deliverMails'], now: number): Promise<number> {
  const waiting = await db.mail.findMany({
    where: { state: 'queued', createdAt: { lt: new Date(now - minute) }, OR: [{ projectId: null }, { attempts: { gt: 0 } }] },
    orderBy: { createdAt: 'asc' }, take: 200, select: { id: true },
  });
  if (waiting.length > 0) await deliverMails({ mailIds: waiting.map(({ id }) => id) });
  return waiting.length;
}
