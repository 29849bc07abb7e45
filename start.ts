// `npm start`: everything on one machine. What is not given by its variable is started here; all of it is stopped in order.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigProblem, type Environment, readEnvironment, readSecret } from './config.ts';
import { migrate } from './database/migrate.ts';
import { openDeps } from './deps.ts';
import { checkHealth, untilHealthy } from './health.ts';
import { keepRunning } from './local/child.ts';
import { type DataFolder, emptyDataFolder, openDataFolder } from './local/data-folder.ts';
import { demoData } from './local/demo.ts';
import { keepUp } from './local/keep-up.ts';
import { stopLeftover } from './local/leftover.ts';
import { needFree } from './local/ports.ts';
import { postgresFolder, startPostgres, stopLeftoverPostgres } from './local/postgres.ts';
import { startTemporal } from './local/temporal.ts';
import { temporalProgram } from './local/temporal-program.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const entries = { server: here('server.ts'), worker: here('worker.ts'), mailbox: here('local/mailbox-server.ts') };
const began = Date.now();
const say = (line: string): void => console.log(line);

/** The order in which all is stopped: those who use the others first, the database last. */
const stopOrder = [['server', 'worker'], ['mailbox'], ['temporal'], ['postgres']] as const;
const running: Partial<Record<(typeof stopOrder)[number][number], { stop(): Promise<void> }>> = {};
let data: DataFolder | undefined;
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    say('\nStopping …');
    void stopAll(0);
  });
}

try {
  await start(process.argv.slice(2));
} catch (cause) {
  if (!stopping) {
    const plain = cause instanceof ConfigProblem || (cause instanceof Error && !process.env.DEBUG);
    console.error(`\n${plain ? cause.message : String((cause as Error).stack ?? cause)}`);
    await stopAll(1);
  }
}

async function start(args: readonly string[]): Promise<void> {
  if (args.some((arg) => arg !== '--reset')) throw new ConfigProblem('Usage: npm start [-- --reset]');
  const settings = readEnvironment(process.env);
  const dataDir = resolve(settings.DATA_DIR);
  data = openDataFolder(dataDir);
  let folder = data;
  await stopLeftovers(folder, settings);
  if (args.includes('--reset')) {
    rmSync(postgresFolder(dataDir), { recursive: true, force: true });
    emptyDataFolder(dataDir);
    data = openDataFolder(dataDir);
    folder = data;
    say(`${dataDir} is empty again.${settings.DATABASE_URL ? ' The database of DATABASE_URL is left as it is.' : ''}`);
  }
  readSecret({ ...process.env, DATA_DIR: dataDir });
  await needPorts(settings);

  const [databaseUrl, temporal, mail] = await Promise.all([database(folder, settings), workflows(folder, settings), mailbox(folder, settings)]);
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_UI_URL: temporal.uiUrl,
    SMTP_URL: mail.smtpUrl,
    MAILBOX_URL: mail.url,
  };
  say('Starting the worker and the server …');
  await Promise.all(
    (['worker', 'server'] as const).map((name) => {
      const logFile = folder.logFile(name);
      const child = keepRunning({ name, entry: entries[name], env, logFile, pidFile: folder.pidFile(name), say });
      running[name] = child;
      return child.ready;
    }),
  );
  const deps = openDeps('start', { ...env, LOG_LEVEL: 'warn' });
  try {
    await untilHealthy(() => checkHealth(deps));
    const signIns = await demoData(deps, folder.file('demo-data'), say);
    announce(deps.config.publicUrl, temporal.uiUrl, mail.url, folder.path, signIns);
  } finally {
    await deps.close();
  }
}

/** A start that was killed may have left some of its parts: they end by themselves, and we wait until they have. */
async function stopLeftovers(data: DataFolder, settings: Environment): Promise<void> {
  const stopped = await Promise.all([
    ...Object.entries(entries).map(([name, entry]) => stopLeftover(data.pidFile(name), entry, 'SIGTERM')),
    stopLeftover(data.pidFile('temporal'), data.file('temporal.db'), 'SIGTERM'),
    settings.DATABASE_URL ? false : stopLeftoverPostgres(postgresFolder(data.path)),
  ]);
  if (stopped.includes(true)) say('Stopped what an interrupted start had left running.');
}

