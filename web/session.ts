import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Deps } from '../deps.ts';
import type { Person } from '../steps/step.ts';
import { cookiesOf } from './locale.ts';

const cookie = 'off_works';
/** The cookie outlives the session, whose end the database decides. */
const cookieDays = 400;
/** A session lasts as long as it is used, and this many days more. */
const days = 90;
const day = 86_400_000;
const hour = 3_600_000;
const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface SignedIn {
  readonly sessionId: string;
  readonly person: Person;
  readonly name: string;
  /** The language they chose for good. */
  readonly locale: string;
  readonly company: { readonly id: string; readonly role: string; readonly restricted: boolean } | null;
  /** The project asked for, if there is one; `seen`: a company's people see its projects, a restricted one those they were given (C6). A member's pages decide for themselves. */
  readonly project: { readonly id: string; readonly seen: boolean } | null;
}

/** The signed-in client or member behind a request; with `ref`, what that project is to them as well, in the same statement. */
export async function signedIn(deps: Deps, request: Request, ref: string | null = null): Promise<SignedIn | null> {
  const token = cookiesOf(request).get(cookie);
  if (!token) return null;
  const [session] = await deps.db.$queryRaw<OpenSession[]>`
    SELECT s."id", s."personKind", s."personId", s."lastSeenAt", coalesce(c."name", m."name") AS "name", coalesce(c."locale", m."locale") AS "locale", c."companyId", c."role", c."restricted", p."id" AS "projectId",
      c."id" IS NULL OR (p."companyId" = c."companyId" AND (NOT c."restricted" OR EXISTS (SELECT FROM "ClientProjectAccess" a WHERE a."projectId" = p."id" AND a."clientUserId" = c."id"))) AS "seen"
    FROM "WebSession" s LEFT JOIN "ClientUser" c ON s."personKind" = 'client' AND c."id" = s."personId" AND c."leftAt" IS NULL LEFT JOIN "Member" m ON s."personKind" = 'member' AND m."id" = s."personId" LEFT JOIN "Project" p ON p."ref" = ${ref}
    WHERE s."id" = ${hash(token)} AND s."endedAt" IS NULL AND s."expiresAt" > now() AT TIME ZONE 'UTC'`;
  if (!session?.name) return null;
  await keepOpen(deps, session);
  const { personKind, personId, name, locale, companyId, role, restricted, projectId, seen } = session;
  return {
    sessionId: session.id, person: { kind: personKind, id: personId }, name, locale: locale ?? 'fr',
    company: companyId === null ? null : { id: companyId, role: role ?? '', restricted: restricted ?? false },
    project: projectId === null ? null : { id: projectId, seen: seen === true },
  };
}

/** A session and whoever it is of, read at once: every page begins with it. */
interface OpenSession {
  readonly id: string;
  readonly personKind: 'client' | 'member';
  readonly personId: string;
  readonly lastSeenAt: Date;
  readonly name: string | null;
  readonly locale: string | null;
  readonly companyId: string | null;
  readonly role: string | null;
  readonly restricted: boolean | null;
  readonly projectId: string | null;
  readonly seen: boolean | null;
}

/** A session in use goes on; written at most once an hour. */
async function keepOpen(deps: Deps, session: { id: string; lastSeenAt: Date }): Promise<void> {
  const now = Date.now();
  if (now - session.lastSeenAt.getTime() < hour) return;
  await deps.db.webSession.updateMany({ where: { id: session.id, endedAt: null }, data: { lastSeenAt: new Date(now), expiresAt: new Date(now + days * day) } });
}

/** Opens a session: the token goes to the cookie, its hash to the database. */
export async function openSession(deps: Deps, person: Person, request: Request, response: Response): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + days * day);
  await deps.db.webSession.create({
    data: { id: hash(token), personKind: person.kind, personId: person.id, userAgent: (request.get('user-agent') ?? '').slice(0, 200), expiresAt },
  });
  response.cookie(cookie, token, { httpOnly: true, sameSite: 'lax', secure: deps.config.publicUrl.startsWith('https://'), maxAge: cookieDays * day });
}

export async function endSession(deps: Deps, request: Request, response: Response): Promise<void> {
  const token = cookiesOf(request).get(cookie);
  if (token) await deps.db.webSession.updateMany({ where: { id: hash(token), endedAt: null }, data: { endedAt: new Date() } });
  response.clearCookie(cookie);
}
