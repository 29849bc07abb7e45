import type { PersonalLink } from '@prisma/client';
import type { Db, Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import { tokenHash } from './token.ts';

/**
 * The link behind a token. `at` in ms.
 * @throws Problem `link_unknown`, `link_revoked`, `link_used`, `link_expired` (details: linkId, so that a fresh one can be sent)
 */
export async function resolveLink(db: Db | Tx, token: string, at: number): Promise<PersonalLink> {
  const link = await db.personalLink.findUnique({ where: { tokenHash: tokenHash(token) } });
  if (!link) throw new Problem('link_unknown', 'no such link');
  if (link.revokedAt) throw new Problem('link_revoked', `link ${link.id} was revoked`);
  if (link.singleUse && link.usedAt) throw new Problem('link_used', `link ${link.id} was used`, { linkId: link.id });
  if (link.expiresAt.getTime() <= at) throw new Problem('link_expired', `link ${link.id} has expired`, { linkId: link.id });
  return link;
}
