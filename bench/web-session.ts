import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../database/open.ts';

/** The cookie of somebody signed in to the pages. */
export async function sessionOf(db: Db, person: { kind: 'client' | 'member'; id: string }): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.webSession.create({ data: { id: createHash('sha256').update(token).digest('hex'), personKind: person.kind, personId: person.id, expiresAt: new Date(Date.now() + 3_600_000) } });
  return `off_works=${token}`;
}
