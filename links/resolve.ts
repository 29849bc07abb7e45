import type { PersonalLink } from '@prisma/client';
import type { Db, Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import { tokenHash } from './token.ts';

/** Whose link it is: of a visitor nothing is known but the link. */
export interface LinkOwner {
  readonly name: string;
  /** Of a client: their company and their part in it. */
  readonly company: { readonly id: string; readonly role: string; readonly restricted: boolean } | null;
}

interface Row extends PersonalLink {
  readonly ownerName: string | null;
  readonly companyId: string | null;
  readonly role: string | null;
  readonly restricted: boolean | null;
  readonly given: boolean;
}

/**
 * The link behind a token and its owner, in one statement: every page behind a link begins with it. `at` in ms.
 * @throws Problem `link_unknown`, `link_revoked` (its owner gone, or kept from its project (C6), too), `link_used`, `link_expired` (details: linkId, so that a fresh one can be sent)
 */
export async function resolveLink(db: Db | Tx, token: string, at: number): Promise<{ link: PersonalLink; owner: LinkOwner }> {
  const [found] = await db.$queryRaw<Row[]>`
    SELECT l.*, coalesce(c."name", m."name", b."name", CASE WHEN l."ownerKind" = 'visitor' THEN '' END) AS "ownerName", c."companyId", c."role", c."restricted",
      NOT coalesce(c."restricted", false) OR l."projectId" IS NULL OR EXISTS (SELECT FROM "ClientProjectAccess" a WHERE a."clientUserId" = c."id" AND a."projectId" = l."projectId") AS "given"
    FROM "PersonalLink" l
    LEFT JOIN "ClientUser" c ON l."ownerKind" = 'client' AND c."id" = l."ownerId" AND c."leftAt" IS NULL
    LEFT JOIN "Member" m ON l."ownerKind" = 'member' AND m."id" = l."ownerId"
    LEFT JOIN "BillingContact" b ON l."ownerKind" = 'billing' AND b."id" = l."ownerId"
    WHERE l."tokenHash" = ${tokenHash(token)}`;
  if (!found) throw new Problem('link_unknown', 'no such link');
  const { ownerName, companyId, role, restricted, given, ...link } = found;
  if (link.revokedAt) throw new Problem('link_revoked', `link ${link.id} was revoked`);
  if (link.singleUse && link.usedAt) throw new Problem('link_used', `link ${link.id} was used`, { linkId: link.id });
  if (link.expiresAt.getTime() <= at) throw new Problem('link_expired', `link ${link.id} has expired`, { linkId: link.id });
  if (ownerName === null) throw new Problem('link_revoked', 'its owner is gone');
  if (!given) throw new Problem('link_revoked', 'its project is not theirs any more');
  return { link, owner: { name: ownerName, company: companyId === null ? null : { id: companyId, role: role ?? '', restricted: restricted ?? false } } };
}
