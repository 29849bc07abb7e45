import { randomUUID } from 'node:crypto';
import type { CandidateNoteShown } from '../../database/candidate-notes.ts';
import type { Typed } from '../page.ts';

/** The notes about one member with the form for another; what was typed and refused is still there. */
export function notesView(memberId: string, notes: readonly CandidateNoteShown[] | undefined, readerId: string, typed: Typed | null) {
  const draft = typed?.act === 'addNote' && typed.body.memberId === memberId ? typed : null;
  return { memberId, list: (notes ?? []).map((note) => ({ ...note, mine: note.authorId === readerId })), draft: draft ? String(draft.body.text ?? '') : '', key: draft?.key || randomUUID() };
}
