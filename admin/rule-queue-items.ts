import type { Db } from '../database/open.ts';
import { inQueueOf } from '../domain/reminder-rules.ts';
import type { Speaker } from './text.ts';

const take = 50;

/** S1, S4: what the rules of staff put in the work queue of this person's role, oldest first; each item goes away with the stage, or when somebody dealt with it. */
export async function ruleQueueItems(db: Db, staffId: string, say: Speaker) {
  const staff = await db.staff.findUnique({ where: { id: staffId }, select: { role: true } });
  const firings = await db.reminderFiring.findMany({ where: { state: 'queued' }, include: { rule: true }, orderBy: { firedAt: 'asc' }, take: 200 });
  const mine = firings.filter(({ rule }) => inQueueOf(rule.queue ?? '', staff?.role ?? '')).slice(0, take);
  const projects = new Map((await db.project.findMany({ where: { id: { in: mine.map(({ projectId }) => projectId) } }, select: { id: true, title: true, accountManagerId: true } })).map((one) => [one.id, one]));
  return mine.map((one) => {
    const project = projects.get(one.projectId);
    const managerId = one.rule.queue === 'account_manager' ? (project?.accountManagerId ?? null) : null;
    return {
      kind: 'rule', id: one.id, what: say.say('queue.rule'), title: one.rule.name, detail: `${one.subjectRef} · ${project?.title ?? ''}`,
      href: `/console/pages/reminderQueue?item=${one.id}`, until: one.firedAt?.toISOString() ?? null, mine: managerId === null || managerId === staffId,
    };
  });
}
