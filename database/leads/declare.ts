import { createHash } from 'node:crypto';
import { signsOf } from '../../domain/leads.ts';
import { leadLifecycle } from '../../domain/lifecycle/lead.ts';
import { Problem } from '../../domain/problem.ts';
import type { LeadFields } from '../../steps/lead-forms.ts';
import { recordEvent } from '../audit.ts';
import { once } from '../once.ts';
import type { Db } from '../open.ts';
import { tellMember, tellStaff, type LeadDoing } from './deed.ts';
import { leadTwins } from './find-twins.ts';

/**
 * M14: a member tells of a company that needs something. `key` is the form's: declared twice, it is one lead. Answers the lead and the mails to send.
 * @throws Problem `member_not_active`; `lead_yours_already` for a company of theirs that still lives (details: company, at)
 */
export async function declareLead(db: Db, { by, at, secret }: LeadDoing, memberId: string, key: string, said: LeadFields): Promise<{ leadId: string; mailIds: string[] }> {
  const name = createHash('sha256').update(`${memberId}/${key}`).digest('hex');
  return once(db, `declare-lead/${name}`, async (tx) => {
    // One of a member's leads after another: the same company declared from two windows is one.
    await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
    const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
    if (member.state !== 'active' && member.state !== 'blocked') throw new Problem('member_not_active', `${memberId} is ${member.state}`);
    const signs = signsOf(said);
    const mine = (await leadTwins(tx, { ...signs, company: said.company, memberId })).find(({ kind }) => kind === 'yours');
    if (mine) throw new Problem('lead_yours_already', `the lead ${mine.leadId} is of the same company`, { company: mine.name, at: mine.at.toISOString() });
    const { agrees: _agreed, ...kept } = said;
    const lead = await tx.lead.create({
      data: { ...kept, key: name, memberId, state: leadLifecycle.initial, companyKey: signs.key, siren: signs.siren, mailDomain: signs.domain, createdAt: new Date(at) }, include: { member: true },
    });
    await recordEvent(tx, { by, action: 'lead.declared', subject: member.handle, data: { leadId: lead.id, level: said.wishedLevel }, at });
    const companyName = said.company;
    return { leadId: lead.id, mailIds: [await tellMember(tx, { at, secret }, lead, 'lead_received', { companyName }), ...(await tellStaff(tx, at, lead, 'staff_lead_received', { memberName: member.name, companyName }))] };
  });
}
