import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { assetsRouter } from './assets.ts';
import { text } from './body.ts';
import { briefRouter } from './brief/brief-router.ts';
import { linkRouter } from './links/link-router.ts';
import { localeOf, rememberLocale } from './locale.ts';
import { isOwnPath, ownPath } from './own-path.ts';
import { picturesRouter } from './pictures-router.ts';
import { sameOrigin } from './same-origin.ts';
import { asProblem, sendProblem } from './serve-page.ts';
import { signedIn } from './session.ts';
import { signedInRouter } from './signed-in-router.ts';
import { uploads } from './uploads.ts';
import { renderPage } from './view.ts';
import { writable } from './writable.ts';
import { candidatureView, sendCandidature } from './visitor/candidature.ts';
import { askSignIn } from './visitor/sign-in.ts';

/** Pages for visitors, clients and members. */
export function webRouter(deps: Deps): Router {
  const router = Router();
  router.use('/assets', assetsRouter());
  router.use(express.urlencoded({ extended: true, limit: '1mb', parameterLimit: 4_000 }));
  router.use(sameOrigin);
  router.use(uploads);
  router.use(writable);
  router.use('/l', linkRouter(deps));
  router.use('/brief', briefRouter(deps));
  router.use(picturesRouter(deps));
  router.use(signedInRouter(deps));

  const visitorPage = (template: string, more: (request: Request) => Promise<object> = () => Promise.resolve({})) =>
    async (request: Request, response: Response): Promise<void> => {
      rememberLocale(request, response);
      const notice = typeof request.query.done === 'string' ? request.query.done : undefined;
      const who = await signedIn(deps, request);
      response.send(renderPage(template, { locale: localeOf(request), person: who && { name: who.name }, path: ownPath(request), notice, ...(await more(request)) }));
    };
  // A form that came back stands at its own address: opened again, by a reload or by changing language, that is its page.
  router.get('/{*page}/do/:act', (request, response, next) => {
    const page = request.path.replace(/\/do\/[^/]+$/, '');
    if (isOwnPath(page)) response.redirect(303, page);
    else next();
  });
  router.get('/', visitorPage('front'));
  router.get('/candidature', visitorPage('candidature', (request) => candidatureView(deps, request)));
  router.get('/sign-in', visitorPage('sign-in', (request) => Promise.resolve({ next: isOwnPath(String(request.query.next ?? '')) ? request.query.next : '' })));
  router.post('/candidature', orAgain('candidature', 'candidature', sendCandidature, (request) => candidatureView(deps, request)));
  router.post('/sign-in', orAgain('sign-in', 'signIn', askSignIn));

  const whoIs = (request: Request) => signedIn(deps, request).then((who) => who && { kind: who.person.kind, name: who.name }).catch(() => null);
  router.use(async (request, response) => sendProblem(request, response, new Problem('not_found', 'no such page'), { who: await whoIs(request) }));
  router.use(async (cause: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(cause);
    try {
      const problem = asProblem(deps, cause);
      const key = text((request.body ?? {}) as Record<string, unknown>, 'key');
      const typed = { act: '', key, body: (request.body ?? {}) as Record<string, unknown> };
      sendProblem(request, response, problem, { ...(request.method === 'POST' ? { typed } : {}), who: problem.code === 'database_away' ? null : await whoIs(request) });
    } catch (unexpected) {
      next(unexpected);
    }
  });
  return router;

  /** A visitor's form: a problem shows the page again with what was typed. */
  function orAgain(template: string, act: string, run: (deps: Deps, request: Request, response: Response) => Promise<void>, more: (request: Request) => Promise<object> = () => Promise.resolve({})) {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        await run(deps, request, response);
      } catch (cause) {
        const problem = asProblem(deps, cause);
        const body = request.body as Record<string, unknown>;
        const view = await more(request).catch(() => null);
        if (!view) return sendProblem(request, response, problem, { typed: { act, key: text(body, 'key'), body } });
        const typed = { act, key: text(body, 'key'), body };
        response.status(problem.code === 'database_away' || problem.code === 'temporal_away' ? 503 : 422);
        response.send(renderPage(template, { locale: localeOf(request), person: null, path: ownPath(request), typed, problem, ...view }));
      }
    };
  }
}
