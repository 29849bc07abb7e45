import { addNote, removeNote } from '../../database/candidate-notes.ts';
import { addToShortlist, removeFromShortlist } from '../../database/casting/shortlist.ts';
import type { Deps } from '../../deps.ts';
import { castingOpen } from '../../domain/casting/casting-open.ts';
import type { ClientAct } from '../../domain/client-rights.ts';
import { Problem } from '../../domain/problem.ts';
import { inviteMember } from '../../steps/project-steps.ts';
import { requireRight } from '../access.ts';
import { askStep } from '../ask.ts';
import { text, texts } from '../body.ts';
import { searchText, searchTyped } from '../casting-search.ts';
import type { Access, Act, Done } from '../page.ts';

/** C4, C5: what may be done from the search, a profile and the shortlist alike: keep in mind, note, invite. */
export const castingActs = {
  addToShortlist: writing('shortlist', 'shortlisted', (deps, { projectId, clientId, at }, body) => addToShortlist(deps.db, { projectId, memberId: text(body, 'memberId'), addedById: clientId, at })),
  removeFromShortlist: writing('shortlist', 'unlisted', (deps, { projectId }, body) => removeFromShortlist(deps.db, { projectId, memberId: text(body, 'memberId') })),
  addNote: writing('noteCandidates', 'noted', async (deps, { projectId, clientId, at }, body, key) => {
    const memberId = text(body, 'memberId');
    // A note is about somebody a client may see: an active member, or one already kept in mind, invited or a candidate.
    const seen = { OR: [{ state: 'active' }, { shortlisted: { some: { projectId } } }, { invitations: { some: { projectId } } }, { applications: { some: { application: { projectId } } } }] };
    if ((await deps.db.member.count({ where: { id: memberId, ...seen } })) === 0) throw new Problem('not_found', `${memberId} is nobody they see`);
    await addNote(deps.db, { key, projectId, memberId, authorId: clientId, text: text(body, 'text'), at });
  }),
  removeNote: writing('noteCandidates', 'noteRemoved', (deps, { projectId, clientId }, body) => removeNote(deps.db, { id: text(body, 'noteId'), projectId, authorId: clientId })),
  async inviteMember(deps: Deps, access: Access, body: Record<string, unknown>, key: string): Promise<Done> {
    requireRight(access, 'inviteMembers');
    const memberIds = texts(body, 'memberIds');
    if (memberIds.length === 0) throw new Problem('nobody_ticked', 'nobody is ticked');
    const { ref } = await projectOf(deps, access);
    await askStep(deps, access, key, inviteMember, `project/${ref}`, { memberIds, message: text(body, 'message') });
    return backTo(access, body, 'invited');
  },
} satisfies Record<string, Act>;

interface Place { readonly projectId: string; readonly clientId: string; readonly at: number }

/** Plain data of a company on a project whose casting is open. @throws Problem `not_allowed`, `over` */
function writing(right: ClientAct, notice: string, write: (deps: Deps, place: Place, body: Record<string, unknown>, key: string) => Promise<void>): Act {
  return async (deps, access, body, key) => {
    requireRight(access, right);
    const { id, stage } = await projectOf(deps, access);
    if (!castingOpen(stage)) throw new Problem('over', `the project is ${stage}`);
    await write(deps, { projectId: id, clientId: access.person.id, at: Date.now() }, body, key);
    return backTo(access, body, notice);
  };
}

/** The page the form stood on, with the search it showed. */
function backTo(access: Access, body: Record<string, unknown>, notice: string): Done {
  const search = searchText(searchTyped(Object.fromEntries(pairs(text(body, 'search')))));
  return { notice, to: search ? `${access.base}?${search}` : access.base };
}

function pairs(query: string): Map<string, string | string[]> {
  const given = new URLSearchParams(query);
  return new Map([...new Set(given.keys())].map((name) => [name, given.getAll(name).length > 1 ? given.getAll(name) : (given.get(name) ?? '')]));
}

/** The search a form carried along, as a query again. */
export function searchCarried(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(pairs(text(body, 'search')));
}

function projectOf(deps: Deps, access: Access) {
  return deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, select: { id: true, ref: true, stage: true } });
}
