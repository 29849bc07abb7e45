import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Deps } from '../deps.ts';
import type { Person } from '../steps/step.ts';
import { cookiesOf } from './locale.ts';

const cookie = 'off_works';
const days = 30;
const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface SignedIn {
  readonly person: Person;
  readonly name: string;
}

/** The signed-in client or member behind a request. */
export async function signedIn(deps: Deps, request: Request): Promise<SignedIn | null> {
  const token = cookiesOf(request).get(cookie);
  if (!token) return null;
  const session = await deps.db.webSession.findUnique({ where: { id: hash(token) } });
  if (!session || session.endedAt || session.expiresAt < new Date()) return null;
  const where = { id: session.personId };
  if (session.personKind === 'client') {
    const client = await deps.db.clientUser.findUnique({ where });
    return client && { person: { kind: 'client', id: client.id }, name: client.name };
  }
  const member = await deps.db.member.findUnique({ where });
  return member && { person: { kind: 'member', id: member.id }, name: member.name };
}

/** Opens a session: the token goes to the cookie, its hash to the database. */
export async function openSession(deps: Deps, person: Person, request: Request, response: Response): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  await deps.db.webSession.create({
    data: { id: hash(token), personKind: person.kind, personId: person.id, userAgent: (request.get('user-agent') ?? '').slice(0, 200), expiresAt },
  });
  response.cookie(cookie, token, { httpOnly: true, sameSite: 'lax', secure: deps.config.publicUrl.startsWith('https://'), expires: expiresAt });
}

export async function endSession(deps: Deps, request: Request, response: Response): Promise<void> {
  const token = cookiesOf(request).get(cookie);
  if (token) await deps.db.webSession.updateMany({ where: { id: hash(token), endedAt: null }, data: { endedAt: new Date() } });
  response.clearCookie(cookie);
}
