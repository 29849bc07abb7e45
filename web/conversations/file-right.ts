import type { StoredFile } from '@prisma/client';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import { mayReadBrief } from '../member/readable-project.ts';
import type { Access } from '../page.ts';

/**
 * A file of the project that this person may read: the company reads all of them; a member those joined to the brief they may read, and those of the
 * conversations they take part in. @throws Problem `not_found`, `not_allowed`
 */
export async function fileFor(deps: Deps, access: Access, id: string): Promise<StoredFile> {
  const file = await deps.db.storedFile.findFirst({ where: { id, projectId: access.projectId ?? '' } });
  if (!file) throw new Problem('not_found', `no file ${id}`);
  if (access.person.kind === 'client') {
    requireRight(access, 'readProject');
    return file;
  }
  const heard = await deps.db.messageFile.count({ where: { fileId: id, message: { conversation: { members: { some: { memberId: access.person.id ?? '' } } } } } });
  if (access.person.kind === 'member' && heard > 0) return file;
  const said = await deps.db.messageFile.count({ where: { fileId: id } });
  if (access.person.kind !== 'member' || said > 0 || !(await mayReadBrief(deps, access))) throw new Problem('not_found', `file ${id} is not theirs to read`);
  return file;
}
