// The HTTP process: staff console, member and client pages, personal links, health.
import { createServer } from 'node:http';
import { consoleRouter } from './admin/router.ts';
import { createApp } from './app.ts';
import { openDeps } from './deps.ts';
import { onShutdown } from './shutdown.ts';
import { liveOf } from './web/conversations/live.ts';
import { webRouter } from './web/router.ts';

const deps = openDeps('server');
const app = createApp(deps, { console: await consoleRouter(deps), web: webRouter(deps) });
const server = createServer(app);

onShutdown(deps.log, async () => {
  // Open streams are ended, requests under way are answered; idle connections are closed so as not to wait for them.
  await liveOf(deps).close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
  await deps.close();
});

server.once('error', (cause) => {
  deps.log.fatal({ err: cause }, 'cannot listen');
  process.exit(1);
});
server.listen(deps.config.port, () => {
  deps.log.info({ port: deps.config.port, publicUrl: deps.config.publicUrl }, 'listening');
  process.send?.('ready');
});
