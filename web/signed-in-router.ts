import { Router, type Request } from 'express';
import type { Deps } from '../deps.ts';
import { sendMemberFile } from './member-file.ts';
import { Problem } from '../domain/problem.ts';
import { memberAccess, NotSignedIn, personAccess, projectAccess } from './access.ts';
import { areas } from './areas.ts';
import { sendDocumentPage } from './document-page.ts';
import { homePage } from './home-page.ts';
import { memberAlertsPage } from './member/alerts-page.ts';
import { memberDocumentsPage } from './member/documents-page.ts';
import { memberDownloadsPage, sendDeck, sendDownload } from './member/downloads-page.ts';
import type { Access, Page } from './page.ts';
import { pageOf, pagesOf } from './pages.ts';
import { actOnPage, askToSignInAgain, showPage } from './serve-page.ts';
import { ownPath } from './own-path.ts';
import { endSession } from './session.ts';

/** The same pages as behind personal links, for whoever is signed in: `/home`, `/projects/REF`, and what stands under them. */
export function signedInRouter(deps: Deps): Router {
  const router = Router();

  router.get('/home', async (request, response) => showPage(deps, homePage, await personAccess(deps, request, '/home'), request, response));
  router.post('/sign-out', async (request, response) => {
    await endSession(deps, request, response);
    response.redirect(303, '/?done=signedOut');
  });
  for (const [path, page] of [['/alerts', memberAlertsPage], ['/my-documents', memberDocumentsPage], ['/downloads', memberDownloadsPage]] as const) {
    router.get(path, async (request, response) => showPage(deps, page, await memberAccess(deps, request, path), request, response));
    router.post(`${path}/do/:act`, async (request, response) => actOnPage(deps, page, await memberAccess(deps, request, path), String(request.params.act), request, response));
  }
  router.get('/my-documents/file/:id', async (request, response) =>
    sendMemberFile(deps, { id: String(request.params.id), memberId: (await memberAccess(deps, request, '/my-documents')).person.id }, response));
  for (const locale of ['fr', 'en'] as const) {
    router.get(`/downloads/presentation-${locale}.pptx`, async (request, response) => sendDeck(deps, (await memberAccess(deps, request, '/downloads')).person.id, locale, response));
  }
  router.get('/downloads/:id', async (request, response) =>
    sendDownload(deps, request, response, async () => (await memberAccess(deps, request, '/downloads')).person.kind === 'member'));
  router.get('/projects/:ref', async (request, response) => {
    const access = await projectAccess(deps, request);
    await showPage(deps, pageNamed(access), access, request, response);
  });
  router.post('/projects/:ref/do/:act', async (request, response) => {
    const access = await projectAccess(deps, request);
    await actOnPage(deps, pageNamed(access), access, String(request.params.act), request, response);
  });
  router.get('/projects/:ref/document/:id', async (request, response) => sendDocumentPage(deps, await projectAccess(deps, request), String(request.params.id), response));
  router.get('/projects/:ref/p/:page/:subject', async (request, response) => {
    const access = await projectAccess(deps, request);
    await showPage(deps, pageNamed(access, String(request.params.page)), under(access, request), request, response);
  });
  router.post('/projects/:ref/p/:page/:subject/do/:act', async (request, response) => {
    const access = await projectAccess(deps, request);
    await actOnPage(deps, pageNamed(access, String(request.params.page)), under(access, request), String(request.params.act), request, response);
  });
  for (const area of areas) router.use(area(deps));
  router.use((cause: unknown, request: Request, response: import('express').Response, next: (cause: unknown) => void) => {
    if (!(cause instanceof NotSignedIn)) return next(cause);
    if (request.method === 'GET') return response.redirect(303, `/sign-in?next=${encodeURIComponent(ownPath(request))}`);
    askToSignInAgain(request, response);
  });
  return router;
}

function pageNamed(access: Access, name?: string): Page {
  const page = name ? pageOf(access.person.kind, name) : Object.values(pagesOf[access.person.kind] ?? {})[0];
  if (!page) throw new Problem('not_found', `no page ${name ?? ''}`);
  return page;
}

const under = (access: Access, request: Request): Access => ({
  ...access, subjectId: String(request.params.subject), base: `${access.root}/p/${String(request.params.page)}/${String(request.params.subject)}`,
});
