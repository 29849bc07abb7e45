import type { PersonalLink } from '@prisma/client';
import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { candidatureFields } from '../../steps/membership-steps.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { localeOf } from '../locale.ts';
import { ownPath } from '../own-path.ts';
import { renderPage } from '../view.ts';

/** Mail scanners follow links: the page shows what was written, only its button sends it on. */
export async function showCandidatureToConfirm(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  response.send(renderPage('confirm-candidature', { locale: localeOf(request), person: null, path: ownPath(request), candidature: await keptCandidature(deps, link) }));
}

/** M1: whoever reads that address has said it is theirs: staff study the candidature from now on. A crash in between is mended by posting again: it is one candidature. */
export async function confirmCandidature(deps: Deps, link: PersonalLink, _request: Request, response: Response): Promise<void> {
  const candidature = await keptCandidature(deps, link);
  const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
  await startMembership({ db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue }, { key: link.ownerId, candidature });
  // What was written stands in the member's row from now on, and nowhere else.
  await deps.db.$transaction([
    deps.db.personalLink.update({ where: { id: link.id }, data: { usedAt: new Date() } }),
    deps.db.submission.update({ where: { id: link.ownerId }, data: { state: 'done', doneAt: new Date(), payload: {} } }),
  ]);
  response.redirect(303, '/candidature?done=candidatureSent');
}

async function keptCandidature(deps: Deps, link: PersonalLink) {
  const kept = await deps.db.submission.findUnique({ where: { id: link.ownerId } });
  if (!kept || kept.state !== 'pending') throw new Problem('link_unknown', 'its candidature is gone');
  return candidatureFields.parse(kept.payload);
}
