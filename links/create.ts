import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/open.ts';
import { linkPurposes, type LinkPurpose } from '../domain/links.ts';
import { linkToken, tokenHash } from './token.ts';

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly ownerKind: 'client' | 'member' | 'visitor' | 'billing';
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
  const id = randomUUID();
  const expiresAt = new Date(at + rule.days * day);
  // One statement finds the link or makes it.
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    WITH "known" AS (
      SELECT "id" FROM "PersonalLink"
      WHERE NOT ${rule.singleUse}::boolean AND "ownerKind" = ${ownerKind} AND "ownerId" = ${ownerId} AND "purpose" = ${purpose} AND "projectId" IS NOT DISTINCT FROM ${projectId}::text
        AND "subjectId" IS NOT DISTINCT FROM ${subjectId}::text AND "revokedAt" IS NULL AND "expiresAt" > ${new Date(at + day)}
      ORDER BY "createdAt" DESC LIMIT 1
    ), "fresh" AS (
      INSERT INTO "PersonalLink" ("id", "purpose", "ownerKind", "ownerId", "projectId", "subjectId", "singleUse", "tokenHash", "expiresAt", "createdAt")
      SELECT ${id}, ${purpose}, ${ownerKind}, ${ownerId}, ${projectId}, ${subjectId}, ${rule.singleUse}::boolean, ${tokenHash(linkToken(secret, id))}, ${expiresAt}::timestamp, ${new Date(at)}::timestamp
      WHERE NOT EXISTS (SELECT 1 FROM "known") RETURNING "id"
    )
    SELECT "id" FROM "known" UNION ALL SELECT "id" FROM "fresh"`;
  return found?.id ?? id;
}

/** The same for a crowd, in one statement: the ids, in the order they were asked for. For purposes whose links open more than once. */
export async function createLinks(tx: Tx, secret: string, links: readonly NewLink[]): Promise<string[]> {
  const wanted = links.map(({ purpose, ownerKind, ownerId, projectId = null, subjectId = null, at }, position) => {
    const rule = linkPurposes[purpose];
    if (rule.singleUse) throw new Error(`a link for ${purpose} is made for one person at a time`);
    const id = randomUUID();
    return { position, id, purpose, ownerKind, ownerId, projectId, subjectId, tokenHash: tokenHash(linkToken(secret, id)), expiresAt: new Date(at + rule.days * day), createdAt: new Date(at), validAt: new Date(at + day) };
  });
  const found = await tx.$queryRaw<{ position: number; id: string }[]>`
    WITH "wanted" AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        AS w("position" int, "id" text, "purpose" text, "ownerKind" text, "ownerId" text, "projectId" text, "subjectId" text, "tokenHash" text, "expiresAt" timestamp, "createdAt" timestamp, "validAt" timestamp)
    ), "known" AS (
      SELECT w."position", k."id" FROM "wanted" w CROSS JOIN LATERAL (
        SELECT l."id" FROM "PersonalLink" l WHERE l."ownerKind" = w."ownerKind" AND l."ownerId" = w."ownerId" AND l."purpose" = w."purpose" AND l."projectId" IS NOT DISTINCT FROM w."projectId"
          AND l."subjectId" IS NOT DISTINCT FROM w."subjectId" AND l."revokedAt" IS NULL AND l."expiresAt" > w."validAt" ORDER BY l."createdAt" DESC LIMIT 1
      ) k
    ), "fresh" AS (
      INSERT INTO "PersonalLink" ("id", "purpose", "ownerKind", "ownerId", "projectId", "subjectId", "singleUse", "tokenHash", "expiresAt", "createdAt")
      SELECT w."id", w."purpose", w."ownerKind", w."ownerId", w."projectId", w."subjectId", false, w."tokenHash", w."expiresAt", w."createdAt"
      FROM "wanted" w WHERE NOT EXISTS (SELECT FROM "known" k WHERE k."position" = w."position")
    )
    SELECT w."position", coalesce(k."id", w."id") AS "id" FROM "wanted" w LEFT JOIN "known" k USING ("position") ORDER BY w."position"`;
  return found.map(({ id }) => id);
}
