import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { stopAlerts } from '../../database/member/alerts.ts';
import { refuseShares } from '../../database/project-shares.ts';
import { passwordLinkOf } from '../../database/staff-password-links.ts';
import type { Deps } from '../../deps.ts';
import { clientMay } from '../../domain/client-rights.ts';
import { Problem } from '../../domain/problem.ts';
import { resolveLink } from '../../links/resolve.ts';
import { conversationPage } from '../conversations/conversation-page.ts';
import { fileFor } from '../conversations/file-right.ts';
import { sendStream } from '../conversations/stream.ts';
import { sendDocumentPage } from '../document-page.ts';
import { localeOf } from '../locale.ts';
import { sendQuoteFile } from '../member/quote-file.ts';
import { sendCandidatureFile, sendMemberFile } from '../member-file.ts';
import type { Access, Page } from '../page.ts';
import { pageOf, pagesOf } from '../pages.ts';
import { sendStoredFile } from '../stored-file.ts';
import { actOnPage, sendProblem, showPage } from '../serve-page.ts';
import { showInvitation, useInvitation } from '../visitor/accept-invitation.ts';
import { confirmBrief, showBriefToConfirm } from '../visitor/confirm-brief.ts';
import { renewBriefLink, staleBriefOf } from '../visitor/stale-brief.ts';
import { confirmCandidature, showCandidatureToConfirm } from '../visitor/confirm-candidature.ts';
import { showSignIn, useSignIn } from '../visitor/sign-in.ts';
import { showPasswordChoice, takePasswordChoice } from './staff-password.ts';

/** Personal links: `/l/TOKEN` opens the page of its purpose for its owner, and the pages that stand under it. */
export function linkRouter(deps: Deps): Router {
  const router = Router();

  router.get('/:token', async (request, response) => {
    const opened = await openOrPassword(deps, request);
    if ('stale' in opened && opened.stale) return sendProblem(request, response, opened.stale.problem, { renewKey: randomUUID() });
    if ('password' in opened && opened.password) return showPasswordChoice(opened.password, request, response);
    const { link, access } = opened;
    if (link.purpose === 'confirm_brief') return showBriefToConfirm(deps, link, request, response);
    if (link.purpose === 'confirm_candidature') return showCandidatureToConfirm(deps, link, request, response);
    if (link.purpose === 'sign_in') return showSignIn(request, response);
    if (link.purpose === 'client_invitation') return showInvitation(deps, link, request, response);
    await showPage(deps, first(link.purpose), access, request, response);
  });
  router.post('/:token', async (request, response) => {
    const opened = await openOrPassword(deps, request);
    if ('stale' in opened && opened.stale) return renewBriefLink(deps, opened.stale, request, response);
    if ('password' in opened && opened.password) return takePasswordChoice(deps, opened.password, request, response);
    const { link } = opened;
    if (link.purpose === 'confirm_brief') return confirmBrief(deps, link, request, response);
    if (link.purpose === 'confirm_candidature') return confirmCandidature(deps, link, request, response);
    if (link.purpose === 'sign_in') return useSignIn(deps, link, request, response);
    if (link.purpose === 'client_invitation') return useInvitation(deps, link, request, response);
    throw new Problem('not_found', 'nothing to post here');
  });
  /** RFC 8058: the mail program posts here by itself. */
  router.post('/:token/unsubscribe', async (request, response) => {
    const { link } = await open(deps, request);
    if (link.purpose === 'alert_settings') await stopAlerts(deps.db, link.ownerId);
    else if (link.purpose === 'shared_project' || link.purpose === 'recommended') await refuseShares(deps.db, link.subjectId ?? '', Date.now());
    else throw new Problem('not_found', 'a link to stop nothing by');
    response.status(200).type('text').send('OK');
  });
  router.get('/:token/unsubscribe', (request, response) => response.redirect(303, `${request.baseUrl}/${request.params.token}`));
  router.post('/:token/do/:act', async (request, response) => {
    const { link, access } = await open(deps, request);
    await actOnPage(deps, first(link.purpose), access, request.params.act, request, response);
  });
  router.get('/:token/document/:id', async (request, response) => {
    const { access } = await open(deps, request);
    await sendDocumentPage(deps, access, request.params.id, response);
  });
  router.get('/:token/file/:id', async (request, response) => {
    const { link, access } = await open(deps, request);
    if (pagesOf[link.purpose]?.conversation) return sendStoredFile(await fileFor(deps, access, request.params.id), response, request.query.download !== undefined);
    if (link.purpose === 'member_quote') return sendQuoteFile(deps, { id: request.params.id, memberId: access.person.id }, response);
    if (link.purpose === 'candidature') return sendCandidatureFile(deps, { id: request.params.id, memberId: access.person.id }, response);
    if (link.purpose !== 'member_documents') throw new Problem('not_found', 'no files under this link');
    await sendMemberFile(deps, { id: request.params.id, memberId: access.person.id }, response);
  });
  router.get('/:token/stream', async (request, response) => {
    const { link, access } = await open(deps, request);
    if (first(link.purpose) !== pagesOf[link.purpose]?.conversation) throw new Problem('not_found', 'no conversation under this link');
    await sendStream(deps, access, request, response);
  });
  router.get('/:token/p/:page/:subject/stream', async (request, response) =>
    under(deps, request, response, async (page, access) => {
      if (page !== conversationPage) throw new Problem('not_found', 'no stream here');
      await sendStream(deps, access, request, response);
    }));
  router.get('/:token/p/:page/:subject', async (request, response) => under(deps, request, response, (page, access) => showPage(deps, page, access, request, response)));
  router.post('/:token/p/:page/:subject/do/:act', async (request, response) =>
    under(deps, request, response, (page, access) => actOnPage(deps, page, access, String(request.params.act), request, response)),
  );
  return router;
}

