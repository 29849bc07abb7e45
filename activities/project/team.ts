import { say } from '../../database/conversations/say.ts';
import { directConversation } from '../../database/conversations/begin.ts';
import type { ProjectWithPeople } from '../../database/move-project.ts';
import type { Tx } from '../../database/open.ts';
import { after, allows } from '../../domain/lifecycle/lifecycle.ts';
import { teamInvitationLifecycle, type TeamInvitationState } from '../../domain/lifecycle/team-invitation.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Letters } from '../letters.ts';
import { projectStep, type ProjectStepInput } from './answer.ts';

interface Applicant { readonly id: string; readonly email: string; readonly name: string; readonly locale: string }
interface Asking { readonly tx: Tx; readonly letters: Letters; readonly project: Pick<ProjectWithPeople, 'id' | 'ref'>; readonly at: number }

/** M6: the team of an application: members are asked, and count once they have accepted. */
export function teamActivities(deps: ActivityDeps) {
  return {
    inviteMates: (input: ProjectStepInput) =>
      projectStep(deps, steps.inviteMates, input, {
        told: (payload) => ({ members: payload.mateIds.length }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const application = await standingApplication(tx, project, { leadId: submitted.by.id ?? '' });
          await askMates({ tx, letters, project, at }, application, submitted.payload.mateIds);
        },
      }),

    answerTeamInvitation: (input: ProjectStepInput) =>
      projectStep(deps, steps.answerTeamInvitation, input, {
        told: (payload) => ({ accepted: payload.accepted }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const { applicationId, accepted, message } = submitted.payload;
          const memberId = submitted.by.id ?? '';
          const application = await standingApplication(tx, project, { id: applicationId });
          const invitation = await tx.teamInvitation.findUnique({ where: { applicationId_memberId: { applicationId, memberId } }, include: { member: true } });
          const action = accepted ? 'accept' : 'decline';
          if (!invitation) throw new Problem('not_invited', `${memberId} is not asked to join ${applicationId}`);
          if (!allows(teamInvitationLifecycle, invitation.state, action)) throw new Problem('team_invitation_over', `invitation ${invitation.id} is ${invitation.state}`);
          if (invitation.member.state !== 'active') throw new Problem('member_not_active', `${invitation.member.handle} is ${invitation.member.state}`);
          await tx.teamInvitation.update({ where: { id: invitation.id }, data: { state: after(teamInvitationLifecycle, invitation.state as TeamInvitationState, action), answer: message, answeredAt: new Date(at) } });
          const membership = { applicationId, memberId };
          if (accepted) await tx.applicationMember.createMany({ data: membership, skipDuplicates: true });
          else await tx.applicationMember.deleteMany({ where: membership });
          await letters.toMember(application.lead, 'team_invitation_answered', { memberName: invitation.member.name, accepted, message }, { purpose: 'member_project', subjectId: project.id });
          // What the company reads of it: who is with them, from now on or no more.
          if (accepted || invitation.state === 'accepted') {
            const conversationId = await directConversation(tx, project.id, application.leadId, at);
            await say(tx, { conversationId, kind: 'event', author: { kind: 'member', id: memberId, name: invitation.member.name }, text: accepted ? 'mateJoined' : 'mateLeft', key: `team-answer/${submitted.id}`, at });
          }
        },
      }),

    dropMate: (input: ProjectStepInput) =>
      projectStep(deps, steps.dropMate, input, {
        then: async ({ tx, project, letters, submitted, at }) => {
          const application = await standingApplication(tx, project, { leadId: submitted.by.id ?? '' });
          await thankMates({ tx, letters, project, at }, application, [submitted.payload.memberId]);
        },
      }),
  };
}

async function standingApplication(tx: Tx, project: { id: string; ref: string }, which: { id: string } | { leadId: string }) {
  const application = await tx.application.findFirst({ where: { projectId: project.id, state: 'received', ...which } });
  if (!application) throw new Problem('not_a_candidate', `no standing application on ${project.ref}`);
  return { ...application, lead: await tx.member.findUniqueOrThrow({ where: { id: application.leadId } }) };
}

interface Led { readonly id: string; readonly message: string; readonly lead: Applicant }

/** Asks each of these members to join; those asked already, or in, are not asked twice. @throws Problem `member_not_active` */
export async function askMates({ tx, letters, at }: Asking, application: Led, mateIds: readonly string[]): Promise<void> {
  const mates = await activeMembers(tx, mateIds.filter((id) => id !== application.lead.id));
  for (const mate of mates) {
    const key = { applicationId: application.id, memberId: mate.id };
    const known = await tx.teamInvitation.findUnique({ where: { applicationId_memberId: key } });
    if (known && !allows(teamInvitationLifecycle, known.state, 'askAgain')) continue;
    const asked = { state: teamInvitationLifecycle.initial, answer: '', createdAt: new Date(at), answeredAt: null };
    await tx.teamInvitation.upsert({ where: { applicationId_memberId: key }, create: { ...key, ...asked }, update: { ...asked, times: { increment: 1 } } });
    await letters.toMember(mate, 'team_invitation', { leadName: application.lead.name, message: application.message }, { purpose: 'member_team', subjectId: application.id });
  }
}

/** Tells these members, or all of them, that the team goes on without them, or not at all. */
export async function thankMates({ tx, letters, at }: Asking, application: Led, only: readonly string[] | 'all', withdrawn = false): Promise<void> {
  const standing = await tx.teamInvitation.findMany({
    where: { applicationId: application.id, state: { in: ['sent', 'accepted'] }, ...(only === 'all' ? {} : { memberId: { in: [...only] } }) }, include: { member: true }, orderBy: { memberId: 'asc' },
  });
  for (const { id, member } of standing) {
    await tx.teamInvitation.update({ where: { id }, data: { state: 'cancelled', answeredAt: new Date(at) } });
    await tx.applicationMember.deleteMany({ where: { applicationId: application.id, memberId: member.id } });
    await letters.toMember(member, 'team_invitation_over', { leadName: application.lead.name, withdrawn });
  }
}

/** @throws Problem `member_not_active` when one of them is not */
export async function activeMembers(tx: Tx, ids: readonly string[]): Promise<(Applicant & { readonly state: string; readonly handle: string })[]> {
  const members = await tx.member.findMany({ where: { id: { in: [...ids] }, state: 'active' }, orderBy: { id: 'asc' } });
  if (members.length !== new Set(ids).size) throw new Problem('member_not_active', 'somebody named is not an active member');
  return members;
}
