import { Prisma } from '@prisma/client';
import type { Db, Tx } from '../open.ts';

/** Somebody who reads conversations, and the company they are of. */
export interface Reader {
  readonly kind: 'client' | 'member' | 'staff';
  readonly id: string;
  readonly company: { readonly id: string; readonly restricted: boolean } | null;
}

/** C7: the conversations somebody takes part in: those of the projects a company's person may see, those a member is in, and all of them for staff. */
export function conversationsOf({ kind, id, company }: Reader): Prisma.ConversationWhereInput {
  if (kind === 'staff') return {};
  if (kind === 'member') return { members: { some: { memberId: id } } };
  return { project: { companyId: company?.id ?? '', ...(company?.restricted ? { access: { some: { clientUserId: id } } } : {}) } };
}

/** C7: the same as `conversationsOf`, as a condition on "Conversation" c and "Project" p. */
export function readBy({ kind, id, company }: Reader): Prisma.Sql {
  if (kind === 'staff') return Prisma.sql`true`;
  if (kind === 'member') return Prisma.sql`EXISTS (SELECT FROM "ConversationMember" cm WHERE cm."conversationId" = c."id" AND cm."memberId" = ${id})`;
  const restricted = company?.restricted ? Prisma.sql`AND EXISTS (SELECT FROM "ClientProjectAccess" a WHERE a."projectId" = p."id" AND a."clientUserId" = ${id})` : Prisma.empty;
  return Prisma.sql`(p."companyId" = ${company?.id ?? ''} ${restricted})`;
}

/** Somebody has read a conversation so far, and never less than before. */
export async function markRead(db: Db | Tx, conversationId: string, reader: { kind: string; id: string; name: string }, seq: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ConversationReader" ("conversationId", "personKind", "personId", "personName", "readSeq")
    SELECT c."id", ${reader.kind}, ${reader.id}, ${reader.name}, least(${seq}::int, c."lastSeq") FROM "Conversation" c WHERE c."id" = ${conversationId}
    ON CONFLICT ("conversationId", "personKind", "personId") DO UPDATE SET "readSeq" = excluded."readSeq" WHERE "ConversationReader"."readSeq" < excluded."readSeq"`;
}
