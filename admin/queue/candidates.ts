import type { QueueSource } from './source.ts';

export const candidates: QueueSource = {
  kind: 'candidate', act: 'acceptCandidature', shared: true,
  find: async ({ deps: { db }, take }) => (await db.member.findMany({ where: { state: 'candidate' }, select: { id: true, name: true, headline: true }, orderBy: { createdAt: 'asc' }, take }))
    .map((one) => ({ id: one.id, title: one.name, detail: one.headline, href: `/console/pages/candidatures?member=${one.id}`, until: null })),
};
