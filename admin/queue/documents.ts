import { documentHref } from '../pages/compliance/addresses.ts';
import type { QueueSource } from './source.ts';

export const documents: QueueSource = {
  kind: 'document', act: 'acceptDocument', shared: true,
  find: async ({ deps: { db }, take }) => (await db.memberDocument.findMany({ where: { state: 'to_check' }, include: { member: { select: { name: true } } }, orderBy: { createdAt: 'asc' }, take }))
    .map((one) => ({ id: one.id, title: one.member.name, detail: one.fileName, href: documentHref(one.id), until: null })),
};
