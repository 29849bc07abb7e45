import { invitationDays, type GrantedRole } from '../../domain/client-rights.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent, type By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { collaboratorOf, holdCompany, ownProjects } from './hold-company.ts';

export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly role: GrantedRole;
  readonly restricted: boolean;
  readonly projectIds: readonly string[];
  readonly locale: string;
}

interface Inviting { readonly companyId: string; readonly by: By & { readonly id: string }; readonly secret: string; readonly at: number }

const day = 86_400_000;

/**
 * C6: asks somebody to join. Asking again for the same address while an invitation waits changes it and sends it once more. Answers the mail's id.
 * @throws Problem `already_collaborator`, `in_another_company`
 */
export async function inviteCollaborator(tx: Tx, inviting: Inviting, invited: Invited): Promise<string> {
  const { companyId, by, at } = inviting;
  await holdCompany(tx, companyId);
  await refuseKnown(tx, companyId, invited.email);
  const projectIds = invited.restricted ? await ownProjects(tx, companyId, invited.projectIds) : [];
  const rights = { name: invited.name, role: invited.role, restricted: invited.restricted, projectIds, expiresAt: new Date(at + invitationDays * day) };
  const open = await tx.clientInvitation.findFirst({ where: { companyId, email: invited.email, acceptedAt: null, revokedAt: null } });
  const invitation = open
    ? await tx.clientInvitation.update({ where: { id: open.id }, data: { ...rights, sent: { increment: 1 } } })
    : await tx.clientInvitation.create({ data: { ...rights, companyId, email: invited.email, invitedById: by.id, createdAt: new Date(at) } });
  await recordEvent(tx, { by, action: 'collaborator.invited', subject: `company/${companyId}`, data: { invitationId: invitation.id, role: invited.role }, at });
  return mailOf(tx, inviting, invitation, invited.locale);
}

/** Sends a waiting invitation once more, valid from now on. @throws Problem `invitation_over` */
export async function resendInvitation(tx: Tx, inviting: Inviting, invitationId: string, locale: string): Promise<string> {
  await holdCompany(tx, inviting.companyId);
  const open = await openInvitation(tx, inviting.companyId, invitationId);
  const invitation = await tx.clientInvitation.update({ where: { id: open.id }, data: { sent: { increment: 1 }, expiresAt: new Date(inviting.at + invitationDays * day) } });
  return mailOf(tx, inviting, invitation, locale);
}

/** Takes an invitation back; its link says so from then on. @throws Problem `invitation_over` */
export async function revokeInvitation(tx: Tx, { companyId, by, at }: Inviting, invitationId: string): Promise<void> {
  await holdCompany(tx, companyId);
  const { id, role } = await openInvitation(tx, companyId, invitationId);
  await tx.clientInvitation.update({ where: { id }, data: { revokedAt: new Date(at) } });
  await tx.personalLink.updateMany({ where: { purpose: 'client_invitation', subjectId: id, revokedAt: null }, data: { revokedAt: new Date(at) } });
  await recordEvent(tx, { by, action: 'collaborator.invitationRevoked', subject: `company/${companyId}`, data: { invitationId: id, role }, at });
}

/**
 * Whoever reads the invited address comes in; answers their id. Twice is once. A person who left a company may come into another.
 * @throws Problem `invitation_over`, `in_another_company`
 */
export async function acceptInvitation(tx: Tx, invitationId: string, locale: string, at: number): Promise<string> {
  const asked = await tx.clientInvitation.findUnique({ where: { id: invitationId } });
  if (!asked) throw new Problem('invitation_over', `no invitation ${invitationId}`);
  await holdCompany(tx, asked.companyId);
  const invitation = await tx.clientInvitation.findUniqueOrThrow({ where: { id: invitationId } });
  const known = await tx.clientUser.findUnique({ where: { email: invitation.email } });
  if (invitation.acceptedAt && known && !known.leftAt && known.companyId === invitation.companyId) return known.id;
  if (invitation.acceptedAt || invitation.revokedAt || invitation.expiresAt.getTime() <= at) throw new Problem('invitation_over', `invitation ${invitationId} is over`);
  if (known && !known.leftAt && known.companyId !== invitation.companyId) throw new Problem('in_another_company', `${known.id} is of another company`);
  const { companyId, role, restricted, name } = invitation;
  const rights = { companyId, role, restricted, name, leftAt: null, confirmedAt: new Date(at) };
  const user = known
    ? await tx.clientUser.update({ where: { id: known.id }, data: { ...rights, billingContact: false } })
    : await tx.clientUser.create({ data: { ...rights, email: invitation.email, locale, createdAt: new Date(at) } });
  await tx.clientProjectAccess.deleteMany({ where: { clientUserId: user.id } });
  if (restricted) await tx.clientProjectAccess.createMany({ data: invitation.projectIds.map((projectId) => ({ clientUserId: user.id, projectId })) });
  await tx.clientInvitation.update({ where: { id: invitation.id }, data: { acceptedAt: new Date(at) } });
  await recordEvent(tx, { by: { kind: 'client', id: user.id, name: user.name }, action: 'collaborator.joined', subject: `company/${companyId}`, data: { invitationId, role }, at });
  return user.id;
}

async function refuseKnown(tx: Tx, companyId: string, email: string): Promise<void> {
  const known = await tx.clientUser.findUnique({ where: { email } });
  if (!known || known.leftAt) return;
  if (known.companyId === companyId) throw new Problem('already_collaborator', `${known.id} is of the company already`);
  throw new Problem('in_another_company', `${known.id} is of another company`);
}

async function openInvitation(tx: Tx, companyId: string, id: string) {
  const invitation = await tx.clientInvitation.findFirst({ where: { id, companyId, acceptedAt: null, revokedAt: null } });
  if (!invitation) throw new Problem('invitation_over', `invitation ${id} is over`);
  return invitation;
}

async function mailOf(tx: Tx, { companyId, by, secret, at }: Inviting, invitation: { id: string; email: string; name: string; role: string; sent: number; expiresAt: Date }, locale: string): Promise<string> {
  const inviter = await collaboratorOf(tx, companyId, by.id);
  const { name: companyName } = await tx.company.findUniqueOrThrow({ where: { id: companyId }, select: { name: true } });
  const linkId = await createLink(tx, secret, { purpose: 'client_invitation', ownerKind: 'visitor', ownerId: invitation.id, subjectId: invitation.id, at });
  return queueMail(tx, {
    key: `client-invitation/${invitation.id}/${invitation.sent}`, template: 'client_invitation', linkId, at,
    to: { kind: 'visitor', id: null, email: invitation.email, name: invitation.name, locale },
    data: { companyName, inviterName: inviter.name, role: invitation.role as GrantedRole, expiresAt: invitation.expiresAt.toISOString() },
  });
}
