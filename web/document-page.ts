import type { Response } from 'express';
import type { Deps } from '../deps.ts';
import { documentFor } from '../documents/read.ts';
import { Problem } from '../domain/problem.ts';
import type { Access } from './page.ts';

/** Shows a document to somebody it belongs to: a client, those of their project; a member, their own invoices. */
export async function sendDocumentPage(deps: Deps, access: Access, documentId: string, response: Response): Promise<void> {
  if (!(await mayRead(deps, access, documentId))) throw new Problem('not_found', `document ${documentId} is not theirs`);
  const { html, sha256 } = await documentFor(deps.db, documentId);
  // Documents carry their own style, and nothing else may run or load.
  response
    .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'")
    .set('X-Document-Sha256', sha256)
    .set('Cache-Control', 'private, no-store')
    .type('html')
    .send(html);
}

async function mayRead(deps: Deps, access: Access, documentId: string): Promise<boolean> {
  if (access.person.kind === 'member') {
    return (await deps.db.memberInvoice.count({ where: { documentId, memberId: access.person.id } })) > 0;
  }
  const projectId = access.projectId ?? '';
  const counts = await Promise.all([
    deps.db.clientQuote.count({ where: { documentId, round: { projectId } } }),
    deps.db.clientInvoice.count({ where: { documentId, projectId } }),
    deps.db.signature.count({ where: { certificateId: documentId, clientQuote: { round: { projectId } } } }),
  ]);
  return counts.some((count) => count > 0);
}
