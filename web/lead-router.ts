import { Router, type Request } from 'express';
import { referralStatement } from '../database/leads/statement.ts';
import type { Deps } from '../deps.ts';
import { memberAccess } from './access.ts';
import { sendDocumentPage } from './document-page.ts';
import { memberLeadPage } from './member/lead-page.ts';
import { memberLeadsPage } from './member/leads-page.ts';
import { newLeadPage } from './member/new-lead-page.ts';
import { recommendPage } from './member/recommend-page.ts';
import { statementFile } from './member/statement-file.ts';
import type { Access } from './page.ts';
import { actOnPage, showPage } from './serve-page.ts';

/** M14, I8: the business a member brings, and what it earns them; M1: the people they bring. */
export function leadRouter(deps: Deps): Router {
  const router = Router();
  router.get('/leads/statement.csv', async (request, response) => {
    const access = await memberAccess(deps, request, '/leads');
    const now = Date.now();
    const file = statementFile(await referralStatement(deps.db, access.person.id, now), access.locale);
    response.set({ 'Content-Disposition': `attachment; filename="off-works-${new Date(now).toISOString().slice(0, 10)}.csv"`, 'Cache-Control': 'private, no-store' }).type('text/csv; charset=utf-8').send(file);
  });
  router.get('/leads/statement/:id', async (request, response) => sendDocumentPage(deps, await memberAccess(deps, request, '/leads'), String(request.params.id), response));
  for (const [path, page] of [['/leads', memberLeadsPage], ['/leads/new', newLeadPage], ['/recommend', recommendPage], ['/leads/:id', memberLeadPage]] as const) {
    router.get(path, async (request, response) => showPage(deps, page, await ownAccess(deps, request, path), request, response));
    router.post(`${path}/do/:act`, async (request, response) => actOnPage(deps, page, await ownAccess(deps, request, path), String(request.params.act), request, response));
  }
  return router;
}

async function ownAccess(deps: Deps, request: Request, path: string): Promise<Access> {
  const id = String(request.params.id ?? '');
  const access = await memberAccess(deps, request, '/leads');
  return { ...access, subjectId: id || null, base: path.replace(':id', encodeURIComponent(id)) };
}
