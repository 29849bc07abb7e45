import type { Response } from 'express';
import type { Deps } from '../deps.ts';
import { documentPdf } from '../documents/document-pdf.ts';
import { documentFor } from '../documents/read.ts';
import { Problem } from '../domain/problem.ts';
import { isOwnInvoiceDocument } from './member/own-invoices.ts';
import type { Access } from './page.ts';

/** Shows a document to somebody it belongs to: a client, those of their project; a member, their own invoices and statements, and the advices of what they were paid. `ID.pdf` is the same document as a PDF, an invoice as its Factur-X. */
export async function sendDocumentPage(deps: Deps, access: Access, asked: string, response: Response): Promise<void> {
  const documentId = asked.replace(/\.pdf$/, '');
  if (!(await mayRead(deps, access, documentId))) throw new Problem('not_found', `document ${documentId} is not theirs`);
  if (documentId !== asked) {
    const { name, bytes, sha256 } = await documentPdf(deps.db, documentId);
    response.set('X-Document-Sha256', sha256).set('Cache-Control', 'private, no-store').set('Content-Disposition', `attachment; filename="${name}"`).type('application/pdf').send(bytes);
    return;
  }
  const document = await documentFor(deps.db, documentId);
  response.set('X-Document-Sha256', document.sha256).set('Cache-Control', 'private, no-store');
  // Documents carry their own style, and nothing else may run or load.
  response
    .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'")
    .type('html')
    .send(document.html);
}

async function mayRead(deps: Deps, access: Access, documentId: string): Promise<boolean> {
  if (access.person.kind === 'member') {
    const mine = access.person.id;
    const statement = { id: documentId, kind: 'referral_statement', key: { startsWith: `referral-statement/${mine}/` } };
    if (await isOwnInvoiceDocument(deps, mine, documentId)) return true;
    return (await Promise.all([deps.db.payoutAdvice.count({ where: { documentId, memberId: mine } }), deps.db.document.count({ where: statement })])).some((count) => count > 0);
  }
  const projectId = access.projectId ?? '';
  const counts = await Promise.all([
    deps.db.clientQuote.count({ where: { documentId, round: { projectId } } }),
    deps.db.clientInvoice.count({ where: { documentId, projectId } }),
    deps.db.creditNote.count({ where: { documentId, clientInvoice: { projectId } } }),
    deps.db.dunningLetter.count({ where: { documentId, clientInvoice: { projectId } } }),
    deps.db.signature.count({ where: { certificateId: documentId, clientQuote: { round: { projectId } } } }),
  ]);
  return counts.some((count) => count > 0);
}
