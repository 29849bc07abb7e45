import type { Lead, Member } from '@prisma/client';
import { after, allows } from '../../domain/lifecycle/lifecycle.ts';
import { leadLifecycle, type LeadAction, type LeadState } from '../../domain/lifecycle/lead.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import type { MailData, MailTemplate } from '../../templates/mail/catalogue.ts';
import type { By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { administrationStaff, memberRecipient } from '../recipients.ts';

/** Who does something to a lead, and when (ms); `secret` signs the links of the mails. */
export interface LeadDoing { readonly by: By; readonly at: number; readonly secret: string }

export type LeadWithMember = Lead & { member: Member };

/** Moves a lead as its lifecycle allows, its row held until the end of the transaction; `of` a member: theirs, or it is not found. @throws Problem `not_found`, `stage_changed` */
export async function moveLead(tx: Tx, leadId: string, action: LeadAction, of?: string): Promise<LeadWithMember> {
  await tx.$executeRaw`SELECT 1 FROM "Lead" WHERE "id" = ${leadId} FOR UPDATE`;
  const lead = await tx.lead.findFirst({ where: { id: leadId, memberId: of } });
  if (!lead) throw new Problem('not_found', `no lead ${leadId}`);
  if (!allows(leadLifecycle, lead.state, action)) throw new Problem('stage_changed', `the lead ${leadId} is ${lead.state}: ${action} is not possible`, { stage: lead.state });
  return tx.lead.update({ where: { id: leadId }, data: { state: after(leadLifecycle, lead.state as LeadState, action) }, include: { member: true } });
}

/** A mail to the member, whose button opens their lead. `about` names the deed: each is queued once. */
export async function tellMember<T extends MailTemplate>(tx: Tx, { at, secret }: Pick<LeadDoing, 'at' | 'secret'>, lead: LeadWithMember, template: T, data: MailData[T], more: { about?: string; projectId?: string } = {}): Promise<string> {
  const linkId = await createLink(tx, secret, { purpose: 'member_lead', ownerKind: 'member', ownerId: lead.memberId, subjectId: lead.id, at });
  return queueMail(tx, { key: `lead/${lead.id}/${template}${more.about ? `/${more.about}` : ''}`, template, to: memberRecipient(lead.member), data, linkId, projectId: more.projectId ?? null, at });
}

/** The same to whoever handles administration. */
export async function tellStaff<T extends MailTemplate>(tx: Tx, at: number, lead: Pick<Lead, 'id'>, template: T, data: MailData[T]): Promise<string[]> {
  const mailIds: string[] = [];
  for (const to of await administrationStaff(tx)) mailIds.push(await queueMail(tx, { key: `lead/${lead.id}/${template}/${to.id}`, template, to, data, consolePath: `/console/pages/leads?lead=${lead.id}`, at }));
  return mailIds;
}
