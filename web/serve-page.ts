import type { Request, Response } from 'express';
import { unreadInAll } from '../database/conversations/list.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { problemOf } from '../steps/perform.ts';
import { localeOf, rememberLocale } from './locale.ts';
import { ownPath } from './own-path.ts';
import { placesOf } from './navigation.ts';
import type { Access, Page, Typed } from './page.ts';
import { isFile, requireFilesTaken } from './uploads.ts';
import { renderPage } from './view.ts';

const away = new Set(['temporal_away', 'database_away', 'mail_away', 'taking_longer']);
const gone = new Set(['not_found', 'not_in_team', 'link_unknown', 'link_expired', 'link_revoked', 'link_used', 'link_foreign']);

/** Shows a page; a GET changes nothing, whoever follows it. */
export async function showPage(deps: Deps, page: Page, access: Access, request: Request, response: Response): Promise<void> {
  rememberLocale(request, response);
  const view = await page.show(deps, access, null, request.query);
  const notice = typeof request.query.done === 'string' ? request.query.done : undefined;
  response.send(renderPage(page.template, { ...(await common(deps, access, request)), ...view, notice }));
}

/** Carries out what a form asks, then redirects; a problem shows the same page again with everything typed still there. */
export async function actOnPage(deps: Deps, page: Page, access: Access, act: string, request: Request, response: Response): Promise<void> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const run = Object.hasOwn(page.acts, act) ? page.acts[act] : undefined;
  if (!run) throw new Problem('not_found', `no act ${act}`);
  const key = typeof body.key === 'string' && /^[0-9a-f-]{36}$/.test(body.key) ? body.key : '';
  try {
    if (!key) throw new Problem('form_invalid', 'the form has no key', { fields: '' });
    requireFilesTaken(request);
    const done = await run(deps, access, body, key);
    if ('again' in done) {
      const typed: Typed = { act, key, body: done.again };
      response.send(renderPage(page.template, { ...(await common(deps, access, request)), ...(await page.show(deps, access, typed, {})), typed }));
      return;
    }
    const to = done.to ?? access.base;
    response.redirect(303, done.notice ? `${to}${to.includes('?') ? '&' : '?'}done=${done.notice}` : to);
  } catch (cause) {
    const problem = asProblem(deps, cause);
    deps.log.info({ act, code: problem.code, cause: problem.message }, 'refused');
    const typed: Typed = { act, key, body };
    const view = await page.show(deps, access, typed, {}).catch(() => null);
    response.status(statusOf(problem));
    if (view) response.send(renderPage(page.template, { ...(await common(deps, access, request)), ...view, typed, problem }));
    else sendProblem(request, response, problem, { typed, who: access.linkId === null ? { kind: access.person.kind, name: access.name } : null });
  }
}

/** What else a page of a problem may know. */
interface Told {
  /** What was posted: offered again when something of ours was away. */
  readonly typed?: Typed;
  /** Who is signed in: they are not told to sign in. */
  readonly who?: { readonly kind: string; readonly name: string } | null;
  /** Another link may be asked for, by posting this key to the same address. */
  readonly renewKey?: string;
}

/** A page that only says what is wrong, and the way on: the same thing again when something of ours was away, the form whose file was too large, one's home, or signing in. */
export function sendProblem(request: Request, response: Response, problem: Problem, { typed, who = null, renewKey }: Told = {}): void {
  const ours = away.has(problem.code);
  const path = ownPath(request);
  const form = problem.code === 'file_too_large' ? request.originalUrl.replace(/\/do\/\w+(?=[?#]|$)/, '') : null;
  response.status(statusOf(problem)).send(renderPage('problem', {
    locale: localeOf(request), person: who && { name: who.name }, personKind: who?.kind, places: who ? placesOf(who.kind, path, 0) : [], problem, path, renewKey, form,
    retry: typed && ours ? flatten(typed.body) : null, retryTo: request.originalUrl, reload: ours && !typed ? path : null,
  }));
}

/** A session may end while somebody writes: what they typed waits on a page until they have signed in again beside it. A form with nothing typed only leads to the sign-in page. */
export function askToSignInAgain(request: Request, response: Response): void {
  const fields = flatten((request.body ?? {}) as Record<string, unknown>);
  // An erasure pressed twice: its first press has ended the session, and an address typed to confirm is no work to lose.
  if (request.path.endsWith('/do/eraseMember') || !fields.some(({ name, value }) => !unwritten.has(name) && value !== '')) return response.redirect(303, '/sign-in');
  const problem = new Problem('signed_out', 'the session is over');
  response.status(401).send(renderPage('problem', { locale: localeOf(request), person: null, problem, path: ownPath(request), retry: fields, retryTo: request.originalUrl, signInBeside: true }));
}

/** Fields nobody writes. */
const unwritten = new Set(['key', 'version', 'do']);

/** Whatever was thrown, as something to tell a person. */
export function asProblem(deps: Deps, cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const name = (cause as { name?: string }).name ?? '';
  // A sign that no text of the database can hold: in an address, it names nothing.
  if (name.startsWith('PrismaClient') && /invalid byte sequence|22021/.test(String(cause))) return new Problem('not_found', String(cause));
  if (name.startsWith('PrismaClient') || (cause as { code?: string }).code === 'ECONNREFUSED') {
    deps.log.error({ err: cause }, 'database');
    return new Problem('database_away', String(cause));
  }
  if (name.includes('Workflow') || name === 'ServiceError') return problemOf(cause);
  throw cause;
}

function statusOf(problem: Problem): number {
  if (away.has(problem.code)) return 503;
  if (problem.code === 'link_expired' || problem.code === 'confirmation_expired' || problem.code === 'link_revoked' || problem.code === 'link_used') return 410;
  if (gone.has(problem.code)) return 404;
  if (problem.code === 'not_allowed') return 403;
  return problem.code === 'stage_changed' || problem.code === 'over' ? 409 : 422;
}

async function common(deps: Deps, access: Access, request: Request) {
  const unread = access.linkId === null ? await unreadFor(deps, access) : 0;
  return { locale: access.locale, person: access.name === '' ? null : { name: access.name }, viaLink: access.linkId !== null, base: access.base, root: access.root, path: ownPath(request), personKind: access.person.kind, places: access.linkId === null ? placesOf(access.person.kind, ownPath(request), unread) : [] };
}

/** C7: counted once the page is made, so that what it shows is read. */
async function unreadFor(deps: Deps, access: Access): Promise<number> {
  const { kind, id } = access.person;
  if ((kind !== 'client' && kind !== 'member') || (kind === 'client' && !access.may('readConversations'))) return 0;
  return unreadInAll(deps.db, { kind, id: id ?? '', company: access.company }).catch(() => 0);
}

/** The fields of a form as names and values, nested ones as they were posted. */
function flatten(body: Readonly<Record<string, unknown>>, prefix = ''): { name: string; value: string }[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const full = prefix ? `${prefix}[${name}]` : name;
    if (isFile(value)) return []; // a file is chosen again
    if (value !== null && typeof value === 'object') return flatten(value as Record<string, unknown>, full);
    return [{ name: full, value: String(value) }];
  });
}
