import type { Db } from './open.ts';
import { verifyDocuments } from './verify-ledger/documents.ts';
import { verifyEntries } from './verify-ledger/entries.ts';
import type { LedgerMisfit } from './verify-ledger/misfit.ts';
import { verifyNumbers } from './verify-ledger/numbers.ts';
import { verifyAllowances, verifySums } from './verify-ledger/sums.ts';

export interface LedgerVerification {
  readonly entries: number;
  readonly numbers: number;
  readonly documents: number;
  readonly misfits: readonly LedgerMisfit[];
}

/**
 * I9: works out every entry, balance, number series, allowance and document hash again from what caused them, and says what does not fit.
 * One view of the database throughout, however busy it is; `most` misfits are told one by one.
 */
export async function verifyLedger(db: Db, most = 200): Promise<LedgerVerification> {
  return db.$transaction(async (tx) => {
    const misfits: LedgerMisfit[] = [];
    const tell = (misfit: LedgerMisfit): void => {
      if (misfits.length < most) misfits.push(misfit);
    };
    const entries = await verifyEntries(tx, tell);
    await verifySums(tx, tell);
    await verifyAllowances(tx, tell);
    const numbers = await verifyNumbers(tx, tell);
    const documents = await verifyDocuments(tx, tell);
    return { entries, numbers, documents, misfits };
  }, { isolationLevel: 'RepeatableRead', timeout: 3_600_000, maxWait: 10_000 });
}
