import { assertBalanced, type PostingLine } from '../domain/ledger.ts';
import type { Tx } from './open.ts';
import { orderedId } from './ordered-id.ts';

/** Posts one movement, once per key, in the transaction that causes it. The database refuses it again if it does not balance. `at` in ms. */
export async function postEntry(tx: Tx, entry: { key: string; projectId: string | null; what: string; lines: readonly PostingLine[]; at: number }): Promise<void> {
  assertBalanced(entry.lines);
  const lines = entry.lines.map(({ account, party, debitCents, creditCents }) => ({ id: orderedId(), account, party: party ?? null, debitCents, creditCents }));
  // The entry and its lines in one statement.
  await tx.$executeRaw`
    WITH "entry" AS (
      INSERT INTO "LedgerEntry" ("id", "key", "projectId", "what", "postedAt")
      VALUES (${orderedId()}, ${entry.key}, ${entry.projectId}, ${entry.what}, ${new Date(entry.at)}::timestamp) RETURNING "id"
    )
    INSERT INTO "LedgerLine" ("id", "entryId", "account", "party", "debitCents", "creditCents")
    SELECT l."id", e."id", l."account", l."party", l."debitCents", l."creditCents"
    FROM "entry" e, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS l("id" text, "account" text, "party" text, "debitCents" int, "creditCents" int)`;
}
