import type { Db } from '../database/open.ts';
import { sha256OfBytes, unaltered, type KeptPdf } from './keep-invoice.ts';
import { makePdf } from './pdf/make-pdf.ts';
import type { ReadDocument } from './read.ts';

/** Documents that leave with e-mails, often for several readers at once. */
const sentKinds: readonly string[] = ['dunning_letter', 'payout_advice'];

/**
 * I6, I7: the PDF of a letter or of an advice, drawn and kept the first time it is asked for: whoever asks meanwhile waits for that one, and every
 * reader has the same file. Null for a document of another kind. @throws DocumentAltered when what is kept no longer gives its SHA-256
 */
export async function sentPdf(db: Db, documentId: string, document: ReadDocument): Promise<KeptPdf | null> {
  if (!sentKinds.includes(document.kind)) return null;
  const kept = await db.sentPdf.findUnique({ where: { documentId } });
  if (kept) return unaltered(documentId, kept);
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sent-pdf/${documentId}`}, 0))`;
    const meanwhile = await tx.sentPdf.findUnique({ where: { documentId } });
    if (meanwhile) return unaltered(documentId, meanwhile);
    const bytes = await makePdf({ ...document, xml: null });
    return tx.sentPdf.create({ data: { documentId, bytes: Uint8Array.from(bytes), sha256: sha256OfBytes(bytes) } });
  }, { timeout: 60_000, maxWait: 20_000 });
}
