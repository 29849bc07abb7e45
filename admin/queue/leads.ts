import type { QueueSource } from './source.ts';

/** M14: a member has told of a company, and nobody has answered; or a company they told of has handed in a project that nobody is said to have brought. */
export const leads: QueueSource = {
  kind: 'lead', act: 'acceptLead', shared: true,
  find: async ({ deps: { db }, say, take }) => {
    const declared = await db.lead.findMany({ where: { state: 'declared' }, orderBy: { createdAt: 'asc' }, take, include: { member: { select: { name: true } } } });
    const known = await db.$queryRaw<{ id: string; company: string; ref: string; title: string }[]>`
      SELECT l."id", l."company", p."ref", p."title" FROM "Lead" l JOIN "Project" p ON p."companyId" = l."companyId" AND p."createdAt" > l."createdAt"
      LEFT JOIN "Referral" r ON r."projectId" = p."id" WHERE l."state" IN ('accepted', 'won') AND r."id" IS NULL AND p."stage" = 'brief_review' ORDER BY p."createdAt" LIMIT ${take}`;
    return [
      ...declared.map(({ id, company, member }) => ({ id, title: company, detail: say.say('leads.from', { name: member.name }), href: `/console/pages/leads?lead=${id}`, until: null })),
      ...known.map(({ id, company, ref, title }) => ({ id: `${id}/${ref}`, title: company, detail: say.say('leads.cameIn', { ref, title }), href: `/console/pages/leads?lead=${id}`, until: null })),
    ].slice(0, take);
  },
};
