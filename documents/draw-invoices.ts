import type { Db } from '../database/open.ts';
import { invoicePdf } from './keep-invoice.ts';

/**
 * I10: draws the invoices issued since the last time, one by one, so that the worker does other things in between; answers how many. Each is claimed:
 * workers side by side share them. One that cannot be drawn is told to `failed`, stays to be drawn, and holds up none of the others.
 */
export async function drawInvoices(db: Db, failed: (documentId: string, cause: unknown) => void, stopped: () => boolean = () => false): Promise<number> {
  let [drawn, after] = [0, ''];
  while (!stopped()) {
    const claimed: { id: string | null } = { id: null };
    try {
      await db.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ documentId: string }[]>`
          DELETE FROM "InvoicePdfToDraw" WHERE "documentId" = (SELECT "documentId" FROM "InvoicePdfToDraw" WHERE "documentId" > ${after} ORDER BY 1 LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING "documentId"`;
        claimed.id = row?.documentId ?? null;
        if (claimed.id !== null) await invoicePdf(tx, claimed.id);
      }, { timeout: 60_000 });
      if (claimed.id === null) return drawn;
      drawn += 1;
    } catch (cause) {
      if (claimed.id === null) throw cause;
      failed(claimed.id, cause);
    }
    after = claimed.id;
  }
  return drawn;
}
