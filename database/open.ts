import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@prisma/client';

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/**
 * Opens the database everyone reads. Nothing is sent before the first query, so a process may start while PostgreSQL is away;
 * the pool connects again by itself when it comes back. `connectTimeoutMs` bounds the wait for a connection.
 */
export function openDatabase(options: { url: string; poolSize?: number; connectTimeoutMs?: number }): Db {
  const adapter = new PrismaPg(
    { connectionString: options.url, max: options.poolSize ?? 10, connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000 },
    // An idle connection that breaks (PostgreSQL restarted) is dropped from the pool; the next query opens another.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  return new PrismaClient({ adapter });
}
