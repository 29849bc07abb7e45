import { Router, type Request } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { projectAccess, requireRight } from './access.ts';
import { castingPage } from './client/casting-page.ts';
import { memberProfilePage } from './client/member-profile-page.ts';
import { shortlistPage } from './client/shortlist-page.ts';
import type { Access } from './page.ts';
import { actOnPage, showPage } from './serve-page.ts';
import { sendStoredFile } from './stored-file.ts';

/** C4: the casting of a project, for its company: searching members, their profiles, the shortlist. */
export function castingRouter(deps: Deps): Router {
  const router = Router();
  for (const [path, page] of [['casting', castingPage], ['shortlist', shortlistPage], ['members/:handle', memberProfilePage]] as const) {
    router.get(`/projects/:ref/${path}`, async (request, response) => showPage(deps, page, await castingAccess(deps, request, path), request, response));
    router.post(`/projects/:ref/${path}/do/:act`, async (request, response) => actOnPage(deps, page, await castingAccess(deps, request, path), String(request.params.act), request, response));
  }
  router.get('/projects/:ref/members/:handle/picture/:id', async (request, response) => {
    requireRight(await castingAccess(deps, request, 'members/:handle'), 'searchMembers');
    const of = { handle: String(request.params.handle), state: 'active' };
    // Only the pictures that members show: whatever else they sent stays theirs.
    const file = await deps.db.storedFile.findFirst({
      where: { id: String(request.params.id), type: { startsWith: 'image/' }, OR: [{ pictureOf: { some: of } }, { shownIn: { some: { member: of } } }] },
      select: { name: true, type: true, bytes: true, sha256: true },
    });
    if (!file) throw new Problem('not_found', 'no picture they show');
    sendStoredFile(file, response);
  });
  return router;
}

async function castingAccess(deps: Deps, request: Request, path: string): Promise<Access> {
  const access = await projectAccess(deps, request);
  if (access.person.kind !== 'client') throw new Problem('not_found', 'clients only');
  const handle = String(request.params.handle ?? '');
  return { ...access, subjectId: handle || access.subjectId, base: `${access.root}/${path.replace(':handle', encodeURIComponent(handle))}` };
}
