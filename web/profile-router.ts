import { Router, type Request } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { memberAccess } from './access.ts';
import { dataFile, myDataPage } from './member/my-data-page.ts';
import { profilePage, profilePreviewPage } from './member/profile-page.ts';
import { referencePage } from './member/reference-page.ts';
import type { Access } from './page.ts';
import { actOnPage, showPage } from './serve-page.ts';
import { sendStoredFile } from './stored-file.ts';

/** M2: a member's own profile, its references and its pictures, and all we hold about them: nobody else's are under these addresses. */
export function profileRouter(deps: Deps): Router {
  const router = Router();
  for (const [path, page] of [['/profile', profilePage], ['/profile/preview', profilePreviewPage], ['/profile/references/:id', referencePage], ['/my-data', myDataPage]] as const) {
    router.get(path, async (request, response) => showPage(deps, page, await ownAccess(deps, request, path), request, response));
    router.post(`${path}/do/:act`, async (request, response) => actOnPage(deps, page, await ownAccess(deps, request, path), String(request.params.act), request, response));
  }
  router.get('/profile/picture/:id', async (request, response) => {
    const { person } = await memberAccess(deps, request, '/profile');
    const mine = { id: person.id };
    const file = await deps.db.storedFile.findFirst({
      where: { id: String(request.params.id), type: { startsWith: 'image/' }, OR: [{ pictureOf: { some: mine } }, { shownIn: { some: { memberId: person.id } } }] },
      select: { name: true, type: true, bytes: true, sha256: true },
    });
    if (!file) throw new Problem('not_found', 'no picture of theirs');
    sendStoredFile(file, response);
  });
  router.get('/my-data/export.json', async (request, response) => {
    const { person } = await memberAccess(deps, request, '/my-data');
    const { name, content } = await dataFile(deps, person.id, Date.now());
    response.set({ 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'private, no-store' }).type('application/json; charset=utf-8').send(content);
  });
  return router;
}

async function ownAccess(deps: Deps, request: Request, path: string): Promise<Access> {
  const id = String(request.params.id ?? '');
  const access = await memberAccess(deps, request, '/profile');
  return { ...access, subjectId: id || null, base: path.replace(':id', encodeURIComponent(id)) };
}
