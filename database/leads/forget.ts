import type { Db } from '../open.ts';

const year = 365 * 86_400_000;

/** GDPR 5: the people whom a lead names, and what was said of them, are kept no longer than a year once nothing came of it. `now` in ms. Answers how many were blanked. */
export async function forgetOldLeads(db: Db, now: number): Promise<number> {
  const { count } = await db.lead.updateMany({
    where: { state: { in: ['refused', 'withdrawn'] }, contactEmail: { not: '' }, OR: [{ decidedAt: { lt: new Date(now - year) } }, { decidedAt: null, createdAt: { lt: new Date(now - year) } }] },
    data: { contactName: '—', contactEmail: '', contactPhone: '', need: '—', mailDomain: null },
  });
  return count;
}
