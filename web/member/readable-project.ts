import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import type { Access } from '../page.ts';

/** Who may read a brief: anyone active once it is published, and whoever was invited, applied, is asked into somebody's application, or is in the team. */
export async function readableProject(deps: Deps, access: Access) {
  const mine = { memberId: access.person.id };
  const project = await deps.db.project.findFirst({
    where: {
      id: access.projectId ?? '',
      OR: [
        { stage: 'published' }, { invitations: { some: mine } }, { team: { some: mine } }, { applications: { some: { members: { some: mine } } } },
        { applications: { some: { state: 'received', asked: { some: { ...mine, state: 'sent' } } } } },
      ],
    },
    include: {
      themes: { include: { theme: true } }, notices: { orderBy: { createdAt: 'desc' } }, team: { where: mine },
      files: { where: { messages: { none: {} } }, orderBy: { createdAt: 'desc' }, select: { id: true, name: true } },
      conversations: { where: { members: { some: mine } }, orderBy: { createdAt: 'asc' }, select: { id: true, kind: true } },
      rounds: { orderBy: { number: 'desc' }, take: 1, select: { id: true } },
      invitations: { where: mine },
      applications: {
        where: { OR: [{ leadId: access.person.id }, { members: { some: mine } }, { state: 'received', asked: { some: { ...mine, state: 'sent' } } }] }, orderBy: { createdAt: 'asc' },
        include: { members: { select: { memberId: true } }, asked: { include: { member: { select: { id: true, name: true, headline: true } } }, orderBy: { createdAt: 'asc' } } },
      },
      shares: { where: mine, orderBy: { createdAt: 'desc' }, select: { id: true, email: true, name: true, createdAt: true, candidateId: true } },
    },
  });
  if (!project) throw new Problem('not_found', 'no such brief for this member');
  return project;
}

/** May this member read the brief, and the files joined to it? */
export async function mayReadBrief(deps: Deps, access: Access): Promise<boolean> {
  return readableProject(deps, access).then(() => true, () => false);
}
