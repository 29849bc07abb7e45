import { winLead } from '../../database/leads/win.ts';
import { Problem } from '../../domain/problem.ts';
import { referralRateBp } from '../../domain/referral.ts';
import * as steps from '../../steps/project-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { projectStep, type ProjectStepInput } from './answer.ts';

/** I8: who brought the project and how, until a first share of it has fallen due: what is owed is never taken back. */
export function referralActivities(deps: ActivityDeps) {
  return {
    setReferral: (input: ProjectStepInput) =>
      projectStep(deps, steps.setReferral, input, {
        keepsClock: true,
        told: ({ level }) => ({ level }),
        then: async ({ tx, project, submitted, letters, at }) => {
          const { memberId, level, leadId } = submitted.payload;
          const member = await tx.member.findFirst({ where: { id: memberId, state: { in: ['active', 'blocked'] } } });
          if (!member) throw new Problem('member_not_active', `${memberId} is no member`);
          const standing = await tx.referral.findUnique({ where: { projectId: project.id }, include: { payouts: { take: 1 } } });
          if (standing && standing.payouts.length > 0) throw new Problem('referral_owed', `${project.ref} has paid its referrer already`);
          // What is not said again stays: the same member's project keeps the lead it comes from.
          const data = { memberId, level, rateBp: referralRateBp(level), ...(leadId || standing?.memberId !== memberId ? { leadId } : {}) };
          await tx.referral.upsert({ where: { projectId: project.id }, create: { ...data, projectId: project.id, createdAt: new Date(at) }, update: data });
          if (leadId && standing?.leadId !== leadId) letters.mailIds.push(await winLead(tx, { leadId, memberId, level, project, secret: deps.secret, at }));
        },
      }),
  };
}
