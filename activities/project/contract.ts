import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { projectStep, type ProjectStepInput } from './answer.ts';

/** Q9: later additions are amendments, quoted and signed like the first; and a project that staff close. */
export function contractActivities(deps: ActivityDeps) {
  return {
    openAmendment: (input: ProjectStepInput) =>
      projectStep(deps, steps.openAmendment, input, {
        told: (payload) => ({ purpose: payload.purpose }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const { purpose, memberIds } = submitted.payload;
          const members = await tx.member.findMany({ where: { id: { in: memberIds }, state: 'active' }, orderBy: { id: 'asc' } });
          if (members.length !== new Set(memberIds).size) throw new Problem('member_not_active', 'somebody named is not an active member');
          const number = await tx.quoteRound.count({ where: { projectId: project.id } });
          const round = await tx.quoteRound.create({
            data: { projectId: project.id, number, ref: `${project.ref}-A${number}`, purpose, askedIds: memberIds, state: 'collecting', createdAt: new Date(at) },
          });
          for (const member of members) {
            await tx.teamMember.upsert({
              where: { projectId_memberId: { projectId: project.id, memberId: member.id } },
              create: { projectId: project.id, memberId: member.id, createdAt: new Date(at) },
              update: {},
            });
            await letters.toMember(member, 'amendment_opened', { purpose }, { purpose: 'member_quote', subjectId: round.id });
          }
          return { round: { id: round.id, ref: round.ref, number } };
        },
      }),

    closeProject: (input: ProjectStepInput) =>
      projectStep(deps, steps.closeProject, input, {
        change: async (payload, tx) => {
          const openInvoices = await tx.memberInvoice.count({ where: { projectId: input.projectId, state: { in: ['preview', 'anomaly'] } } });
          const unsettled = await tx.clientInvoice.count({ where: { projectId: input.projectId, state: { notIn: ['settled', 'cancelled'] } } });
          const openRounds = await tx.quoteRound.count({ where: { projectId: input.projectId, state: { in: ['collecting', 'validating', 'sent'] } } });
          if (openInvoices + unsettled + openRounds > 0) {
            throw new Problem('still_open', `${openInvoices} member invoices, ${unsettled} client invoices, ${openRounds} quotes are open`, {
              count: openInvoices + unsettled + openRounds,
            });
          }
          return { endReason: payload.reason };
        },
        told: (payload) => ({ reason: payload.reason }),
        then: async ({ letters }) => letters.toClient('project_closed', {}),
      }),
  };
}
