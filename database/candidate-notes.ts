import { Problem } from '../domain/problem.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';

export interface CandidateNoteShown {
  readonly id: string;
  readonly memberId: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly text: string;
  readonly createdAt: Date;
}

/** In characters. */
export const longestNote = 2_000;
const mostNotes = 1_000;

/** What a company's people wrote to each other about members on a project, by member, the oldest first. Members never read it. */
export async function notesOn(db: Db | Tx, projectId: string, memberIds: readonly string[]): Promise<Map<string, CandidateNoteShown[]>> {
  const notes = await db.candidateNote.findMany({
    where: { projectId, memberId: { in: [...memberIds] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, memberId: true, authorId: true, text: true, createdAt: true, author: { select: { name: true } } },
  });
  const byMember = new Map<string, CandidateNoteShown[]>();
  for (const { author, ...note } of notes) byMember.set(note.memberId, [...(byMember.get(note.memberId) ?? []), { ...note, authorName: author.name }]);
  return byMember;
}

/** A note more. `key`: the form's own, the same key is the same note; `at` in ms. @throws Problem `form_invalid` when there is no text, or too much of it */
export async function addNote(db: Db, note: { key: string; projectId: string; memberId: string; authorId: string; text: string; at: number }): Promise<void> {
  const { key, at, ...given } = note;
  if (given.text === '' || given.text.length > longestNote) throw new Problem('form_invalid', 'a note has 1 to 2,000 characters', { fields: 'text' });
  await once(db, `note/${key}`, async (tx) => {
    if ((await tx.candidateNote.count({ where: { projectId: given.projectId } })) >= mostNotes) throw new Problem('form_invalid', 'too many notes on a project', { fields: 'text' });
    await tx.candidateNote.create({ data: { ...given, createdAt: new Date(at) } });
    return {};
  });
}

/** Its author takes it back; nobody else can. Twice is once. */
export async function removeNote(db: Db, { id, projectId, authorId }: { id: string; projectId: string; authorId: string }): Promise<void> {
  await db.candidateNote.deleteMany({ where: { id, projectId, authorId } });
}
