import { Problem } from '../../domain/problem.ts';
import { referralRateBp, type ReferralLevel } from '../../domain/referral.ts';
import { recordEvent } from '../audit.ts';
import { once } from '../once.ts';
import type { Db } from '../open.ts';
import { moveLead, tellMember, tellStaff, type LeadDoing, type LeadWithMember } from './deed.ts';
import type { Tx } from '../open.ts';
import type { LeadAction } from '../../domain/lifecycle/lead.ts';

interface Asked { readonly leadId: string; readonly key: string }

/** M14: staff say yes, with the level the member has earned; it is what each project of this lead will be shared by. Answers the mails to send. @throws Problem `stage_changed`, `not_found` */
export function acceptLead(db: Db, doing: LeadDoing, asked: Asked & { readonly level: ReferralLevel; readonly message: string }): Promise<string[]> {
  return deed(db, doing, asked, 'acceptLead', { level: asked.level }, async (tx, lead) => {
    await tx.lead.update({ where: { id: lead.id }, data: { level: asked.level, ...answered(doing, asked.message) } });
    return [await tellMember(tx, doing, lead, 'lead_accepted', { companyName: lead.company, referralLevel: asked.level, rateBp: referralRateBp(asked.level), otherLevel: asked.level !== lead.wishedLevel, message: asked.message })];
  });
}

/** M14: staff say no, or that nothing came of it, with the reason. @throws Problem `stage_changed`, `not_found` */
export function refuseLead(db: Db, doing: LeadDoing, asked: Asked & { readonly reason: string }): Promise<string[]> {
  return deed(db, doing, asked, 'refuseLead', {}, async (tx, lead) => {
    await tx.lead.update({ where: { id: lead.id }, data: answered(doing, asked.reason) });
    return [await tellMember(tx, doing, lead, 'lead_refused', { companyName: lead.company, reason: asked.reason })];
  });
}

/** M14: the member takes it back. @throws Problem `stage_changed`, `not_found` for somebody else’s */
export function withdrawLead(db: Db, doing: LeadDoing, asked: Asked): Promise<string[]> {
  return deed(db, doing, asked, 'withdrawLead', {}, async (tx, lead) => {
    const companyName = lead.company;
    return [await tellMember(tx, doing, lead, 'lead_withdrawn', { companyName }), ...(await tellStaff(tx, doing.at, lead, 'staff_lead_withdrawn', { memberName: lead.member.name, companyName }))];
  });
}

/** M14: its company has become a client: the queue of staff shows each project of theirs that nobody is said to have brought. @throws Problem `stage_changed`, `not_found` */
export function knowClient(db: Db, doing: LeadDoing, asked: Asked & { readonly companyId: string }): Promise<string[]> {
  return deed(db, doing, asked, 'knowClient', { companyId: asked.companyId }, async (tx, lead) => {
    if ((await tx.company.count({ where: { id: asked.companyId } })) === 0) throw new Problem('not_found', `no company ${asked.companyId}`);
    await tx.lead.update({ where: { id: lead.id }, data: { companyId: asked.companyId } });
    return [];
  });
}

const answered = ({ by, at }: LeadDoing, answer: string) => ({ answer, decidedBy: by.name, decidedAt: new Date(at) });

/** One move of a lead, once per form, with its trace. */
async function deed(db: Db, { by, at }: LeadDoing, { leadId, key }: Asked, action: LeadAction, told: Record<string, string>, apply: (tx: Tx, lead: LeadWithMember) => Promise<string[]>): Promise<string[]> {
  const { mailIds } = await once(db, `lead/${leadId}/${action}/${key}`, async (tx) => {
    const lead = await moveLead(tx, leadId, action, by.kind === 'member' ? (by.id ?? '') : undefined);
    const sent = await apply(tx, lead);
    await recordEvent(tx, { by, action: `lead.${action}`, subject: lead.member.handle, data: { leadId, ...told }, at });
    return { mailIds: sent };
  });
  return mailIds;
}
