import type { Db, Tx } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';
import { sha256Of } from './store.ts';

export interface ReadDocument {
  readonly html: string;
  readonly title: string;
  readonly kind: string;
  readonly sha256: string;
  readonly createdAt: Date;
}

/** The stored HTML is not the one its hash names: it was altered after it was kept. Nobody may be shown it. */
export class DocumentAltered extends Error {
  override readonly name = 'DocumentAltered';
}

/**
 * A document as it was kept, after its hash was worked out again (Q7).
 * @throws Problem `not_found` · DocumentAltered when the HTML no longer gives the SHA-256 it was kept under.
 */
export async function documentFor(db: Db | Tx, documentId: string): Promise<ReadDocument> {
  const row = await db.document.findUnique({ where: { id: documentId } });
  if (!row) throw new Problem('not_found', `no document ${documentId}`);
  const found = sha256Of(row.html);
  if (found !== row.sha256) throw new DocumentAltered(`document ${row.id} (${row.title}) was kept as ${row.sha256} and now gives ${found}`);
  return { html: row.html, title: row.title, kind: row.kind, sha256: row.sha256, createdAt: row.createdAt };
}
