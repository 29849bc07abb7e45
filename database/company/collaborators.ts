import type { GrantedRole } from '../../domain/client-rights.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { collaboratorOf, holdCompany, ownProjects } from './hold-company.ts';

interface Changing { readonly companyId: string; readonly by: By; readonly at: number }

/** Another role, or other projects (C6). The owner's place only changes hands by `acceptOwnership`. @throws Problem `owner_stays`, `not_found` */
export async function changeCollaborator(tx: Tx, { companyId, by, at }: Changing, change: { id: string; role: GrantedRole; restricted: boolean; projectIds: readonly string[] }): Promise<void> {
  await holdCompany(tx, companyId);
  const user = await collaboratorOf(tx, companyId, change.id);
  if (user.role === 'owner') throw new Problem('owner_stays', `${user.id} owns the company`);
  const projectIds = change.restricted ? await ownProjects(tx, companyId, change.projectIds) : [];
  await tx.clientUser.update({ where: { id: user.id }, data: { role: change.role, restricted: change.restricted } });
  await tx.clientProjectAccess.deleteMany({ where: { clientUserId: user.id } });
  await tx.clientProjectAccess.createMany({ data: projectIds.map((projectId) => ({ clientUserId: user.id, projectId })) });
  await recordEvent(tx, { by, action: 'collaborator.changed', subject: `company/${companyId}`, data: { clientUserId: user.id, from: user.role, role: change.role, restricted: change.restricted }, at });
}

/**
 * Somebody leaves, or is shown out: their sessions and links end now, and the projects they brought go on under the owner. Twice is once.
 * @throws Problem `owner_stays`
 */
export async function removeCollaborator(tx: Tx, { companyId, by, at }: Changing, id: string): Promise<void> {
  await holdCompany(tx, companyId);
  const user = await tx.clientUser.findFirst({ where: { id, companyId } });
  if (!user) throw new Problem('not_found', `${id} is not of company ${companyId}`);
  if (user.leftAt) return;
  if (user.role === 'owner') throw new Problem('owner_stays', `${user.id} owns the company`);
  const owner = await tx.clientUser.findFirst({ where: { companyId, role: 'owner', leftAt: null } });
  if (!owner) throw new Problem('owner_stays', `company ${companyId} would be nobody's`);
  const ended = new Date(at);
  await tx.clientUser.update({ where: { id }, data: { leftAt: ended, billingContact: false } });
  await tx.project.updateMany({ where: { companyId, ownerId: id }, data: { ownerId: owner.id } });
  await tx.clientProjectAccess.deleteMany({ where: { clientUserId: id } });
  await tx.ownershipOffer.deleteMany({ where: { companyId, toId: id } });
  await tx.webSession.updateMany({ where: { personKind: 'client', personId: id, endedAt: null }, data: { endedAt: ended } });
  await tx.personalLink.updateMany({ where: { ownerKind: 'client', ownerId: id, revokedAt: null }, data: { revokedAt: ended } });
  await recordEvent(tx, { by, action: by.id === id ? 'collaborator.left' : 'collaborator.removed', subject: `company/${companyId}`, data: { clientUserId: id, role: user.role }, at });
}
