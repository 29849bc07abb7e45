import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/open.ts';
import { linkPurposes, type LinkPurpose } from '../domain/links.ts';
import { linkToken, tokenHash } from './token.ts';

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly ownerKind: 'client' | 'member' | 'visitor';
  readonly ownerId: string;
  readonly projectId?: string | null;
  readonly subjectId?: string | null;
  /** ms */
  readonly at: number;
}

const day = 86_400_000;

/** A personal link for one person and one purpose; the one they have already is given again while it is valid, unless it opens once only. */
export async function createLink(tx: Tx, secret: string, link: NewLink): Promise<string> {
  const { purpose, ownerKind, ownerId, projectId = null, subjectId = null, at } = link;
  const rule = linkPurposes[purpose];
  if (!rule.singleUse) {
    const known = await tx.personalLink.findFirst({
      where: { purpose, ownerKind, ownerId, projectId, subjectId, revokedAt: null, expiresAt: { gt: new Date(at + day) } },
      orderBy: { createdAt: 'desc' },
    });
    if (known) return known.id;
  }
  const id = randomUUID();
  await tx.personalLink.create({
    data: {
      id, purpose, ownerKind, ownerId, projectId, subjectId, singleUse: rule.singleUse,
      tokenHash: tokenHash(linkToken(secret, id)), expiresAt: new Date(at + rule.days * day), createdAt: new Date(at),
    },
  });
  return id;
}
