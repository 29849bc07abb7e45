import type { Client } from '@temporalio/client';
import type { Db } from '../database/open.ts';
import { askWorkflow } from './perform.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Carries out what people submitted while Temporal or the workers were away: they were told it was kept and would be done.
 * Submissions under a minute old may still be waited for by their page; after a day a person should look again.
 * @returns how many went through
 */
export async function resumeSubmissions(deps: { db: Db; temporal: Client }, now: number): Promise<number> {
  const waiting = await deps.db.submission.findMany({
    where: { state: 'pending', createdAt: { gt: new Date(now - day), lt: new Date(now - minute) }, subject: { contains: '/' } },
    orderBy: { createdAt: 'asc' },
    take: 100,
  });
  let done = 0;
  for (const submission of waiting) {
    const through = await askWorkflow(deps, submission).then(() => true, () => false);
    if (through) done += 1;
  }
  return done;
}
