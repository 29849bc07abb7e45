import type { Request, Response } from 'express';
import { choosePassword, type passwordLinkOf } from '../../database/staff-password-links.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { shortestPassword } from '../../domain/password-choice.ts';
import { localeOf } from '../locale.ts';
import { ownPath } from '../own-path.ts';
import { renderPage } from '../view.ts';

type Found = NonNullable<Awaited<ReturnType<typeof passwordLinkOf>>>;

/** S5: where staff choose their password, by the link of a mail. */
export function showPasswordChoice({ staff }: Found, request: Request, response: Response, problem?: Problem): void {
  response.send(renderPage('staff-password', {
    locale: localeOf(request), person: null, path: ownPath(request), forStaff: true, name: staff.name, email: staff.email, minimum: shortestPassword,
    ...(problem ? { problem, typed: { act: 'choose', key: '', body: {} } } : {}),
  }));
}

/** Two typings that are not the same, or a password that will not do, show the page again; what was typed is not given back. */
export async function takePasswordChoice(deps: Deps, found: Found, request: Request, response: Response): Promise<void> {
  const { password, again } = (request.body ?? {}) as { password?: unknown; again?: unknown };
  try {
    if (typeof password !== 'string' || password !== again) throw new Problem('passwords_differ', 'typed differently', { fields: 'again' });
    await choosePassword(deps.db, found, password, Date.now());
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code === 'link_used') throw cause;
    response.status(422);
    return showPasswordChoice(found, request, response, cause);
  }
  response.redirect(303, '/console/login?done=passwordChosen');
}
