import { inQueueOf } from '../../domain/reminder-rules.ts';
import type { QueueSource } from './source.ts';

/** S4: what the rules of staff put in the queue of one's role, oldest first; each goes away with its stage, or when somebody dealt with it. */
export const rules: QueueSource = {
  kind: 'rule', shared: true,
  async find({ deps: { db }, staff, take, project }) {
    const firings = await db.reminderFiring.findMany({ where: { state: 'queued' }, include: { rule: true }, orderBy: { firedAt: 'asc' }, take: 200 });
    const theirs = firings.filter(({ rule }) => inQueueOf(rule.queue ?? '', staff.role));
    const found = await db.project.findMany({ where: { id: { in: theirs.map(({ projectId }) => projectId) }, ...project }, select: { id: true, title: true } });
    const titles = new Map(found.map(({ id, title }) => [id, title]));
    return theirs.filter(({ projectId }) => titles.has(projectId)).slice(0, take).map((one) => ({
      id: one.id, title: one.rule.name, detail: `${one.subjectRef} · ${titles.get(one.projectId) ?? ''}`, href: `/console/pages/reminderQueue?item=${one.id}`, until: one.firedAt,
    }));
  },
};
