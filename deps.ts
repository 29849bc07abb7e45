import { Client, Connection } from '@temporalio/client';
import { type Logger, pino } from 'pino';
import { type Config, readConfig, readSecret } from './config.ts';
import { type Db, openDatabase } from './database/open.ts';

/** What pages, console and activities work with. */
export interface Deps {
  readonly config: Config;
  readonly db: Db;
  readonly temporal: Client;
  readonly log: Logger;
  /** 32 characters or more: signs links and sessions, encrypts bank details. */
  readonly secret: string;
}

/** Opens everything without waiting for any of it: a server that is away is found again when it is back. */
export function openDeps(name: string, variables: NodeJS.ProcessEnv = process.env): Deps & { connection: Connection; close(): Promise<void> } {
  const config = readConfig(variables);
  const db = openDatabase({ url: config.databaseUrl, poolSize: config.databasePool, prepares: name === 'worker' });
  const connection = Connection.lazy({
    address: config.temporalAddress,
    ...(config.temporalApiKey ? { tls: true, apiKey: config.temporalApiKey } : {}),
    // Its stock patience between two attempts grows to two minutes, long after the server is back.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 2_000 },
  });
  return {
    config,
    db,
    connection,
    temporal: new Client({ connection, namespace: config.temporalNamespace }),
    log: pino({ name, level: config.logLevel }),
    secret: readSecret(variables),
    close: async () => {
      await Promise.allSettled([connection.close(), db.$disconnect()]);
    },
  };
}
