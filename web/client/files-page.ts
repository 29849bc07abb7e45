import { recordEvent } from '../../database/audit.ts';
import { keepFile } from '../../database/stored-files.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';
import { filesIn } from '../uploads.ts';

/** Of a project, versions included. */
const most = 300;

/** C1, C7: the files of a project: what the company joins to its brief, for the members who read it. Giving a name again keeps the earlier version. */
export const clientFilesPage: Page = {
  template: 'client-files',
  async show(deps, access) {
    requireRight(access, 'readProject');
    const project = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, select: { ref: true, title: true } });
    const files = await deps.db.storedFile.findMany({
      where: { projectId: access.projectId }, orderBy: { createdAt: 'desc' }, take: 300,
      select: { id: true, name: true, type: true, size: true, createdAt: true, ownerKind: true, ownerId: true, messages: { take: 1, select: { message: { select: { authorName: true, conversationId: true } } } } },
    });
    const named = new Map<string, typeof files>();
    // The same name is another version of the same file only when the same side gave it.
    const sameFile = (file: (typeof files)[number]): string => `${file.ownerKind === 'client' ? 'client' : `${file.ownerKind}/${file.ownerId}`}/${file.name}`;
    for (const file of files) named.set(sameFile(file), [...(named.get(sameFile(file)) ?? []), file]);
    return {
      title: project.title, project, mayAttach: access.may('attachFiles'),
      files: [...named.values()].map(([latest, ...earlier]) => ({ ...latest, picture: latest?.type.startsWith('image/'), pdf: latest?.type === 'application/pdf', ...fromTalk(latest?.messages[0]?.message, access), kilobytes: Math.ceil((latest?.size ?? 0) / 1024), version: earlier.length + 1, earlier })),
    };
  },
  acts: {
    async attachFiles(deps, access, body, key) {
      requireRight(access, 'attachFiles');
      const files = filesIn(body, 'files');
      if (files.length === 0) throw new Problem('form_invalid', 'no file', { fields: 'files' });
      const by = { kind: 'client' as const, id: access.person.id, name: access.name };
      await deps.db.$transaction(async (tx) => {
        // The form's key is the deed: posted twice, its files are kept once.
        const fresh = await tx.appliedStep.createMany({ data: { key: `files/${key}`, result: {} }, skipDuplicates: true });
        if (fresh.count === 0) return;
        if ((await tx.storedFile.count({ where: { projectId: access.projectId } })) + files.length > most) throw new Problem('form_invalid', 'too many files', { fields: 'files' });
        for (const file of files) await keepFile(tx, { ownerKind: 'client', ownerId: access.person.id, projectId: access.projectId, name: file.name, bytes: file.bytes });
        await recordEvent(tx, { by, action: 'project.filesAttached', subject: access.root.split('/').pop() ?? '', projectId: access.projectId, data: { count: files.length }, at: Date.now() });
      });
      return { notice: 'filesAttached' };
    },
    async removeFile(deps, access, body) {
      requireRight(access, 'attachFiles');
      await deps.db.$transaction(async (tx) => {
        const { count } = await tx.storedFile.deleteMany({ where: { id: text(body, 'fileId'), projectId: access.projectId, ownerKind: 'client', messages: { none: {} } } });
        if (count > 0) await recordEvent(tx, { by: { kind: 'client', id: access.person.id, name: access.name }, action: 'project.fileRemoved', subject: access.root.split('/').pop() ?? '', projectId: access.projectId, at: Date.now() });
      });
      return { notice: 'fileRemoved' };
    },
  },
};

/** Of a file joined to a message: by whom, and where it was said. What was said stays. */
function fromTalk(message: { authorName: string; conversationId: string } | undefined, access: Access): { from?: string; talkHref?: string; mayRemove: boolean } {
  if (!message) return { mayRemove: access.may('attachFiles') };
  return { from: message.authorName, talkHref: access.may('readConversations') ? `${access.root}/p/conversation/${message.conversationId}` : undefined, mayRemove: false };
}