function first(purpose: string): Page {
  const [page] = Object.values(pagesOf[purpose] ?? {});
  if (!page) throw new Problem('not_found', `no page for ${purpose}`);
  return page;
}

async function under(deps: Deps, request: Request, _response: Response, use: (page: Page, access: Access) => Promise<void>): Promise<void> {
  const { link, access } = await open(deps, request);
  const page = pageOf(link.purpose, String(request.params.page));
  if (!page) throw new Problem('not_found', `no such page under ${link.purpose}`);
  const subjectId = String(request.params.subject);
  await use(page, { ...access, subjectId, base: `${access.root}/p/${String(request.params.page)}/${subjectId}` });
}

/** Nearly always a personal link; a token that is none may be staff's, to choose a password, and one that is too old a brief's, whose author has no other way in. */
async function openOrPassword(deps: Deps, request: Request) {
  try {
    return await open(deps, request);
  } catch (cause) {
    const staleBrief = cause instanceof Problem && cause.code === 'link_expired' ? await staleBriefOf(deps.db, String(cause.details.linkId)) : null;
    if (staleBrief) return { stale: { staleBrief, problem: new Problem('confirmation_expired', `the link of brief ${staleBrief} has expired`) } };
    const password = cause instanceof Problem && cause.code === 'link_unknown' ? await passwordLinkOf(deps.db, String(request.params.token), Date.now()) : null;
    if (!password) throw cause;
    return { password };
  }
}

async function open(deps: Deps, request: Request) {
  const token = String(request.params.token);
  const { link, owner } = await resolveLink(deps.db, token, Date.now());
  const root = `/l/${token}`;
  const contact = link.ownerKind === 'billing';
  const access: Access = {
    person: { kind: contact ? 'visitor' : (link.ownerKind as 'client' | 'member' | 'visitor'), id: link.ownerId }, name: owner.name, locale: localeOf(request),
    projectId: link.projectId, subjectId: link.subjectId, base: root, root, linkId: link.id,
    company: owner.company, may: (act) => (contact ? clientMay('read_only', act) : owner.company !== null && clientMay(owner.company.role, act)),
    context: { ip: request.ip ?? '', userAgent: (request.get('user-agent') ?? '').slice(0, 300) },
  };
  return { link, access };
}
