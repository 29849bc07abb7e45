import { createHash } from 'node:crypto';
import { mostCandidatureFiles, mostWaitingBytes } from '../../domain/candidature-files.ts';
import { plainFileName } from '../../domain/downloads.ts';
import { documentTypeOf, largestDocument } from '../../domain/file-content.ts';
import { Problem } from '../../domain/problem.ts';
import type { Db, Tx } from '../open.ts';

export interface SentFile { readonly name: string; readonly bytes: Uint8Array }
export interface KeptFile { readonly id: string; readonly name: string; readonly type: string; readonly size: number }

const shown = { id: true, name: true, type: true, size: true } as const;
const inOrder = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

/** The files that came with a form and wait for its candidature to be confirmed. */
export function filesOfForm(db: Db, formKey: string): Promise<KeptFile[]> {
  return db.candidatureFile.findMany({ where: { formKey, memberId: null }, orderBy: inOrder, select: shown });
}

/** The files of a candidature. */
export function filesOfCandidate(db: Db | Tx, memberId: string): Promise<KeptFile[]> {
  return db.candidatureFile.findMany({ where: { memberId }, orderBy: inOrder, select: shown });
}

/**
 * M1: keeps what came with a form before the form itself is read, so that a field to mend costs nobody their files; takes away those no longer wanted.
 * The same file twice is one. Those that can be kept are, even when another cannot. `at` in ms.
 * @throws Problem `file_kind_refused`, `file_too_large` (details: megabytes), `too_many_files` (details: most), `files_full`; each with its field
 */
export async function keepFormFiles(db: Db, formKey: string, files: readonly SentFile[], dropped: readonly string[], at: number): Promise<KeptFile[]> {
  const read = files.map(readFile);
  const problem = await db.$transaction(async (tx) => {
    // One post of a form at a time: the count below holds until the transaction ends.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`candidature-form/${formKey}`}, 0))`;
    await tx.candidatureFile.deleteMany({ where: { formKey, memberId: null, id: { in: [...dropped] } } });
    return addFiles(tx, { formKey, memberId: null }, read, at);
  });
  if (problem) throw problem;
  return filesOfForm(db, formKey);
}

/** The same for a candidature that is being studied. In the transaction that changes it. */
export async function changeCandidateFiles(tx: Tx, memberId: string, files: readonly SentFile[], dropped: readonly string[], at: number): Promise<void> {
  await tx.candidatureFile.deleteMany({ where: { memberId, id: { in: [...dropped] } } });
  const problem = await addFiles(tx, { formKey: `own/${memberId}`, memberId }, files.map(readFile), at);
  if (problem) throw problem;
}

/** A form's files become those of the candidature it was. */
export async function claimFormFiles(tx: Tx, ids: readonly string[], memberId: string): Promise<void> {
  if (ids.length > 0) await tx.candidatureFile.updateMany({ where: { id: { in: [...ids] }, memberId: null }, data: { memberId } });
}

type ReadFile = Problem | { readonly name: string; readonly type: string; readonly size: number; readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Told from its own bytes: a name or a type that a browser gives proves nothing. */
function readFile({ name, bytes }: SentFile): ReadFile {
  if (bytes.length > largestDocument) return new Problem('file_too_large', `${bytes.length} bytes`, { fields: 'files', megabytes: largestDocument / 1024 / 1024 });
  const type = documentTypeOf(bytes);
  if (!type) return new Problem('file_kind_refused', 'neither PDF, PNG nor JPEG', { fields: 'files' });
  return { name: plainFileName(name) || 'document', type, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: Uint8Array.from(bytes) };
}

async function addFiles(tx: Tx, whose: { formKey: string; memberId: string | null }, files: readonly ReadFile[], at: number): Promise<Problem | null> {
  const known = await tx.candidatureFile.findMany({ where: whose.memberId === null ? whose : { memberId: whose.memberId }, select: { sha256: true } });
  const had = new Set(known.map(({ sha256 }) => sha256));
  const problem = files.find((file) => file instanceof Problem) ?? null;
  for (const [index, file] of files.entries()) {
    if (file instanceof Problem || had.has(file.sha256)) continue;
    if (had.size >= mostCandidatureFiles) return new Problem('too_many_files', `${had.size} already`, { fields: 'files', most: mostCandidatureFiles });
    if (whose.memberId === null && (await waitingBytes(tx)) + file.size > mostWaitingBytes) return new Problem('files_full', 'too much waits to be confirmed', { fields: 'files' });
    await tx.candidatureFile.create({ data: { ...whose, ...file, createdAt: new Date(at + index) }, select: { id: true } });
    had.add(file.sha256);
  }
  return problem;
}

async function waitingBytes(tx: Tx): Promise<number> {
  const { _sum } = await tx.candidatureFile.aggregate({ where: { memberId: null }, _sum: { size: true } });
  return _sum.size ?? 0;
}
