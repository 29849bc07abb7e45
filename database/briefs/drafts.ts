import { createHash, randomBytes } from 'node:crypto';
import { draftDays } from '../../domain/brief-steps.ts';
import type { Db, Tx } from '../open.ts';

/** Whose drafts: a client's own, or a visitor's by the secret their browser keeps. */
export type DraftOwner = { readonly clientUserId: string } | { readonly secret: string };
/** By name, as typed. */
export type DraftFields = Readonly<Record<string, string | readonly string[]>>;

export interface Draft { readonly id: string; readonly fields: DraftFields; readonly updatedAt: Date; readonly sentAt: Date | null }

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const owned = (owner: DraftOwner) => ('clientUserId' in owner ? { clientUserId: owner.clientUserId } : { secretHash: hash(owner.secret), clientUserId: null });

/** A secret for a visitor's cookie; only its hash is kept here. */
export const newDraftSecret = (): string => randomBytes(32).toString('base64url');

/** Begins a draft; the form's key is its id, so that it begins once. */
export async function beginDraft(tx: Tx, id: string, owner: DraftOwner, fields: DraftFields): Promise<void> {
  await tx.briefDraft.createMany({ data: { id, ...owned(owner), fields: fields, updatedAt: new Date() }, skipDuplicates: true });
}

/** A draft of theirs, or null. */
export async function draftOf(db: Db, owner: DraftOwner, id: string): Promise<Draft | null> {
  const draft = await db.briefDraft.findFirst({ where: { id, ...owned(owner) } });
  return draft && { ...draft, fields: draft.fields as DraftFields };
}

/** Their drafts, the latest first; `sent`: handed in, and waiting for the address to be confirmed. */
export async function draftsOf(db: Db, owner: DraftOwner): Promise<{ id: string; title: string; updatedAt: Date; sent: boolean }[]> {
  const drafts = await db.briefDraft.findMany({ where: owned(owner), orderBy: { updatedAt: 'desc' }, take: 20 });
  return drafts.map(({ id, fields, updatedAt, sentAt }) => ({ id, updatedAt, sent: sentAt !== null, title: String((fields as DraftFields).title ?? '') }));
}

/** Adds what was typed to what was; the fields of other steps stay. */
export async function saveDraft(db: Db | Tx, owner: DraftOwner, id: string, typed: DraftFields): Promise<void> {
  const where = owned(owner);
  // One statement, so that two windows open on two steps lose nothing of each other.
  await db.$executeRaw`
    UPDATE "BriefDraft" SET "fields" = "fields" || ${JSON.stringify(typed)}::jsonb, "updatedAt" = now()
    WHERE "id" = ${id} AND coalesce("clientUserId", "secretHash") = ${where.clientUserId ?? ('secretHash' in where ? where.secretHash : '')}`;
}

/** Throws a draft away with its files. */
export async function dropDraft(tx: Tx, owner: DraftOwner, id: string): Promise<void> {
  const { count } = await tx.briefDraft.deleteMany({ where: { id, ...owned(owner) } });
  if (count > 0) await tx.storedFile.deleteMany({ where: { ownerKind: 'visitor', ownerId: id, projectId: null } });
}

/** Forgets drafts nobody has touched for `draftDays`, with their files. `at` in ms. Returns how many. */
export async function dropOldDrafts(db: Db, at: number): Promise<number> {
  const stale = await db.briefDraft.findMany({ where: { updatedAt: { lt: new Date(at - draftDays * 86_400_000) } }, select: { id: true }, take: 500 });
  if (stale.length === 0) return 0;
  const ids = stale.map(({ id }) => id);
  const [, { count }] = await db.$transaction([
    db.storedFile.deleteMany({ where: { ownerKind: 'visitor', ownerId: { in: ids }, projectId: null } }),
    db.briefDraft.deleteMany({ where: { id: { in: ids } } }),
  ]);
  return count;
}
