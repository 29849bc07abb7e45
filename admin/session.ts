import connectPgSimple from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session, { type SessionOptions } from 'express-session';
import { noteSeen } from '../database/staff-sessions.ts';
import type { Deps } from '../deps.ts';
import type { Staff } from './actions/console-step.ts';

declare module 'express-session' {
  interface SessionData {
    adminUser?: Staff;
    /** Whose password was right, until their code is: the account as it was then, so that a change in between starts again. */
    waiting?: { staffId: string; mark: string; until: number };
  }
}

export const cookieName = 'off_works_staff';

/** Sessions stand in PostgreSQL and end so many hours after their sign-in, however busy: no write at each click. */
export function sessionOptions(deps: Deps): SessionOptions {
  const Store = connectPgSimple(session);
  const secure = deps.config.publicUrl.startsWith('https://');
  return {
    secret: deps.secret, name: cookieName, resave: false, saveUninitialized: false, proxy: secure,
    store: new Store({ conString: deps.config.databaseUrl, tableName: 'StaffSession', createTableIfMissing: false, disableTouch: true }),
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: deps.config.sessionHours * 3_600_000 },
  };
}

const seenEvery = 5 * 60_000;
const mostRemembered = 10_000;

/** When a session was last used, written every few minutes at most. */
export function keepSeen(deps: Deps): RequestHandler {
  const written = new Map<string, number>();
  return (request, _response, next) => {
    const at = Date.now();
    const known = written.get(request.sessionID);
    if (request.session.adminUser && (known === undefined || at - known > seenEvery)) {
      if (written.size >= mostRemembered) written.clear();
      written.set(request.sessionID, at);
      noteSeen(deps.db, request.sessionID, at).catch((cause: unknown) => deps.log.warn({ err: cause }, 'last use of a session not noted'));
    }
    next();
  };
}
