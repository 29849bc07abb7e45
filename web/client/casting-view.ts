import type { Deps } from '../../deps.ts';
import { castingOpen } from '../../domain/casting/casting-open.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import type { Access } from '../page.ts';

/** What every page of a casting says of its project, and what this person may do there now. */
export async function castingOf(deps: Deps, access: Access) {
  const project = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, select: { id: true, ref: true, title: true, stage: true, _count: { select: { shortlist: true, invitations: true } } } });
  const open = castingOpen(project.stage);
  const mayInvite = access.may('inviteMembers') && allows(projectLifecycle, project.stage, 'inviteMember');
  return {
    title: project.title, project, open, listed: project._count.shortlist, invited: project._count.invitations,
    mayList: open && access.may('shortlist'), mayNote: open && access.may('noteCandidates'), mayInvite,
    // Before the casting is opened, people are only kept in mind.
    notYet: open && !mayInvite && access.may('inviteMembers') && ['brief_review', 'changes_requested', 'approved'].includes(project.stage),
    castingHref: `${access.root}/casting`, shortlistHref: `${access.root}/shortlist`,
  };
}
