import { draftFiles } from '../../domain/brief-steps.ts';
import { Problem } from '../../domain/problem.ts';
import type { Db, Tx } from '../open.ts';
import { keepFile } from '../stored-files.ts';

const ofDraft = (draftId: string) => ({ ownerKind: 'visitor', ownerId: draftId, projectId: null });

/** The files of a draft, in their order. */
export function filesOfDraft(db: Db | Tx, draftId: string) {
  return db.storedFile.findMany({ where: ofDraft(draftId), orderBy: { createdAt: 'asc' }, select: { id: true, name: true, size: true, type: true } });
}

/** Keeps files with a draft; one of the same name takes the other's place. @throws Problem `draft_full`, and those of `keepFile` */
export async function keepDraftFiles(tx: Tx, draftId: string, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "BriefDraft" WHERE "id" = ${draftId} FOR UPDATE`;
  for (const file of files) {
    await tx.storedFile.deleteMany({ where: { ...ofDraft(draftId), name: file.name } });
    await keepFile(tx, { ownerKind: 'visitor', ownerId: draftId, name: file.name, bytes: file.bytes });
  }
  const kept = await filesOfDraft(tx, draftId);
  const bytes = kept.reduce((sum, { size }) => sum + size, 0);
  if (kept.length > draftFiles.most || bytes > draftFiles.bytes) throw new Problem('draft_full', `${kept.length} files, ${bytes} bytes`, { count: draftFiles.most, megabytes: draftFiles.bytes / 1024 / 1024 });
}

export async function dropDraftFile(db: Db, draftId: string, id: string): Promise<void> {
  await db.storedFile.deleteMany({ where: { ...ofDraft(draftId), id } });
}

/** The brief became a project: its files are the client's. */
export async function giveFilesToProject(tx: Tx, draftId: string, projectId: string, clientUserId: string): Promise<void> {
  await tx.storedFile.updateMany({ where: ofDraft(draftId), data: { projectId, ownerKind: 'client', ownerId: clientUserId } });
}

/** A new draft of an old brief has its files, in their latest version. */
export async function copyFilesToDraft(tx: Tx, projectId: string, draftId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "StoredFile" ("id", "ownerKind", "ownerId", "projectId", "name", "type", "size", "sha256", "bytes")
    SELECT gen_random_uuid()::text, 'visitor', ${draftId}, NULL, f."name", f."type", f."size", f."sha256", f."bytes"
    FROM (SELECT DISTINCT ON ("name") * FROM "StoredFile" WHERE "projectId" = ${projectId} AND "ownerKind" = 'client' ORDER BY "name", "createdAt" DESC) f
    ORDER BY f."createdAt" LIMIT ${draftFiles.most}`;
}
