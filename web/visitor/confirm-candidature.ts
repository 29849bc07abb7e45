import type { PersonalLink } from '@prisma/client';
import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { candidatureFields } from '../../steps/membership-steps.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { localeOf } from '../locale.ts';
import { ownPath } from '../own-path.ts';
import { renderPage } from '../view.ts';

/** Mail scanners follow links: the page shows what was written, only its button sends it on. */
export async function showCandidatureToConfirm(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const candidature = await keptCandidature(deps, link);
  const files = await deps.db.candidatureFile.findMany({ where: { id: { in: candidature.fileIds }, memberId: null }, orderBy: { createdAt: 'asc' }, select: { name: true } });
  response.send(renderPage('confirm-candidature', { locale: localeOf(request), person: null, path: ownPath(request), candidature, files }));
}

/** M1: whoever reads that address has said it is theirs: staff study the candidature from now on. A crash in between is mended by posting again: it is one candidature. */
export async function confirmCandidature(deps: Deps, link: PersonalLink, _request: Request, response: Response): Promise<void> {
  const candidature = await keptCandidature(deps, link);
  const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
  const { memberId } = await startMembership({ db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue }, { key: link.ownerId, candidature });
  // What was written stands in the member's row from now on, and nowhere else.
  await deps.db.$transaction([
    deps.db.personalLink.update({ where: { id: link.id }, data: { usedAt: new Date() } }),
    deps.db.submission.update({ where: { id: link.ownerId }, data: { state: 'done', doneAt: new Date(), payload: {} } }),
  ]);
  // Their own page says the rest: it is the same as in the e-mail that follows.
  const at = Date.now();
  const own = await deps.db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'candidature', ownerKind: 'member', ownerId: memberId, at }));
  response.redirect(303, `${linkPath(linkToken(deps.secret, own))}?done=candidatureSent`);
}

async function keptCandidature(deps: Deps, link: PersonalLink) {
  const kept = await deps.db.submission.findUnique({ where: { id: link.ownerId } });
  if (!kept || kept.state !== 'pending') throw new Problem('link_unknown', 'its candidature is gone');
  return candidatureFields.parse(kept.payload);
}
