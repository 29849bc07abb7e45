import { Prisma } from '@prisma/client';
import type { Db } from '../open.ts';
import { readBy, type Reader } from './readers.ts';

export interface FoundMessage { readonly id: string; readonly conversationId: string; readonly seq: number; readonly authorName: string; readonly text: string; readonly createdAt: Date }

/** Pattern of LIKE around what was typed, taken for itself. */
const around = (word: string): string => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** C7: the messages of somebody's conversations that hold every word typed, accents and capitals aside, newest first, from the trigram index. */
export async function searchMessages(db: Db, reader: Reader, typed: string, take: number): Promise<FoundMessage[]> {
  const words = typed.split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.join('').length < 2) return [];
  const held = Prisma.join(words.map((word) => Prisma.sql`searchable(m."text") LIKE searchable(${around(word)}::text)`), ' AND ');
  return db.$queryRaw<FoundMessage[]>`
    SELECT m."id", m."conversationId", m."seq", m."authorName", m."text", m."createdAt" FROM "Message" m JOIN "Conversation" c ON c."id" = m."conversationId" JOIN "Project" p ON p."id" = c."projectId"
    WHERE m."kind" <> 'event' AND ${held} AND ${readBy(reader)} ORDER BY m."createdAt" DESC, m."id" DESC LIMIT ${take}`;
}
