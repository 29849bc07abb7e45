import type { Db } from '../database/open.ts';
import { invoicePdf, sha256OfBytes } from './keep-invoice.ts';
import { sentPdf } from './keep-sent-pdf.ts';
import { pdfFileName } from './pdf/file-name.ts';
import { makePdf } from './pdf/make-pdf.ts';
import { documentFor } from './read.ts';

export interface DocumentPdf {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** Of these bytes. */
  readonly sha256: string;
}

/**
 * The file of a kept document: the kept Factur-X of an invoice, the one PDF of what leaves with e-mails, a PDF made from the page of any other (C9, C10, I10).
 * @throws Problem `not_found` · DocumentAltered
 */
export async function documentPdf(db: Db, documentId: string): Promise<DocumentPdf> {
  const document = await documentFor(db, documentId);
  const named = { kind: document.kind, name: pdfFileName(document.title) };
  const kept = await invoicePdf(db, documentId);
  if (kept) return { ...named, bytes: Buffer.from(kept.bytes), sha256: kept.sha256 };
  const sent = await sentPdf(db, documentId, document);
  if (sent) return { ...named, bytes: Buffer.from(sent.bytes), sha256: sent.sha256 };
  const bytes = await makePdf({ ...document, xml: null });
  return { ...named, bytes, sha256: sha256OfBytes(bytes) };
}
