import { createHash } from 'node:crypto';
import { fileTypeOf, largestFile } from '../domain/file-content.ts';
import { Problem } from '../domain/problem.ts';
import type { Tx } from './open.ts';

export interface FileToKeep {
  readonly ownerKind: 'client' | 'member' | 'staff' | 'visitor';
  readonly ownerId: string;
  readonly projectId?: string | null;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Keeps a file as it came and answers its id. @throws Problem `file_too_large`, `file_not_taken` when its content is none of `fileTypes` */
export async function keepFile(tx: Tx, file: FileToKeep): Promise<string> {
  if (file.bytes.length > largestFile) throw new Problem('file_too_large', `${file.bytes.length} bytes`, { megabytes: largestFile / 1024 / 1024 });
  const type = fileTypeOf(file.bytes, file.name);
  if (!type) throw new Problem('file_not_taken', 'its content is none of the kinds taken', { name: file.name });
  const { id } = await tx.storedFile.create({
    data: {
      ownerKind: file.ownerKind, ownerId: file.ownerId, projectId: file.projectId ?? null, name: shortName(file.name), type,
      size: file.bytes.length, sha256: createHash('sha256').update(file.bytes).digest('hex'), bytes: new Uint8Array(file.bytes),
    },
    select: { id: true },
  });
  return id;
}

/** The name as it may be shown: no path, no control character, at most 120 characters with its ending kept. */
function shortName(name: string): string {
  const plain = (name.split(/[\\/]/).pop() ?? '').replace(/\p{Cc}/gu, '').trim() || 'document';
  const [, stem = plain, ending = ''] = /^(.*?)(\.[^.]{1,8})?$/.exec(plain) ?? [];
  return `${stem.slice(0, 120 - ending.length)}${ending}`;
}
