import './environment.ts';
import { AdminJS } from 'adminjs';
import { buildAuthenticatedRouter } from '@adminjs/express';
import { Database } from '@adminjs/prisma';
import session from 'express-session';
import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { largestDownload } from '../domain/downloads.ts';
import { accountingExport } from './accounting-exports.ts';
import { componentLoader, components } from './components.ts';
import { ensureBundle } from './ensure-bundle.ts';
import { adminLocale } from './locale.ts';
import { consolePages } from './pages/index.ts';
import { ConsoleRecords } from './resources/console-records.ts';
import { consoleResources } from './resources/index.ts';
import { cookieName, keepSeen, sessionOptions } from './session.ts';
import { signInRouter } from './sign-in-router.ts';
import { conversationFile } from './conversation-file.ts';
import { documentFile } from './document-file.ts';
import { candidatureFile, memberFile } from './member-file.ts';
import { quoteFile } from './quote-file.ts';
import { transferFileRoute } from './transfer-file.ts';
import { localeAsked, speaker } from './text.ts';
import { uploads } from './uploads.ts';
import { withoutWebFont } from './without-web-font.ts';
import { workQueue } from './work-queue.ts';
import type { Staff } from './actions/console-step.ts';

AdminJS.registerAdapter({ Database, Resource: ConsoleRecords });

/** The staff console, mounted at /console. Its session table is made by a migration. */
export async function consoleRouter(deps: Deps): Promise<Router> {
  await ensureBundle((line) => deps.log.info(line));
  const admin = new AdminJS({
    rootPath: '/console',
    loginPath: '/console/login',
    logoutPath: '/console/logout',
    componentLoader,
    resources: consoleResources(deps) as never,
    pages: consolePages(deps),
    dashboard: {
      component: components.workQueue,
      handler: async (request: { query?: Record<string, unknown> }, _response: unknown, context: { currentAdmin?: unknown }) =>
        workQueue(deps, context.currentAdmin as Staff, speaker(localeAsked(request)), request.query),
    },
    locale: adminLocale,
    version: { admin: false },
    branding: {
      companyName: 'OFF-WORKS', withMadeWithLove: false, logo: false, favicon: '/assets/icon.svg',
      theme: {
        colors: { primary100: '#b02f16', primary80: '#bf5945', primary60: '#d08273', primary40: '#dfaca2', primary20: '#fdf1ee', accent: '#17171a', hoverBg: '#f8e1dc', filterBg: '#fffefb', bg: '#f6f4ef', grey60: '#5c5a55', grey40: '#67645d' },
      },
    },
    settings: { defaultPerPage: 25 },
  });
  const sessions = sessionOptions(deps);
  // The pages of sign-in are ours and stand before AdminJS's, which never sees a password.
  const router = buildAuthenticatedRouter(admin, { authenticate: () => null, cookieName, cookiePassword: deps.secret }, null, sessions, { maxFieldsSize: 2 * 1024 * 1024, maxFileSize: largestDownload });
  router.get('/member-files/:id', memberFile(deps));
  router.get('/candidature-files/:id', candidatureFile(deps));
  router.get('/quote-files/:id', quoteFile(deps));
  router.get('/conversation-files/:id', conversationFile(deps));
  router.get('/transfer-files/:ref', transferFileRoute(deps));
  router.get('/document-files/:id', documentFile(deps));
  router.get('/exports/:name', accountingExport(deps));
  return Router().use(session(sessions), keepSeen(deps), signInRouter(deps), uploads, withoutWebFont, router);
}
