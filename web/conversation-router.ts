import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { personAccess, projectAccess } from './access.ts';
import { conversationsPage } from './conversations/conversations-page.ts';
import { sendStream } from './conversations/stream.ts';
import { showPage } from './serve-page.ts';

/** Conversations: all of a person's, and the stream of an open one. */
export function conversationRouter(deps: Deps): Router {
  const router = Router();
  router.get('/conversations', async (request, response) => showPage(deps, conversationsPage, await personAccess(deps, request, '/conversations'), request, response));
  router.get('/projects/:ref/p/:page/:subject/stream', async (request, response) => {
    const access = await projectAccess(deps, request);
    if (request.params.page !== 'conversation') throw new Problem('not_found', 'no stream here');
    await sendStream(deps, { ...access, subjectId: String(request.params.subject) }, request, response);
  });
  return router;
}
