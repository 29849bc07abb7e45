import { assertBalanced, type PostingLine } from '../domain/ledger.ts';
import type { Tx } from './open.ts';

/** Posts one movement, once per key, in the transaction that causes it. The database refuses it again if it does not balance. `at` in ms. */
export async function postEntry(tx: Tx, entry: { key: string; projectId: string | null; what: string; lines: readonly PostingLine[]; at: number }): Promise<void> {
  assertBalanced(entry.lines);
  await tx.ledgerEntry.create({
    data: { key: entry.key, projectId: entry.projectId, what: entry.what, postedAt: new Date(entry.at), lines: { create: entry.lines.map((line) => ({ ...line, party: line.party ?? null })) } },
  });
}
