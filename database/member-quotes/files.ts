import { Problem } from '../../domain/problem.ts';
import type { Db, Tx } from '../open.ts';
import { keepFile } from '../stored-files.ts';

/** What may be joined to one quote. */
export const quoteFiles = { most: 10, bytes: 20 * 1024 * 1024 } as const;

interface Whose { readonly roundId: string; readonly memberId: string }

/**
 * M9: joins files to the quote a member is writing, beside those named already (`ids`). A file posted again with the same content is the one there is.
 * @returns the ids of all of them, in their order
 * @throws Problem `quote_files_full`, and those of `keepFile`
 */
export async function joinFiles(db: Db, { roundId, memberId }: Whose, ids: readonly string[], files: readonly { name: string; bytes: Uint8Array }[]): Promise<string[]> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
    const named = await filesNamed(tx, { roundId, memberId }, ids);
    for (const file of files) {
      const fileId = await keepFile(tx, { ownerKind: 'member', ownerId: memberId, ...file });
      const kept = await tx.storedFile.findUniqueOrThrow({ where: { id: fileId }, select: { id: true, name: true, size: true, sha256: true } });
      const same = named.find(({ sha256, name }) => sha256 === kept.sha256 && name === kept.name);
      if (same) await tx.storedFile.delete({ where: { id: fileId } });
      else {
        await tx.quoteFile.create({ data: { roundId, memberId, fileId } });
        named.push(kept);
      }
    }
    const bytes = named.reduce((total, { size }) => total + size, 0);
    if (named.length > quoteFiles.most || bytes > quoteFiles.bytes) throw new Problem('quote_files_full', `${named.length} files, ${bytes} bytes`, { count: quoteFiles.most, megabytes: quoteFiles.bytes / 1024 / 1024 });
    return named.map(({ id }) => id);
  });
}

/** Those of the files named that are this member's for this round, in the order they were joined. */
export async function filesNamed(db: Db | Tx, { roundId, memberId }: Whose, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const files = await db.storedFile.findMany({
    where: { id: { in: [...ids] }, joinedTo: { some: { roundId, memberId } } }, orderBy: { createdAt: 'asc' }, select: { id: true, name: true, size: true, sha256: true },
  });
  return files;
}

/** M9: a quote that is sent has the files it names, and what was joined to its draft and taken away again is forgotten. @throws Problem `not_found` */
export async function giveFilesToQuote(tx: Tx, { roundId, memberId, quoteId }: Whose & { readonly quoteId: string }, ids: readonly string[]): Promise<void> {
  const named = await filesNamed(tx, { roundId, memberId }, ids);
  if (named.length !== new Set(ids).size) throw new Problem('not_found', 'a file named is not theirs');
  for (const { id } of named) await tx.quoteFile.create({ data: { roundId, memberId, quoteId, fileId: id } });
  const ofDraft = { roundId, memberId, quoteId: null };
  const joined = await tx.quoteFile.findMany({ where: ofDraft, select: { fileId: true } });
  await tx.quoteFile.deleteMany({ where: ofDraft });
  await tx.storedFile.deleteMany({ where: { id: { in: joined.map(({ fileId }) => fileId) }, joinedTo: { none: {} } } });
  await tx.memberQuoteDraft.deleteMany({ where: { roundId, memberId } });
}
