import { answerTo } from '../../domain/candidates.ts';
import { Problem } from '../../domain/problem.ts';
import type { Tx } from '../../database/open.ts';
import * as steps from '../../steps/project-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Letters } from '../letters.ts';
import type { ProjectWithPeople } from '../../database/move-project.ts';
import { projectStep, type ProjectStepInput } from './answer.ts';
import { sayApplication, sayNotice, sayTeam } from './selection-talk.ts';
import { activeMembers, askMates, thankMates } from './team.ts';

/** C3, C5, C8, M6: casting or publication, applications alone or as a team, notices, the choice and an answer to each. */
export function selectionActivities(deps: ActivityDeps) {
  return {
    startCasting: (input: ProjectStepInput) => projectStep(deps, steps.startCasting, input),

    publish: (input: ProjectStepInput) =>
      projectStep(deps, steps.publish, input, { change: () => ({ publishedAt: new Date(input.at) }) }),

    inviteMember: (input: ProjectStepInput) =>
      projectStep(deps, steps.inviteMember, input, {
        told: (payload) => ({ members: payload.memberIds.length }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const members = await activeMembers(tx, submitted.payload.memberIds);
          for (const member of members) {
            const invited = await tx.invitation.findUnique({ where: { projectId_memberId: { projectId: project.id, memberId: member.id } } });
            if (invited) continue; // asking twice is asking once
            await tx.invitation.create({
              data: { projectId: project.id, memberId: member.id, message: submitted.payload.message, createdAt: new Date(at) },
            });
            await letters.toMember(
              member, 'casting_invitation', { message: submitted.payload.message, problem: project.problem },
              { purpose: 'member_invitation', subjectId: project.id },
            );
          }
        },
      }),

    answerInvitation: (input: ProjectStepInput) =>
      projectStep(deps, steps.answerInvitation, input, {
        told: (payload) => ({ interested: payload.interested }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const memberId = submitted.by.id ?? '';
          const invitation = await tx.invitation.findUnique({ where: { projectId_memberId: { projectId: project.id, memberId } }, include: { member: true } });
          if (!invitation) throw new Problem('not_invited', `${memberId} is not invited to ${project.ref}`);
          const { interested, message, mateIds } = submitted.payload;
          await tx.invitation.update({
            where: { id: invitation.id },
            data: { state: interested ? 'interested' : 'unavailable', answer: message, answeredAt: new Date(at) },
          });
          if (interested) {
            await receiveApplication(tx, letters, project, invitation.member, message, mateIds, at);
            await sayApplication(tx, { projectId: project.id, submitted, at }, invitation.member, message);
          } else await letters.toClient('invitation_answered', { memberName: invitation.member.name, interested, message });
        },
      }),

    apply: (input: ProjectStepInput) =>
      projectStep(deps, steps.apply, input, {
        then: async ({ tx, project, stage, letters, submitted, at }) => {
          const member = await tx.member.findUniqueOrThrow({ where: { id: submitted.by.id ?? '' } });
          if (member.state !== 'active') throw new Problem('member_not_active', `${member.handle} is ${member.state}`);
          const invited = await tx.invitation.count({ where: { projectId: project.id, memberId: member.id } });
          // A private casting is open to those the client invited, and to nobody else (C3).
          if (stage === 'casting' && invited === 0) throw new Problem('not_invited', `${member.handle} is not invited to ${project.ref}`);
          await receiveApplication(tx, letters, project, member, submitted.payload.message, submitted.payload.mateIds, at);
          await sayApplication(tx, { projectId: project.id, submitted, at }, member, submitted.payload.message);
        },
      }),

    withdrawApplication: (input: ProjectStepInput) =>
      projectStep(deps, steps.withdrawApplication, input, {
        then: async ({ tx, project, letters, submitted, at }) => {
          const application = await tx.application.findFirst({ where: { projectId: project.id, leadId: submitted.by.id ?? '', state: 'received' } });
          if (!application) throw new Problem('not_a_candidate', `no application to withdraw on ${project.ref}`);
          await tx.application.update({ where: { id: application.id }, data: { state: 'withdrawn', decidedAt: new Date(at) } });
          const lead = await tx.member.findUniqueOrThrow({ where: { id: application.leadId } });
          await thankMates({ tx, letters, project, at }, { ...application, lead }, 'all', true);
        },
      }),

    postNotice: (input: ProjectStepInput) =>
      projectStep(deps, steps.postNotice, input, {
        told: (payload) => ({ body: payload.body }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const notice = await tx.notice.create({ data: { projectId: project.id, body: submitted.payload.body, createdBy: submitted.by.name, createdAt: new Date(at) } });
          const candidates = await tx.member.findMany({
            where: { applications: { some: { application: { projectId: project.id, state: 'received' } } } },
            orderBy: { id: 'asc' },
          });
          for (const member of candidates) {
            await letters.toMember(member, 'notice_posted', { body: submitted.payload.body }, { purpose: 'member_project', subjectId: project.id });
          }
          await sayNotice(tx, { projectId: project.id, submitted, at }, candidates.map(({ id }) => id), submitted.payload.body, notice.id);
        },
      }),

    selectTeam: (input: ProjectStepInput) =>
      projectStep(deps, steps.selectTeam, input, {
        told: (payload) => ({ applications: payload.applicationIds.length }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const { applicationIds } = submitted.payload;
          const all = await tx.application.findMany({
            where: { projectId: project.id, state: 'received' },
            include: { members: { include: { member: true }, orderBy: { memberId: 'asc' } } },
            orderBy: { id: 'asc' },
          });
          const chosen = all.filter((application) => applicationIds.includes(application.id));
          if (chosen.length !== new Set(applicationIds).size) throw new Problem('not_a_candidate', `a chosen application of ${project.ref} is no longer standing`);

          const team = new Map(chosen.flatMap((application) => application.members.map(({ member }) => [member.id, { member, lead: application.leadId === member.id }] as const)));
          const round = await tx.quoteRound.create({
            data: {
              projectId: project.id, number: 0, ref: project.ref, askedIds: [...team.keys()], state: 'collecting',
              deadlineAt: project.nextDeadlineAt, createdAt: new Date(at),
            },
          });
          const names = [...team.values()].map(({ member }) => member.name);
          const answers = new Map(chosen.flatMap((application) => application.members.map(({ member }) => [member.id, answerTo(application.id, true, submitted.payload)] as const)));
          for (const { member, lead } of team.values()) {
            await tx.teamMember.create({ data: { projectId: project.id, memberId: member.id, isLead: lead, createdAt: new Date(at) } });
            await letters.toMember(
              member, 'application_chosen', { message: answers.get(member.id) ?? '', mateNames: names.filter((name) => name !== member.name) },
              { purpose: 'member_quote', subjectId: round.id },
            );
          }
          const deed = { projectId: project.id, submitted, at };
          for (const application of all.filter((other) => !chosen.includes(other))) {
            for (const { member } of application.members.filter(({ memberId }) => !team.has(memberId))) {
              await letters.toMember(member, 'application_not_chosen', { answer: answerTo(application.id, false, submitted.payload) });
              await sayNotice(tx, deed, [member.id], answerTo(application.id, false, submitted.payload));
            }
          }
          await sayTeam(tx, deed, [...team.keys()], submitted.payload.message, answers);
          const decided = { decidedAt: new Date(at) };
          // M6: whoever had not said yes by now is not in a team.
          await tx.teamInvitation.updateMany({ where: { application: { projectId: project.id }, state: 'sent' }, data: { state: 'cancelled', answeredAt: new Date(at) } });
          for (const application of all) {
            const isChosen = chosen.includes(application);
            await tx.application.update({ where: { id: application.id }, data: { ...decided, state: isChosen ? 'chosen' : 'not_chosen', answer: answerTo(application.id, isChosen, submitted.payload) } });
          }
          await letters.toClient('team_chosen', { memberNames: names });
          return { round: { id: round.id, ref: round.ref, number: round.number } };
        },
      }),
  };
}

