import { createHash } from 'node:crypto';
import type { Db } from '../database/open.ts';
import { plainFileName } from '../domain/downloads.ts';
import { documentTypeOf, largestDocument } from '../domain/file-content.ts';
import { Problem } from '../domain/problem.ts';

/**
 * Keeps a file a member sends, before it is asked of anything: the same form's key keeps one, and a file already handed in is never replaced.
 * Returns its id. `at` in ms.
 * @throws Problem `file_kind_refused`, `file_too_large` (details: megabytes), `not_allowed`
 */
export async function keepMemberFile(db: Db, file: { key: string; memberId: string; name: string; bytes: Uint8Array; at: number }): Promise<string> {
  const { key, memberId, bytes } = file;
  if (bytes.length > largestDocument) throw new Problem('file_too_large', `${bytes.length} bytes`, { megabytes: largestDocument / 1024 / 1024 });
  const type = documentTypeOf(bytes);
  if (!type) throw new Problem('file_kind_refused', 'neither PDF, PNG nor JPEG', { fields: 'file' });
  const content = { name: plainFileName(file.name) || 'document', type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: Uint8Array.from(bytes) };
  return db.$transaction(async (tx) => {
    const known = await tx.memberFile.findUnique({ where: { id: key }, select: { memberId: true, documents: { select: { id: true } } } });
    if (known && known.memberId !== memberId) throw new Problem('not_allowed', 'another member’s form');
    if (!known) await tx.memberFile.create({ data: { id: key, memberId, ...content, createdAt: new Date(file.at) } });
    else if (known.documents.length === 0) await tx.memberFile.update({ where: { id: key }, data: content });
    return key;
  });
}

const week = 7 * 86_400_000;

/** Lets go of files whose form was never carried through. `at` in ms. Returns how many. */
export async function dropStrayFiles(db: Db, at: number): Promise<number> {
  const { count } = await db.memberFile.deleteMany({ where: { documents: { none: {} }, createdAt: { lt: new Date(at - week) } } });
  return count;
}
