import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Staff } from '@prisma/client';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { hasSecondFactor, takeSecondFactor } from '../database/second-factor.ts';
import { forgetTries, giveBackAddress, takeTry } from '../database/sign-in-tries.ts';
import { forgotPassword } from '../database/staff-password-links.ts';
import { claimSession } from '../database/staff-sessions.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { text } from '../web/body.ts';
import { localeOf, rememberLocale } from '../web/locale.ts';
import { ownPath } from '../web/own-path.ts';
import { sameOrigin } from '../web/same-origin.ts';
import { sendQueuedMail } from '../web/send-queued-mail.ts';
import { asProblem } from '../web/serve-page.ts';
import { renderPage } from '../web/view.ts';
import { authenticate, signedInAs } from './sign-in.ts';

const codeWithin = 5 * 60_000;
const notices = new Set(['passwordLinkSent', 'passwordChosen', 'signInAgain']);
type Template = 'staff-sign-in' | 'staff-code' | 'staff-forgotten';

/** S5: signing in to the console: the password, then the code of those who have a second factor; plain pages that need no script. */
export function signInRouter(deps: Deps): Router {
  const router = Router();
  const form = [express.urlencoded({ extended: false, limit: '20kb' }), sameOrigin];
  router.get('/login', (request, response) => (request.session.adminUser ? response.redirect(302, '/console') : show('staff-sign-in', request, response)));
  router.get('/login/code', (request, response) => (waiting(request) ? show('staff-code', request, response) : response.redirect(302, '/console/login?done=signInAgain')));
  router.get('/login/forgotten', (request, response) => show('staff-forgotten', request, response));
  router.post('/login', ...form, orAgain('staff-sign-in', 'signIn', (request, response) => takePassword(deps, request, response)));
  router.post('/login/code', ...form, orAgain('staff-code', 'code', (request, response) => takeCode(deps, request, response)));
  router.post('/login/forgotten', ...form, orAgain('staff-forgotten', 'forgotten', (request, response) => takeForgotten(deps, request, response)));
  return router;

  /** A refusal shows the same page, with what was typed but for passwords and codes. */
  function orAgain(template: Template, act: string, run: (request: Request, response: Response) => Promise<void>) {
    return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      try {
        await run(request, response);
      } catch (cause) {
        try {
          const problem = asProblem(deps, cause);
          response.status(problem.code === 'sign_in_wait' ? 429 : problem.code.endsWith('_away') ? 503 : 401);
          show(template, request, response, { problem, typed: { act, key: '', body: { email: text(bodyOf(request), 'email') } } });
        } catch (unexpected) {
          next(unexpected);
        }
      }
    };
  }
}

async function takePassword(deps: Deps, request: Request, response: Response): Promise<void> {
  const email = text(bodyOf(request), 'email').toLowerCase();
  const at = Date.now();
  const trier = { email, address: request.ip ?? '' };
  await takeTry(deps.db, trier, at);
  const staff = await authenticate(deps.db, email, passwordOf(request));
  if (!staff) throw new Problem('sign_in_refused', 'wrong address or password');
  await giveBackAddress(deps.db, trier, at);
  if (!(await hasSecondFactor(deps.db, staff.id))) return signIn(deps, staff, request, response);
  await renewSession(request);
  request.session.waiting = { staffId: staff.id, mark: markOf(staff), until: at + codeWithin };
  request.session.cookie.maxAge = codeWithin;
  await saveSession(request);
  response.redirect(302, '/console/login/code');
}

async function takeCode(deps: Deps, request: Request, response: Response): Promise<void> {
  const asked = waiting(request);
  const staff = asked && (await deps.db.staff.findFirst({ where: { id: asked.staffId, active: true } }));
  if (!staff || markOf(staff) !== asked.mark) return response.redirect(302, '/console/login?done=signInAgain');
  const at = Date.now();
  const trier = { email: staff.email, address: request.ip ?? '' };
  await takeTry(deps.db, trier, at);
  if (!(await takeSecondFactor(deps.db, deps.secret, staff, text(bodyOf(request), 'code'), at))) throw new Problem('code_refused', 'wrong code');
  await giveBackAddress(deps.db, trier, at);
  await signIn(deps, staff, request, response);
}

/** A new session id, whatever the browser came with: nobody can have planted it. */
async function signIn(deps: Deps, staff: Staff, request: Request, response: Response): Promise<void> {
  const at = Date.now();
  await renewSession(request);
  request.session.adminUser = signedInAs(staff);
  await saveSession(request);
  const claimed = await claimSession(deps.db, { sid: request.sessionID, staff, userAgent: request.get('user-agent') ?? '', address: request.ip ?? '', at });
  if (!claimed) throw new Problem('sign_in_refused', 'the account changed meanwhile');
  await forgetTries(deps.db, staff.email);
  response.redirect(302, '/console');
}

/** The answer is the same, and as quick, for an unknown address: what follows it is not waited for. */
async function takeForgotten(deps: Deps, request: Request, response: Response): Promise<void> {
  const email = text(bodyOf(request), 'email');
  const at = Date.now();
  await takeTry(deps.db, { email: `forgotten ${email}`, address: request.ip ?? '' }, at);
  forgotPassword(deps.db, deps.secret, email, at).then(
    (mailId) => { if (mailId) sendQueuedMail(deps, mailId); },
    (cause: unknown) => deps.log.error({ err: cause }, 'a password link was not queued'),
  );
  response.redirect(303, '/console/login?done=passwordLinkSent');
}

function show(template: Template, request: Request, response: Response, more: object = {}): void {
  rememberLocale(request, response);
  const asked = String(request.query.done ?? '');
  response.set('Cache-Control', 'no-store');
  response.send(renderPage(template, { locale: localeOf(request), person: null, path: ownPath(request), forStaff: true, ...(notices.has(asked) && request.method === 'GET' ? { notice: asked } : {}), ...more }));
}

function waiting(request: Request) {
  const asked = request.session.waiting;
  return asked && asked.until > Date.now() ? asked : null;
}

const bodyOf = (request: Request): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>;
/** Exactly as typed: a password may begin or end with a space. */
const passwordOf = (request: Request): string => {
  const { password } = bodyOf(request);
  return typeof password === 'string' ? password : '';
};
const markOf = ({ passwordHash, role }: Staff): string => createHash('sha256').update(`${role}:${passwordHash}`).digest('hex');
const renewSession = (request: Request): Promise<void> => promisify(request.session.regenerate.bind(request.session))();
const saveSession = (request: Request): Promise<void> => promisify(request.session.save.bind(request.session))();
