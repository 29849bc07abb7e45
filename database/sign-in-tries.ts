import { createHash } from 'node:crypto';
import { Problem } from '../domain/problem.ts';
import { counted, forgottenAfter, waitLeft, waitShown, type Tries, type TryKind } from '../domain/sign-in-delay.ts';
import type { Db, Tx } from './open.ts';

/** Whose tries are counted: what was typed as an address, known or not, and where it comes from. */
export interface Trier { readonly email: string; readonly address: string }

const accountKey = (email: string): string => `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('hex')}`;
const keysOf = ({ email, address }: Trier): readonly (readonly [TryKind, string])[] => [['account', accountKey(email)], ['address', `address:${address}`]];

/**
 * Counts a try before it is judged (S5). `at` in ms.
 * @throws Problem `sign_in_wait` (details: seconds or minutes), and the try is not taken
 */
export async function takeTry(db: Db, trier: Trier, at: number): Promise<void> {
  const left = await db.$transaction(async (tx) => {
    const known = [] as { kind: TryKind; key: string; tries: Tries }[];
    for (const [kind, key] of keysOf(trier)) known.push({ kind, key, tries: await locked(tx, key, at) });
    const wait = Math.max(...known.map(({ tries }) => waitLeft(tries, at)));
    if (wait > 0) return wait;
    for (const { kind, key, tries } of known) {
      const next = counted(kind, tries, at);
      await tx.signInTry.update({ where: { key }, data: { tries: next.tries, lastAt: new Date(next.lastAt), openAt: new Date(next.openAt) } });
    }
    return 0;
  }, { timeout: 15_000, maxWait: 10_000 });
  if (left > 0) throw new Problem('sign_in_wait', 'too many tries', waitShown(left));
}

async function locked(tx: Tx, key: string, at: number): Promise<Tries> {
  const now = new Date(at);
  await tx.$executeRaw`INSERT INTO "SignInTry" ("key", "tries", "lastAt", "openAt") VALUES (${key}, 0, ${now}, ${now}) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`SELECT 1 FROM "SignInTry" WHERE "key" = ${key} FOR UPDATE`;
  const row = await tx.signInTry.findUniqueOrThrow({ where: { key } });
  return { tries: row.tries, lastAt: row.lastAt.getTime(), openAt: row.openAt.getTime() };
}

/** A right answer gives the address its try back: who shares it is not held up by it. */
export async function giveBackAddress(db: Db, { address }: Trier, at: number): Promise<void> {
  await db.$executeRaw`UPDATE "SignInTry" SET "tries" = greatest("tries" - 1, 0), "openAt" = ${new Date(at)} WHERE "key" = ${`address:${address}`}`;
}

/** Whoever has signed in for good starts again from nothing. */
export async function forgetTries(db: Db | Tx, email: string): Promise<void> {
  await db.signInTry.deleteMany({ where: { key: accountKey(email) } });
}

/** Those that count no more. @returns how many */
export async function dropOldTries(db: Db, at: number): Promise<number> {
  return (await db.signInTry.deleteMany({ where: { lastAt: { lt: new Date(at - forgottenAfter) } } })).count;
}