async function needPorts(settings: Environment): Promise<void> {
  const needed: [number, string, string][] = [[settings.PORT, 'PORT', 'the pages']];
  if (!settings.DATABASE_URL) needed.push([settings.POSTGRES_PORT, 'POSTGRES_PORT', 'PostgreSQL']);
  if (!settings.TEMPORAL_ADDRESS) {
    needed.push([settings.TEMPORAL_PORT, 'TEMPORAL_PORT', 'the Temporal server'], [settings.TEMPORAL_UI_PORT, 'TEMPORAL_UI_PORT', 'the Temporal UI']);
  }
  if (!settings.SMTP_URL) needed.push([settings.SMTP_PORT, 'SMTP_PORT', 'incoming mail'], [settings.MAILBOX_PORT, 'MAILBOX_PORT', 'the mailbox page']);
  for (const [port, variable, what] of needed) await needFree(port, variable, what);
}

async function database(data: DataFolder, settings: Environment): Promise<string> {
  let url = settings.DATABASE_URL;
  if (!url) {
    const logFile = data.logFile('postgres');
    const options = { folder: postgresFolder(data.path), port: settings.POSTGRES_PORT, logFile, settings: ['max_connections=200'] };
    const { first, stop } = await keepUp('PostgreSQL', () => startPostgres(options), say);
    running.postgres = { stop };
    await first.createDatabase('off_works');
    url = first.url('off_works');
  }
  const applied = await migrate(url);
  say(`PostgreSQL is ready${applied.length > 0 ? ` (applied ${applied.join(', ')})` : ''}.`);
  return url;
}

async function workflows(data: DataFolder, settings: Environment): Promise<{ address: string; uiUrl: string | undefined }> {
  if (settings.TEMPORAL_ADDRESS) return { address: settings.TEMPORAL_ADDRESS, uiUrl: settings.TEMPORAL_UI_URL };
  const program = await temporalProgram(say);
  const options = {
    program,
    port: settings.TEMPORAL_PORT,
    uiPort: settings.TEMPORAL_UI_PORT,
    dbFile: data.file('temporal.db'),
    namespace: settings.TEMPORAL_NAMESPACE,
    logFile: data.logFile('temporal'),
    pidFile: data.pidFile('temporal'),
  };
  const { first, stop } = await keepUp('The Temporal server', () => startTemporal(options), say);
  running.temporal = { stop };
  say('Temporal is ready.');
  return { address: first.address, uiUrl: settings.TEMPORAL_UI_URL ?? `http://localhost:${settings.TEMPORAL_UI_PORT}` };
}

async function mailbox(data: DataFolder, settings: Environment): Promise<{ smtpUrl: string; url: string | undefined }> {
  if (settings.SMTP_URL) return { smtpUrl: settings.SMTP_URL, url: settings.MAILBOX_URL };
  const child = keepRunning({
    name: 'mailbox',
    entry: entries.mailbox,
    args: [data.file('mails'), String(settings.SMTP_PORT), String(settings.MAILBOX_PORT)],
    env: process.env,
    logFile: data.logFile('mailbox'),
    pidFile: data.pidFile('mailbox'),
    say,
  });
  running.mailbox = child;
  await child.ready;
  say('The mailbox is ready.');
  return { smtpUrl: `smtp://127.0.0.1:${settings.SMTP_PORT}`, url: settings.MAILBOX_URL ?? `http://localhost:${settings.MAILBOX_PORT}` };
}

function announce(publicUrl: string, temporalUi: string | undefined, mailboxUrl: string | undefined, dataDir: string, signIns: readonly string[]): void {
  const rows: [string, string | undefined][] = [
    ['Staff console', `${publicUrl}/console`],
    ['Member and client pages', `${publicUrl}/`],
    ['Mailbox', mailboxUrl],
    ['Temporal UI', temporalUi],
    ['Data and logs', dataDir],
  ];
  say(`\nOFF-WORKS is ready after ${Math.round((Date.now() - began) / 1000)} s.\n`);
  for (const [what, where] of rows) if (where) say(`  ${what.padEnd(26)}${where}`);
  if (signIns.length > 0) say(`\nDemo sign-ins\n${signIns.map((line) => `  ${line}`).join('\n')}`);
  say('\nCtrl-C stops everything; the next start finds it as it was. `npm start -- --reset` begins again.');
}

async function stopAll(code: number): Promise<never> {
  stopping = true;
  for (const group of stopOrder) {
    await Promise.all(group.map(async (name) => running[name]?.stop().catch((cause: unknown) => console.error(String(cause)))));
  }
  data?.close();
  say('Stopped.');
  process.exit(code);
}
