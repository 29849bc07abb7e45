import { recordHref, type QueueSource } from './source.ts';

/** W4: nobody knows whether they left, or they did not. */
export const mails: QueueSource = {
  kind: 'mail', act: 'sendAgain', shared: true,
  find: async ({ deps: { db }, take }) => (await db.mail.findMany({ where: { state: { in: ['in_doubt', 'failed'] } }, select: { id: true, subject: true, template: true, problem: true }, orderBy: { createdAt: 'asc' }, take }))
    .map((one) => ({ id: one.id, title: one.subject || one.template, detail: one.problem ?? '', href: recordHref('Mail', one.id), until: null })),
};
