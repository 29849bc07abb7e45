import { recordHref, type QueueSource } from './source.ts';

export const briefs: QueueSource = {
  kind: 'brief', act: 'approveBrief',
  find: async ({ deps: { db }, project, take }) => (await db.project.findMany({
    where: { stage: 'brief_review', ...project }, select: { id: true, title: true, nextDeadlineAt: true, company: { select: { name: true } } }, orderBy: { nextDeadlineAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.title, detail: one.company.name, href: recordHref('Project', one.id, 'approveBrief'), until: one.nextDeadlineAt })),
};
