import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Db } from '../../database/open.ts';
import type { Deps } from '../../deps.ts';
import type { Problem } from '../../domain/problem.ts';
import { text } from '../body.ts';
import { sendProblem } from '../serve-page.ts';
import { askAgain } from './deposit-brief.ts';

/** C1: a link to confirm a brief lasts seven days, the brief longer. The brief behind one that is too old; null for another link, or once it is a project. */
export async function staleBriefOf(db: Db, linkId: string): Promise<string | null> {
  const link = await db.personalLink.findUnique({ where: { id: linkId }, select: { purpose: true, ownerId: true } });
  if (link?.purpose !== 'confirm_brief') return null;
  const kept = await db.submission.findUnique({ where: { id: link.ownerId }, select: { state: true } });
  return kept?.state === 'pending' ? link.ownerId : null;
}

/** Another link leaves for the address the brief was given with, whoever asks: the page shows nothing of it. */
export async function renewBriefLink(deps: Deps, stale: { readonly staleBrief: string; readonly problem: Problem }, request: Request, response: Response): Promise<void> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const key = text(body, 'key');
  // The button of a page left open since the link held: told, not renewed unasked.
  if (text(body, 'again') !== 'yes' || !/^[0-9a-f-]{36}$/.test(key)) return sendProblem(request, response, stale.problem, { renewKey: randomUUID() });
  await askAgain(deps, stale.staleBrief, key);
  response.redirect(303, '/brief?done=linkSentAgain');
}
