import type { Prisma } from '@prisma/client';
import type { Db } from '../open.ts';

/** What was typed of a quote, by field; lines as the form has them. */
export type QuoteDraftFields = Readonly<Record<string, unknown>>;

interface Whose { readonly roundId: string; readonly memberId: string }

/** M9: keeps a quote being written, right or wrong; the last save wins. `version`: what it is to become. `at` in ms. */
export async function saveMemberQuoteDraft(db: Db, { roundId, memberId }: Whose, version: number, fields: QuoteDraftFields, at: number): Promise<void> {
  const kept = { version, fields: fields as Prisma.InputJsonObject, updatedAt: new Date(at) };
  await db.memberQuoteDraft.upsert({ where: { roundId_memberId: { roundId, memberId } }, create: { roundId, memberId, ...kept }, update: kept });
}

/** The draft of this version, or null: one of a version that was sent meanwhile is over. */
export async function memberQuoteDraft(db: Db, { roundId, memberId }: Whose, version: number): Promise<{ fields: QuoteDraftFields; updatedAt: Date } | null> {
  const draft = await db.memberQuoteDraft.findUnique({ where: { roundId_memberId: { roundId, memberId } } });
  return draft?.version === version ? { fields: draft.fields as QuoteDraftFields, updatedAt: draft.updatedAt } : null;
}

/** Thrown away by its author. */
export async function dropMemberQuoteDraft(db: Db, { roundId, memberId }: Whose): Promise<void> {
  await db.memberQuoteDraft.deleteMany({ where: { roundId, memberId } });
}
