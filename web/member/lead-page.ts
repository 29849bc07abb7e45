import { withdrawLead } from '../../database/leads/decide.ts';
import { referralStatement } from '../../database/leads/statement.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { leadLifecycle } from '../../domain/lifecycle/lead.ts';
import { Problem } from '../../domain/problem.ts';
import { referralLevels, type ReferralLevel } from '../../domain/referral.ts';
import type { Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

/** M14: one lead, as its member follows it: what they said, where it stands, the projects it has become, and what they bring. */
export const memberLeadPage: Page = {
  template: 'member-lead',
  async show(deps, access) {
    const lead = await deps.db.lead.findFirst({
      where: { id: access.subjectId ?? '', memberId: access.person.id }, include: { referrals: { orderBy: { createdAt: 'asc' }, include: { project: { select: { ref: true, title: true, stage: true } } } } },
    });
    if (!lead) throw new Problem('not_found', `no lead ${access.subjectId} of theirs`);
    const statement = await referralStatement(deps.db, access.person.id, Date.now(), lead.id);
    const way = leadLifecycle.states.filter((state) => ['declared', 'accepted', 'won'].includes(state) || state === lead.state);
    return {
      title: lead.company, lead, statement, rateBp: referralLevels[(lead.level ?? lead.wishedLevel) as ReferralLevel], stages: way.map((state) => ({ state, current: state === lead.state })),
      mayWithdraw: actionsFrom(leadLifecycle, lead.state, 'member').includes('withdrawLead'),
    };
  },
  acts: {
    async withdrawLead(deps, access, _body, key) {
      const doing = { by: { kind: 'member' as const, id: access.person.id, name: access.name }, at: Date.now(), secret: deps.secret };
      for (const mailId of await withdrawLead(deps.db, doing, { leadId: access.subjectId ?? '', key })) sendQueuedMail(deps, mailId);
      return { notice: 'leadWithdrawn' };
    },
  },
};
