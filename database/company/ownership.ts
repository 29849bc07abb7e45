import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent, type By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { clientRecipient } from '../recipients.ts';
import { collaboratorOf, holdCompany } from './hold-company.ts';

interface Owning { readonly companyId: string; readonly by: By & { readonly id: string }; readonly at: number }

/** The owner offers their place to a collaborator, who has to accept it; a new offer takes the place of the one before. Answers the mail's id. */
export async function offerOwnership(tx: Tx, { companyId, by, at, secret }: Owning & { readonly secret: string }, toId: string): Promise<string> {
  const company = await holdCompany(tx, companyId);
  const owner = await ownerOnly(tx, companyId, by.id);
  const to = await collaboratorOf(tx, companyId, toId);
  if (to.id === owner.id) throw new Problem('owner_stays', 'the owner offers to themselves');
  const offer = { fromId: owner.id, toId: to.id, createdAt: new Date(at) };
  const known = await tx.ownershipOffer.findUnique({ where: { companyId } });
  await tx.ownershipOffer.upsert({ where: { companyId }, create: { companyId, ...offer }, update: known?.toId === to.id ? {} : offer });
  const since = known?.toId === to.id ? known.createdAt : offer.createdAt;
  await recordEvent(tx, { by, action: 'ownership.offered', subject: `company/${companyId}`, data: { toId }, at });
  const linkId = await createLink(tx, secret, { purpose: 'client_ownership', ownerKind: 'client', ownerId: to.id, subjectId: companyId, at });
  return queueMail(tx, { key: `ownership/${companyId}/${to.id}/${since.getTime()}`, template: 'client_ownership_offered', to: clientRecipient(to), data: { companyName: company.name, ownerName: owner.name }, linkId, at });
}

export async function withdrawOffer(tx: Tx, { companyId, by, at }: Owning): Promise<void> {
  await holdCompany(tx, companyId);
  await ownerOnly(tx, companyId, by.id);
  const { count } = await tx.ownershipOffer.deleteMany({ where: { companyId } });
  if (count > 0) await recordEvent(tx, { by, action: 'ownership.withdrawn', subject: `company/${companyId}`, at });
}

/** The collaborator accepts: they own, and who owned becomes a manager. @throws Problem `offer_over` once it is no longer theirs to accept */
export async function acceptOwnership(tx: Tx, { companyId, by, at }: Owning): Promise<void> {
  await holdCompany(tx, companyId);
  const me = await collaboratorOf(tx, companyId, by.id);
  if (me.role === 'owner') return;
  const offer = await tx.ownershipOffer.findUnique({ where: { companyId } });
  const owner = await tx.clientUser.findFirst({ where: { companyId, role: 'owner', leftAt: null } });
  if (offer?.toId !== me.id || owner?.id !== offer.fromId) throw new Problem('offer_over', `company ${companyId} is not offered to ${me.id}`);
  await tx.clientUser.update({ where: { id: owner.id }, data: { role: 'manager' } });
  await tx.clientUser.update({ where: { id: me.id }, data: { role: 'owner', restricted: false } });
  await tx.clientProjectAccess.deleteMany({ where: { clientUserId: me.id } });
  await tx.ownershipOffer.delete({ where: { companyId } });
  await recordEvent(tx, { by, action: 'ownership.accepted', subject: `company/${companyId}`, data: { fromId: owner.id }, at });
}

async function ownerOnly(tx: Tx, companyId: string, id: string) {
  const user = await collaboratorOf(tx, companyId, id);
  if (user.role !== 'owner') throw new Problem('not_allowed', `${id} does not own company ${companyId}`);
  return user;
}
