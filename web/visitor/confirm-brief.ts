import type { PersonalLink } from '@prisma/client';
import type { Request, Response } from 'express';
import { tellNamesakes } from '../../database/company/namesakes.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import type { Terms } from '../../domain/terms.ts';
import { startProject } from '../../steps/start-project.ts';
import { draftBecame } from '../brief/hand-in.ts';
import { localeOf } from '../locale.ts';
import { ownPath } from '../own-path.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { openSession } from '../session.ts';
import { renderPage } from '../view.ts';
import { depositedBrief } from './deposit-brief.ts';

export async function showBriefToConfirm(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const { brief, client } = await keptBrief(deps, link);
  response.send(renderPage('confirm-brief', { locale: localeOf(request), person: null, path: ownPath(request), brief, client }));
}

/** The brief becomes a project, and its author is signed in. A crash in between is mended by posting again: the same brief is one project. */
export async function confirmBrief(deps: Deps, link: PersonalLink, request: Request, response: Response): Promise<void> {
  const { brief, client, terms } = await keptBrief(deps, link);
  const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
  const { ref, projectId } = await startProject(
    { db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue },
    { key: link.ownerId, brief, client, terms },
  );
  await deps.db.$transaction([
    deps.db.personalLink.update({ where: { id: link.id }, data: { usedAt: new Date() } }),
    deps.db.submission.update({ where: { id: link.ownerId }, data: { state: 'done', doneAt: new Date() } }),
  ]);
  const { ownerId, companyId } = await deps.db.project.findUniqueOrThrow({ where: { id: projectId } });
  await draftBecame(deps, link.ownerId, projectId, ownerId);
  for (const mailId of await deps.db.$transaction((tx) => tellNamesakes(tx, deps.secret, companyId, Date.now()))) sendQueuedMail(deps, mailId);
  await openSession(deps, { kind: 'client', id: ownerId }, request, response);
  response.redirect(303, `/projects/${ref}?done=briefSent`);
}

async function keptBrief(deps: Deps, link: PersonalLink) {
  const kept = await deps.db.submission.findUnique({ where: { id: link.ownerId } });
  if (!kept) throw new Problem('link_unknown', 'its brief is gone');
  // A demonstration may hurry its own brief; no form can write here.
  const { terms } = kept.context as { terms?: Partial<Terms> };
  return { ...depositedBrief.parse(kept.payload), terms };
}
