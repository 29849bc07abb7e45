import { randomUUID } from 'node:crypto';
import type { PersonalLink } from '@prisma/client';
import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { clientRecipient, memberRecipient } from '../../database/recipients.ts';
import { queueMail } from '../../mail/queue.ts';
import { text } from '../body.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { localeOf } from '../locale.ts';
import { isOwnPath, ownPath } from '../own-path.ts';
import { openSession } from '../session.ts';
import { renderPage } from '../view.ts';

const minute = 60_000;

/** Mails a single-use link to a known address; the answer is the same for an unknown one, so that nobody learns who is here. */
export async function askSignIn(deps: Deps, request: Request, response: Response): Promise<void> {
  const email = text(request.body as Record<string, unknown>, 'email').toLowerCase();
  if (!/^\S+@\S+\.\S+$/.test(email)) throw new Problem('form_invalid', 'no address', { fields: 'email' });
  const next = text(request.body as Record<string, unknown>, 'next');
  const client = await deps.db.clientUser.findFirst({ where: { email, leftAt: null } });
  const member = client ? null : await deps.db.member.findFirst({ where: { email, state: { in: ['active', 'blocked'] } } });
  const owner = client ? clientRecipient(client) : member ? memberRecipient(member) : null;
  if (owner?.id) {
    const at = Date.now();
    const recent = await deps.db.personalLink.count({ where: { purpose: 'sign_in', ownerId: owner.id, createdAt: { gt: new Date(at - 10 * minute) } } });
    // A few an hour are plenty: a mailbox is not to be flooded by somebody else's clicks.
    if (recent < 5) {
      // Pressed twice is one mail; asked again later, by the same page, another.
      const form = text(request.body as Record<string, unknown>, 'key');
      const mailId = await deps.db.$transaction(async (tx) => {
        const linkId = await createLink(tx, deps.secret, { purpose: 'sign_in', ownerKind: client ? 'client' : 'member', ownerId: owner.id ?? '', subjectId: isOwnPath(next) ? next : null, at });
        return queueMail(tx, { key: `sign-in/${/^[0-9a-f-]{36}$/.test(form) ? `${owner.id ?? ''}/${form}/${Math.floor(at / minute)}` : linkId}`, template: 'sign_in', to: owner, data: {}, linkId, at });
      });
      sendQueuedMail(deps, mailId);
    }
  }
  response.redirect(303, '/sign-in?done=linkSent');
}

/** Mail scanners follow links: only the button signs in. */
export function showSignIn(request: Request, response: Response): void {
  response.send(renderPage('use-sign-in', { locale: localeOf(request), person: null, path: ownPath(request), key: randomUUID() }));
}

export async function useSignIn(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const used = await deps.db.personalLink.updateMany({ where: { id: link.id, usedAt: null }, data: { usedAt: new Date() } });
  if (used.count === 0) throw new Problem('link_used', `link ${link.id} was used`);
  await openSession(deps, { kind: link.ownerKind as 'client' | 'member', id: link.ownerId }, request, response);
  response.redirect(303, isOwnPath(link.subjectId ?? '') ? String(link.subjectId) : '/home');
}
