import type { QueueSource } from './source.ts';

/** Q4: quotes under their 24 hours. */
export const quotes: QueueSource = {
  kind: 'quote', act: 'sendClientQuote',
  find: async ({ deps: { db }, project, take }) => (await db.quoteRound.findMany({
    where: { state: 'validating', project }, include: { project: { select: { title: true } } }, orderBy: { deadlineAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.project.title, detail: one.ref, href: `/console/pages/workbench?round=${one.id}`, until: one.deadlineAt })),
};
