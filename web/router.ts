import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { fileURLToPath } from 'node:url';
import { offeredThemes } from '../database/themes.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { text } from './body.ts';
import { linkRouter } from './links/link-router.ts';
import { localeOf, rememberLocale } from './locale.ts';
import { ownPath } from './own-path.ts';
import { sameOrigin } from './same-origin.ts';
import { asProblem, sendProblem } from './serve-page.ts';
import { signedIn } from './session.ts';
import { signedInRouter } from './signed-in-router.ts';
import { uploads } from './uploads.ts';
import { renderPage } from './view.ts';
import { candidatureView, sendCandidature } from './visitor/candidature.ts';
import { depositBrief } from './visitor/deposit-brief.ts';
import { askSignIn } from './visitor/sign-in.ts';

const assets = fileURLToPath(new URL('./public', import.meta.url));

/** Pages for visitors, clients and members. */
export function webRouter(deps: Deps): Router {
  const router = Router();
  router.use('/assets', express.static(assets, { maxAge: '1h', fallthrough: false }));
  router.use(express.urlencoded({ extended: true, limit: '1mb', parameterLimit: 4_000 }));
  router.use(sameOrigin);
  router.use(uploads);
  router.use('/l', linkRouter(deps));
  router.use(signedInRouter(deps));

  const visitorPage = (template: string, more: () => Promise<object> = () => Promise.resolve({})) =>
    async (request: Request, response: Response): Promise<void> => {
      rememberLocale(request, response);
      const notice = typeof request.query.done === 'string' ? request.query.done : undefined;
      const who = await signedIn(deps, request);
      response.send(renderPage(template, { locale: localeOf(request), person: who && { name: who.name }, path: ownPath(request), notice, ...(await more()) }));
    };
  const themes = async (): Promise<object> => ({ themes: await offeredThemes(deps.db) });
  router.get('/', visitorPage('front'));
  router.get('/brief', visitorPage('deposit-brief', themes));
  router.get('/candidature', visitorPage('candidature', () => candidatureView(deps)));
  router.get('/sign-in', visitorPage('sign-in'));
  router.post('/brief', orAgain('deposit-brief', 'deposit', depositBrief, themes));
  router.post('/candidature', orAgain('candidature', 'candidature', sendCandidature, () => candidatureView(deps)));
  router.post('/sign-in', orAgain('sign-in', 'signIn', askSignIn));

  router.use((request, response) => sendProblem(request, response, new Problem('not_found', 'no such page')));
  router.use((cause: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(cause);
    try {
      const problem = asProblem(deps, cause);
      const key = text((request.body ?? {}) as Record<string, unknown>, 'key');
      sendProblem(request, response, problem, request.method === 'POST' ? { act: '', key, body: (request.body ?? {}) as Record<string, unknown> } : undefined);
    } catch (unexpected) {
      next(unexpected);
    }
  });
  return router;

  /** A visitor's form: a problem shows the page again with what was typed. */
  function orAgain(template: string, act: string, run: (deps: Deps, request: Request, response: Response) => Promise<void>, more: () => Promise<object> = () => Promise.resolve({})) {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        await run(deps, request, response);
      } catch (cause) {
        const problem = asProblem(deps, cause);
        const body = request.body as Record<string, unknown>;
        const view = await more().catch(() => null);
        if (!view) return sendProblem(request, response, problem, { act, key: text(body, 'key'), body });
        const typed = { act, key: text(body, 'key'), body };
        response.status(problem.code === 'database_away' || problem.code === 'temporal_away' ? 503 : 422);
        response.send(renderPage(template, { locale: localeOf(request), person: null, path: ownPath(request), typed, problem, ...view }));
      }
    };
  }
}
