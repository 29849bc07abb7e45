import { randomUUID } from 'node:crypto';
import type { PersonalLink } from '@prisma/client';
import type { Request, Response } from 'express';
import { acceptInvitation } from '../../database/company/invitations.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { localeOf } from '../locale.ts';
import { ownPath } from '../own-path.ts';
import { openSession } from '../session.ts';
import { renderPage } from '../view.ts';

/** C6: who invites, to what; nothing changes before the button is pressed. */
export async function showInvitation(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const invitation = await deps.db.clientInvitation.findUnique({ where: { id: link.subjectId ?? '' }, include: { company: true, invitedBy: true } });
  if (!invitation || invitation.revokedAt || (!invitation.acceptedAt && invitation.expiresAt <= new Date())) throw new Problem('invitation_over', `invitation of link ${link.id}`);
  // Once accepted the link opens nothing: whoever finds the mail again signs in like anybody.
  if (invitation.acceptedAt) return response.redirect(303, '/sign-in');
  response.send(renderPage('accept-invitation', { locale: localeOf(request), person: null, path: ownPath(request), key: randomUUID(), invitation }));
}

export async function useInvitation(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const used = await deps.db.clientInvitation.findUnique({ where: { id: link.subjectId ?? '' }, select: { acceptedAt: true } });
  if (used?.acceptedAt) return response.redirect(303, '/sign-in');
  const id = await deps.db.$transaction((tx) => acceptInvitation(tx, link.subjectId ?? '', localeOf(request), Date.now()));
  await openSession(deps, { kind: 'client', id }, request, response);
  response.redirect(303, '/home?done=joined');
}
