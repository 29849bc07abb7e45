import { createHash } from 'node:crypto';
import type { Tx } from '../database/open.ts';
import type { DocumentKind } from './kinds.ts';

export interface DocumentToStore {
  /** Names the document for good: storing again under the same key answers the first one. */
  readonly key: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly html: string;
  /** Business time, in ms. */
  readonly at: number;
}

export interface StoredDocument {
  readonly id: string;
  readonly sha256: string;
}

/** The name of a document: SHA-256 of its HTML in UTF-8, in lower-case hexadecimal. */
export function sha256Of(html: string): string {
  return createHash('sha256').update(html, 'utf8').digest('hex');
}

/**
 * Keeps a document as it was sent or signed, once per key (W4, I10): a step that is repeated gets the document of its first run,
 * whatever a template has become in between. Nothing ever updates the row.
 */
export async function storeDocument(tx: Tx, document: DocumentToStore): Promise<StoredDocument> {
  const [stored] = await tx.document.createManyAndReturn({
    data: {
      key: document.key, kind: document.kind, title: document.title, html: document.html,
      sha256: sha256Of(document.html), createdAt: new Date(document.at),
    },
    skipDuplicates: true,
    select: { id: true, sha256: true },
  });
  return stored ?? tx.document.findUniqueOrThrow({ where: { key: document.key }, select: { id: true, sha256: true } });
}
