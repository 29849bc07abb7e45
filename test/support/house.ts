import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomInt, randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createApp } from '../../app.ts';
import type { Deps } from '../../deps.ts';
import { webRouter } from '../../web/router.ts';
import { freshDatabase } from './database.ts';
import { testMailbox, type TestMailbox } from './mailbox.ts';
import { devTemporal, runWorker } from './temporal.ts';

export interface House {
  readonly deps: Deps & { publicUrl: string; mailFrom: string; smtpUrl: string; taskQueue: string };
  readonly url: string;
  readonly mailbox: TestMailbox;
  /** Another server on the same database, with something of it replaced. */
  another(change: Partial<Deps>): Promise<string>;
}

/** Pages (and console, if given) over HTTP, with the real workflows on the shared development server. Call it at the top of a file. */
export async function openHouse(more: { console?: (deps: Deps) => Promise<Router> } = {}): Promise<House> {
  const { db, url: databaseUrl } = await freshDatabase();
  const mailbox = await testMailbox();
  const temporal = await devTemporal();
  // The server is shared by files whose databases would all number their projects, and name their workflows, from 1.
  await db.numberSeries.create({ data: { series: `project/${new Date().getFullYear() % 100}`, last: randomInt(10_000, 900_000) } });
  const taskQueue = `house-${randomUUID()}`;
  const secret = 'house'.repeat(8);
  const config = {
    dataDir: '', databaseUrl, databasePool: 10, temporalAddress: temporal.address, temporalNamespace: 'default', temporalApiKey: null, temporalUiUrl: null, taskQueue,
    smtpUrl: mailbox.smtpUrl, mailFrom: 'OFF-WORKS <bonjour@off-works.test>', mailboxUrl: null, port: 0, publicUrl: 'http://off-works.test', trustProxy: 0, sessionHours: 12, logLevel: 'silent',
  };
  const deps = { config, db, temporal: temporal.client, log: pino({ level: 'silent' }), secret, publicUrl: config.publicUrl, mailFrom: config.mailFrom, smtpUrl: config.smtpUrl, taskQueue };
  const open = async (used: Deps): Promise<string> => {
    const server = createServer(createApp(used, { web: webRouter(used), ...(more.console ? { console: await more.console(used) } : {}) }));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    afterAll(() => new Promise<void>((done) => { server.closeAllConnections(); server.close(() => done()); }));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const url = await open(deps);
  await runWorker(temporal, createActivities(deps), { taskQueue });
  return { deps, url, mailbox, another: (change) => open({ ...deps, ...change }) };
}
