import { createHash } from 'node:crypto';
import type { Db, Tx } from '../database/open.ts';
import { facturXOf, type InvoiceDraft } from './factur-x/from-document.ts';
import { writeCii } from './factur-x/write-cii.ts';
import { makePdf } from './pdf/make-pdf.ts';
import { DocumentAltered, documentFor } from './read.ts';
import { documentTitle, renderDocument } from './render.ts';
import { sha256Of, storeDocument, type StoredDocument } from './store.ts';

/**
 * I10: keeps a numbered invoice, in the transaction that issues it: its page, and what machines read of it, from the same data. The Factur-X that
 * holds both is drawn later, for a person should not wait for it, and from these alone: nothing that changes meanwhile has a part in it.
 * @throws Error when the sums of the invoice do not hold together
 */
export async function keepInvoice(tx: Tx, draft: InvoiceDraft, { key, at }: { key: string; at: number }): Promise<StoredDocument> {
  const { kind, data, locale } = draft;
  const xml = writeCii(facturXOf(draft));
  const document = await storeDocument(tx, { key, kind, at, title: documentTitle(kind, data as never, locale), html: renderDocument(kind, data as never, locale) });
  await tx.$executeRaw`
    WITH kept AS (INSERT INTO "InvoiceXml" ("documentId", "xml", "sha256", "createdAt") VALUES (${document.id}, ${xml}, ${sha256Of(xml)}, ${new Date(at)}) ON CONFLICT DO NOTHING RETURNING "documentId")
    INSERT INTO "InvoicePdfToDraw" SELECT "documentId" FROM kept`;
  return document;
}

export interface KeptPdf { readonly bytes: Uint8Array; readonly sha256: string }

/**
 * The Factur-X of a kept invoice, drawn and kept the first time it is asked for; null for a document that is no invoice, or was issued before there were any.
 * @throws Problem `not_found` · DocumentAltered when what is kept no longer gives its SHA-256
 */
export async function invoicePdf(db: Db | Tx, documentId: string): Promise<KeptPdf | null> {
  const kept = await db.invoicePdf.findUnique({ where: { documentId } });
  if (kept) return unaltered(documentId, kept);
  const xml = await db.invoiceXml.findUnique({ where: { documentId } });
  if (!xml) return null;
  if (sha256Of(xml.xml) !== xml.sha256) throw new DocumentAltered(`the XML of document ${documentId} was kept as ${xml.sha256} and now gives ${sha256Of(xml.xml)}`);
  const bytes = await makePdf({ ...(await documentFor(db, documentId)), xml: xml.xml });
  // Whoever was first is right: two drawings of the same invoice are the same bytes, and a later library's might not be.
  await db.invoicePdf.createMany({ data: { documentId, bytes: Uint8Array.from(bytes), sha256: sha256OfBytes(bytes) }, skipDuplicates: true });
  await db.invoicePdfToDraw.deleteMany({ where: { documentId } });
  return unaltered(documentId, await db.invoicePdf.findUniqueOrThrow({ where: { documentId } }));
}

/** @throws DocumentAltered */
export function unaltered(documentId: string, { bytes, sha256 }: KeptPdf): KeptPdf {
  const found = sha256OfBytes(bytes);
  if (found !== sha256) throw new DocumentAltered(`the PDF of document ${documentId} was kept as ${sha256} and now gives ${found}`);
  return { bytes, sha256 };
}

/** SHA-256 of a file, in lower-case hexadecimal. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
