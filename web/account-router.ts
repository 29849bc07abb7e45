import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { clientAccess, personAccess } from './access.ts';
import { text } from './body.ts';
import { collaboratorsPage } from './client/collaborators-page.ts';
import { companyPage } from './client/company-page.ts';
import { isOwnPath } from './own-path.ts';
import { actOnPage, showPage } from './serve-page.ts';
import { signedIn } from './session.ts';
import { rememberChoice } from './locale.ts';
import { emailPage } from './workspace/email-page.ts';
import { sessionsPage } from './workspace/sessions-page.ts';

/** What is of the person or of the company, and of no project: people, company, sessions, language. */
export function accountRouter(deps: Deps): Router {
  const router = Router();
  for (const [path, page, open] of [['/collaborators', collaboratorsPage, clientAccess], ['/company', companyPage, clientAccess], ['/sessions', sessionsPage, personAccess], ['/email', emailPage, personAccess]] as const) {
    router.get(path, async (request, response) => showPage(deps, page, await open(deps, request, path), request, response));
    router.post(`${path}/do/:act`, async (request, response) => actOnPage(deps, page, await open(deps, request, path), String(request.params.act), request, response));
  }
  /** The language of pages and, for somebody signed in, of their e-mails. */
  router.post('/language', async (request, response) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const locale = text(body, 'locale') === 'en' ? 'en' : 'fr';
    rememberChoice(locale, response);
    const who = await signedIn(deps, request);
    if (who?.person.kind === 'client') await deps.db.clientUser.update({ where: { id: who.person.id }, data: { locale } });
    if (who?.person.kind === 'member') await deps.db.member.update({ where: { id: who.person.id }, data: { locale } });
    const back = text(body, 'back');
    response.redirect(303, isOwnPath(back) ? back : '/');
  });
  return router;
}
