import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { Deps } from './deps.ts';
import { checkHealth } from './health.ts';
import { maskPath } from './mask-path.ts';

/**
 * The HTTP side: health, staff console under /console, member and client pages and personal links at the root.
 * Each router brings its own body parsers, sessions and error pages.
 */
export function createApp(deps: Deps, routers: { console?: Router; web?: Router }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustProxy);
  const secure = deps.config.publicUrl.startsWith('https://');
  app.use(logRequests(deps));
  app.get('/healthz', health(deps));
  // The console writes its state and its styles into the page: it alone may run what stands there.
  app.use('/console', protect(secure, { script: ["'self'", "'unsafe-inline'"], style: ["'self'", "'unsafe-inline'"] }));
  if (routers.console) app.use('/console', routers.console);
  app.use(protect(secure, { script: ["'self'"], style: ["'self'"] }));
  // The address of a personal link is its key: it goes nowhere.
  app.use('/l', (_request, response, next) => {
    response.set('Referrer-Policy', 'no-referrer').set('Cache-Control', 'no-store').set('X-Robots-Tag', 'noindex, nofollow');
    next();
  });
  if (routers.web) app.use(routers.web);
  app.use((_request, response) => void response.status(404).type('text').send('Page introuvable.\nPage not found.\n'));
  app.use(lastResort(deps));
  return app;
}

function health(deps: Deps): RequestHandler {
  return async (_request, response) => {
    const { ok, parts, causes } = await checkHealth(deps);
    if (!ok) deps.log.warn({ parts, causes }, 'not healthy');
    response
      .status(ok ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ok ? 'ok' : 'degraded', ...parts });
  };
}

/** No third-party content anywhere, no framing by others; `secure` only when the public address is https. */
function protect(secure: boolean, allowed: { script: string[]; style: string[] }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: allowed.script,
        styleSrc: allowed.style,
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'same-origin' },
  });
}

function logRequests(deps: Deps): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { method, originalUrl } = request;
    response.on('close', () => {
      const line = { method, path: maskPath(originalUrl), status: response.statusCode, ms: Math.round(performance.now() - started) };
      if (response.statusCode >= 500) deps.log.error(line, 'request');
      else deps.log.info(line, 'request');
    });
    next();
  };
}

/** Only what no router expected comes here: the person gets a plain sentence, the operator the cause. */
function lastResort(deps: Deps) {
  return (cause: unknown, request: Request, response: Response, next: NextFunction): void => {
    deps.log.error({ err: cause, path: maskPath(request.originalUrl) }, 'unexpected');
    if (response.headersSent) return next(cause);
    const status = (cause as { status?: number }).status;
    response
      .status(status && status >= 400 && status < 500 ? status : 500)
      .type('text')
      .send('Un problème est survenu de notre côté. Rien n’est perdu : revenez en arrière et réessayez.\nSomething went wrong on our side. Please go back and try again.\n');
  };
}
