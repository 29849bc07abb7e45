import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { memberAccess } from './access.ts';
import { billingPage } from './member/billing-page.ts';
import { sendQuoteFile } from './member/quote-file.ts';
import { actOnPage, showPage } from './serve-page.ts';

/** M3, M9: a member's own billing entity, and the files of their quotes. */
export function billingRouter(deps: Deps): Router {
  const router = Router();
  router.get('/billing', async (request, response) => showPage(deps, billingPage, await memberAccess(deps, request, '/billing'), request, response));
  router.post('/billing/do/:act', async (request, response) => actOnPage(deps, billingPage, await memberAccess(deps, request, '/billing'), String(request.params.act), request, response));
  router.get('/my-quote-files/:id', async (request, response) =>
    sendQuoteFile(deps, { id: String(request.params.id), memberId: (await memberAccess(deps, request, '/my-quote-files')).person.id }, response));
  return router;
}
