import { refuseShares } from '../../database/project-shares.ts';
import { Problem } from '../../domain/problem.ts';
import type { Deps } from '../../deps.ts';
import type { Access, Page } from '../page.ts';

/** M12: the public part of a project somebody sent: what is needed, never for whom; and the way in. */
export const sharedProjectPage: Page = {
  template: 'shared-project',
  async show(deps, access) {
    const share = await shareFor(deps, access);
    const { project } = share;
    const open = project.stage === 'published';
    const member = await deps.db.member.findFirst({ where: { email: share.email, state: 'active' }, select: { id: true } });
    const inside = `/projects/${project.ref}`;
    return {
      title: project.title, memberName: share.member.name, note: share.note, open,
      // A project that is given keeps its words to itself.
      shown: open ? { title: project.title, problem: project.problem, deliverables: project.deliverables, timing: project.timing, budgetCents: project.budgetCents, themes: project.themes.map(({ theme }) => (access.locale === 'fr' ? theme.nameFr : theme.nameEn)) } : null,
      insideHref: member ? `/sign-in?next=${encodeURIComponent(inside)}` : '', candidatureHref: `/candidature?share=${access.root.replace('/l/', '')}`,
    };
  },
  acts: {
    async refuseShares(deps, access) {
      await shareFor(deps, access);
      await refuseShares(deps.db, access.subjectId ?? '', Date.now());
      return { notice: 'sharesRefused' };
    },
  },
};

async function shareFor(deps: Deps, access: Access) {
  const share = await deps.db.projectShare.findUnique({
    where: { id: access.subjectId ?? '' }, include: { member: { select: { name: true } }, project: { include: { themes: { include: { theme: true } } } } },
  });
  if (!share) throw new Problem('link_revoked', 'what was shared is forgotten');
  return share;
}
