import { Problem } from '../../domain/problem.ts';
import { referralRateBp, type ReferralLevel } from '../../domain/referral.ts';
import type { Tx } from '../open.ts';
import { moveLead, tellMember } from './deed.ts';

/**
 * M14, I8: a lead has become a project: in the transaction that says who brought it. Answers the mail that tells the member. `at` in ms.
 * @throws Problem `stage_changed` when it is not accepted, `not_allowed` when the project is said to be another member's
 */
export async function winLead(tx: Tx, { leadId, memberId, level, project, secret, at }: { leadId: string; memberId: string; level: ReferralLevel; project: { id: string; companyId: string }; secret: string; at: number }): Promise<string> {
  const lead = await moveLead(tx, leadId, 'linkLead');
  if (lead.memberId !== memberId) throw new Problem('not_allowed', `the lead ${leadId} is of another member than ${memberId}`);
  await tx.lead.update({ where: { id: leadId }, data: { companyId: project.companyId } });
  return tellMember(tx, { at, secret }, lead, 'lead_won', { companyName: lead.company, referralLevel: level, rateBp: referralRateBp(level) }, { about: project.id, projectId: project.id });
}
