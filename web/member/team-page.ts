import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { teamInvitationLifecycle } from '../../domain/lifecycle/team-invitation.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { answerTeamInvitation } from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';

/** M6: somebody asks you into their application: who they are, what they wrote to the client, and your yes or no. */
export const memberTeamPage: Page = {
  template: 'member-team',
  async show(deps, access) {
    const invitation = await invitationFor(deps, access);
    const { application } = invitation;
    const { project } = application;
    const lead = await deps.db.member.findUniqueOrThrow({ where: { id: application.leadId }, select: { name: true, headline: true, city: true } });
    const open = application.state === 'received' && allows(projectLifecycle, project.stage, 'answerTeamInvitation');
    return {
      title: project.title, project, application, invitation, lead, mates: application.asked.filter(({ state, memberId }) => state === 'accepted' && memberId !== access.person.id).map(({ member }) => member),
      can: { accept: open && allows(teamInvitationLifecycle, invitation.state, 'accept'), decline: open && allows(teamInvitationLifecycle, invitation.state, 'decline') },
      briefHref: access.linkId === null ? access.root : `${access.root}/p/brief/${project.id}`,
    };
  },
  acts: {
    async answerTeamInvitation(deps, access, body, key) {
      const { applicationId, application } = await invitationFor(deps, access);
      const answer = text(body, 'answer');
      if (answer !== 'accept' && answer !== 'decline') throw new Problem('form_invalid', 'neither yes nor no', { fields: 'answer' });
      await askStep(deps, access, key, answerTeamInvitation, `project/${application.project.ref}`, { applicationId, accepted: answer === 'accept', message: text(body, 'message') });
      return { notice: answer === 'accept' ? 'teamJoined' : 'teamDeclined' };
    },
  },
};

async function invitationFor(deps: Deps, access: Access) {
  const invitation = await deps.db.teamInvitation.findFirst({
    where: { applicationId: access.subjectId ?? '', memberId: access.person.id, application: { projectId: access.projectId ?? '' } },
    include: { application: { include: { project: { include: { themes: { include: { theme: true } } } }, asked: { include: { member: { select: { name: true, headline: true } } } } } } },
  });
  if (!invitation) throw new Problem('not_found', 'not asked into this application');
  return invitation;
}
