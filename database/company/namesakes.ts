import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import type { Tx } from '../open.ts';
import { clientRecipient } from '../recipients.ts';

/**
 * Somebody new brought a brief under a SIREN that another company of ours has: its owner is told, who may invite them. A number alone never opens a
 * company's space (docs/decisions/0007). Answers the ids of the mails, none when the number is nobody else's.
 */
export async function tellNamesakes(tx: Tx, secret: string, companyId: string, at: number): Promise<string[]> {
  const company = await tx.company.findUniqueOrThrow({ where: { id: companyId }, include: { users: { where: { role: 'owner', leftAt: null } } } });
  const [newcomer] = company.users;
  if (!company.siren || !newcomer) return [];
  const others = await tx.clientUser.findMany({ where: { role: 'owner', leftAt: null, company: { siren: company.siren, id: { not: companyId } } }, orderBy: { id: 'asc' }, take: 5 });
  const mailIds: string[] = [];
  for (const owner of others) {
    const linkId = await createLink(tx, secret, { purpose: 'sign_in', ownerKind: 'client', ownerId: owner.id, subjectId: '/collaborators', at });
    mailIds.push(await queueMail(tx, { key: `namesake/${companyId}/${owner.id}`, template: 'company_namesake', to: clientRecipient(owner), data: { personName: newcomer.name, personEmail: newcomer.email }, linkId, at }));
  }
  return mailIds;
}
