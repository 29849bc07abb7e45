import { createHash } from 'node:crypto';
import type { Tx } from '../open.ts';
import type { LedgerMisfit } from './misfit.ts';

const page = 100;

const sha256Of = (kept: string | Uint8Array): string => createHash('sha256').update(kept).digest('hex');

/** I10: each kept document, the XML and the PDF of an invoice, and the PDF that left with e-mails, still give the SHA-256 they were kept under, and each numbered invoice or credit note has its own document. Answers how many were read. */
export async function verifyDocuments(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<number> {
  let read = 0;
  for (let after = ''; ;) {
    const rows = await tx.document.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: page });
    for (const { id, title, html, sha256 } of rows) {
      if (sha256Of(html) !== sha256) tell({ kind: 'document_altered', documentId: id, title });
    }
    read += rows.length;
    if (rows.length < page) break;
    after = rows.at(-1)?.id ?? '';
  }
  for (let after = ''; ;) {
    const rows = await tx.invoiceXml.findMany({ where: { documentId: { gt: after } }, orderBy: { documentId: 'asc' }, take: page, include: { document: { select: { title: true, invoicePdf: true } } } });
    for (const { documentId, xml, sha256, document: { title, invoicePdf } } of rows) {
      const altered = sha256Of(xml) !== sha256 || (invoicePdf !== null && sha256Of(invoicePdf.bytes) !== invoicePdf.sha256);
      if (altered) tell({ kind: 'document_altered', documentId, title });
    }
    if (rows.length < page) break;
    after = rows.at(-1)?.documentId ?? '';
  }
  for (let after = ''; ;) {
    const rows = await tx.sentPdf.findMany({ where: { documentId: { gt: after } }, orderBy: { documentId: 'asc' }, take: page, include: { document: { select: { title: true } } } });
    for (const { documentId, bytes, sha256, document: { title } } of rows) if (sha256Of(bytes) !== sha256) tell({ kind: 'document_altered', documentId, title });
    if (rows.length < page) break;
    after = rows.at(-1)?.documentId ?? '';
  }
  const bare = await tx.$queryRaw<{ subject: string }[]>`
    SELECT "number" AS subject FROM "ClientInvoice" WHERE "number" IS NOT NULL AND "documentId" IS NULL
    UNION ALL SELECT "number" FROM "MemberInvoice" WHERE "number" IS NOT NULL AND "documentId" IS NULL
    UNION ALL SELECT "number" FROM "CreditNote" WHERE "documentId" IS NULL
    UNION ALL SELECT "number" FROM "MemberCreditNote" WHERE "documentId" IS NULL`;
  for (const { subject } of bare) tell({ kind: 'document_missing', subject });
  const exchanged = await tx.$queryRaw<{ subject: string; title: string }[]>`
    SELECT n."number" AS subject, d."title" FROM (
      SELECT "number", "documentId" FROM "ClientInvoice" UNION ALL SELECT "number", "documentId" FROM "MemberInvoice"
      UNION ALL SELECT "number", "documentId" FROM "CreditNote" UNION ALL SELECT "number", "documentId" FROM "MemberCreditNote"
    ) n JOIN "Document" d ON d."id" = n."documentId" WHERE n."number" IS NOT NULL AND position(n."number" IN d."title") = 0`;
  for (const { subject, title } of exchanged) tell({ kind: 'document_of_another', subject, title });
  return read;
}
