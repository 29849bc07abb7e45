import { Prisma } from '@prisma/client';
import type { Db } from '../open.ts';
import { readBy, type Reader } from './readers.ts';

/** One conversation in a list, with how its last message begins and what is left to read. */
export interface ConversationRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly memberId: string | null;
  readonly lastAt: Date;
  readonly projectId: string;
  readonly ref: string;
  readonly projectTitle: string;
  readonly companyName: string;
  readonly members: string[];
  readonly lastAuthor: string | null;
  readonly lastText: string | null;
  readonly lastFiles: string[];
  readonly unread: number;
}

/** Counted so far, then "at least". */
const mostUnread = 100;

/** What somebody has not read of conversation c, up to `mostUnread`: neither what came or went, nor what they said themselves. */
const unreadOf = ({ kind, id }: Reader): Prisma.Sql => Prisma.sql`
  SELECT count(*)::int AS "unread" FROM (
    SELECT FROM "Message" m WHERE m."conversationId" = c."id" AND m."seq" > coalesce(r."readSeq", 0) AND m."kind" <> 'event'
      AND (m."authorKind" <> ${kind} OR m."authorId" IS DISTINCT FROM ${id}) LIMIT ${mostUnread}) x`;
const readerOf = ({ kind, id }: Reader): Prisma.Sql => Prisma.sql`LEFT JOIN "ConversationReader" r ON r."conversationId" = c."id" AND r."personKind" = ${kind} AND r."personId" = ${id}`;

/** C7: somebody's conversations, of one project or of all, the latest first, in one statement whatever they hold. */
export function conversationRows(db: Db, reader: Reader, { projectId, take }: { projectId?: string; take: number }): Promise<ConversationRow[]> {
  return db.$queryRaw<ConversationRow[]>`
    SELECT c."id", c."kind", c."title", c."memberId", c."lastAt", p."id" AS "projectId", p."ref", p."title" AS "projectTitle", k."name" AS "companyName",
      ARRAY(SELECT n."name" FROM "ConversationMember" cm JOIN "Member" n ON n."id" = cm."memberId" WHERE cm."conversationId" = c."id" ORDER BY cm."joinedAt", n."id") AS "members",
      l."authorName" AS "lastAuthor", l."text" AS "lastText",
      ARRAY(SELECT f."name" FROM "MessageFile" mf JOIN "StoredFile" f ON f."id" = mf."fileId" WHERE mf."messageId" = l."id" ORDER BY f."createdAt") AS "lastFiles", u."unread"
    FROM "Conversation" c JOIN "Project" p ON p."id" = c."projectId" JOIN "Company" k ON k."id" = p."companyId" ${readerOf(reader)}
    LEFT JOIN LATERAL (SELECT m."id", m."authorName", m."text" FROM "Message" m WHERE m."conversationId" = c."id" AND m."kind" <> 'event' ORDER BY m."seq" DESC LIMIT 1) l ON true
    CROSS JOIN LATERAL (${unreadOf(reader)}) u
    WHERE ${readBy(reader)} ${projectId ? Prisma.sql`AND c."projectId" = ${projectId}` : Prisma.empty}
    ORDER BY c."lastAt" DESC, c."id" DESC LIMIT ${take}`;
}

/** How many messages somebody has left to read in all, up to `mostUnread`, in one statement. */
export async function unreadInAll(db: Db, reader: Reader): Promise<number> {
  const [found] = await db.$queryRaw<{ unread: number }[]>`
    SELECT least(coalesce(sum(u."unread"), 0), ${mostUnread})::int AS "unread"
    FROM "Conversation" c JOIN "Project" p ON p."id" = c."projectId" ${readerOf(reader)} CROSS JOIN LATERAL (${unreadOf(reader)}) u
    WHERE ${readBy(reader)} AND c."lastSeq" > coalesce(r."readSeq", 0)`;
  return found?.unread ?? 0;
}
