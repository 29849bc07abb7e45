import type { Prisma } from '@prisma/client';
import type { PageLocale } from '../locale.ts';
import { renderPart } from '../view.ts';

export const withFiles = { files: { select: { file: { select: { id: true, name: true, type: true, size: true } } } } } satisfies Prisma.MessageInclude;
export type MessageRow = Prisma.MessageGetPayload<{ include: typeof withFiles }>;

/** One message as a page shows it; `root`: under which its files stand; `me` says which are one's own, as KIND:ID. */
export function messageView(message: MessageRow, root: string, me: string) {
  const author = `${message.authorKind}:${message.authorId ?? ''}`;
  return {
    seq: message.seq, kind: message.kind, event: message.kind === 'event', notice: message.kind === 'notice', toAll: message.noticeId !== null, authorKind: message.authorKind, authorName: message.authorName, author, mine: author === me,
    text: message.text, at: message.createdAt.toISOString(),
    files: message.files.map(({ file }) => ({ name: file.name, href: `${root}/file/${file.id}`, picture: file.type.startsWith('image/'), kilobytes: Math.ceil(file.size / 1024) })),
  };
}

/** The same, alone, to be added to a page that is open: whose it is, that page knows. */
export function renderMessage(message: MessageRow, root: string, locale: PageLocale): string {
  return renderPart('message', locale, messageView(message, root, ''));
}