interface Applicant { id: string; email: string; name: string; locale: string; state: string; handle: string }

async function receiveApplication(
  tx: Tx, letters: Letters, project: ProjectWithPeople, lead: Applicant, message: string, mateIds: readonly string[], at: number,
): Promise<void> {
  const standing = await tx.application.findUnique({ where: { projectId_leadId: { projectId: project.id, leadId: lead.id } } });
  // Applying again replaces the message and the team: the client reads one application per lead.
  const application = await tx.application.upsert({
    where: { projectId_leadId: { projectId: project.id, leadId: lead.id } },
    create: { projectId: project.id, leadId: lead.id, message, state: 'received', createdAt: new Date(at) },
    update: { message, state: 'received', decidedAt: null },
  });
  await tx.applicationMember.createMany({ data: { applicationId: application.id, memberId: lead.id }, skipDuplicates: true });
  // M6: mates count once they have accepted; those not named again are not of the team any more.
  const led = { id: application.id, message, lead };
  const before = await tx.teamInvitation.findMany({ where: { applicationId: application.id, memberId: { notIn: [...mateIds] } }, select: { memberId: true } });
  await thankMates({ tx, letters, project, at }, led, before.map(({ memberId }) => memberId));
  await askMates({ tx, letters, project, at }, led, mateIds);
  if (standing?.state === 'received') return;
  await letters.toMember(lead, 'application_sent', { message }, { purpose: 'member_project', subjectId: project.id });
  await letters.toClient('application_received', { memberName: lead.name, mateNames: [], message });
}
