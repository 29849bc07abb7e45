import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@prisma/client';
import { relationsApart } from './relations-apart.ts';
import { plannedAlike, statementNames } from './statement-names.ts';

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/**
 * Opens the database everyone reads. Nothing is sent before the first query, so a process may start while PostgreSQL is away;
 * the pool connects again by itself when it comes back. `connectTimeoutMs` bounds the wait for a connection. `prepares`: all statements are kept
 * prepared, and a row comes with its relations in one, for a process that asks the same few by key, as the worker does; else only those that any value is planned alike for are,
 * and lists read their relations after the page is known.
 */
export function openDatabase(options: { url: string; poolSize?: number; connectTimeoutMs?: number; prepares?: boolean }): Db {
  const adapter = new PrismaPg(
    { connectionString: options.url, max: options.poolSize ?? 10, connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000 },
    // An idle connection that breaks (PostgreSQL restarted) is dropped from the pool; the next query opens another.
    { onPoolError: () => undefined, onConnectionError: () => undefined, statementNameGenerator: statementNames(options.prepares ? undefined : plannedAlike) },
  );
  const client = new PrismaClient({ adapter });
  // What the extension adds changes no type.
  return options.prepares ? client : (client.$extends(relationsApart) as unknown as Db);
}
