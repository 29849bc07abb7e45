import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { memberAccess } from './access.ts';
import { sendDocumentPage } from './document-page.ts';
import { memberPayoutsPage } from './member/payouts-page.ts';
import { showPage } from './serve-page.ts';

/** I7: what a member was paid, and the advices. */
export function payoutsRouter(deps: Deps): Router {
  const router = Router();
  router.get('/payouts', async (request, response) => showPage(deps, memberPayoutsPage, await memberAccess(deps, request, '/payouts'), request, response));
  router.get('/payouts/document/:id', async (request, response) => sendDocumentPage(deps, await memberAccess(deps, request, '/payouts'), String(request.params.id), response));
  return router;
}
