import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DocumentAltered, documentFor } from '../../documents/read.ts';
import { storeDocument } from '../../documents/store.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const at = Date.parse('2026-03-31T09:00:00Z');
const toStore = (html: string, key: string = randomUUID()) => ({ key, kind: 'client_quote' as const, title: 'Devis D-1', html, at });

describe('Q7 I10 a document is kept as it was', () => {
  it('is named by the SHA-256 of its bytes and read back whole', async () => {
    const html = '<p>Devis signé, 1 000,00 €</p>';
    const kept = await storeDocument(db, toStore(html));
    expect(kept.sha256).toBe(createHash('sha256').update(Buffer.from(html, 'utf8')).digest('hex'));
    expect(await documentFor(db, kept.id)).toEqual({ html, title: 'Devis D-1', kind: 'client_quote', sha256: kept.sha256, createdAt: new Date(at) });
  });

  it('W4 is kept once per key: a repeated step gets the first document, whatever the template has become', async () => {
    const first = await storeDocument(db, toStore('<p>one</p>', 'invoice/1'));
    const again = await storeDocument(db, toStore('<p>two</p>', 'invoice/1'));
    expect(again).toEqual(first);
    expect((await documentFor(db, first.id)).html).toBe('<p>one</p>');
  });

  it('W4 is kept once when two transactions store it at the same time', async () => {
    const stored = await Promise.all(
      Array.from({ length: 6 }, (_unused, index) => db.$transaction((tx) => storeDocument(tx, toStore(`<p>${index}</p>`, 'invoice/2')))),
    );
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
    expect(await db.document.count({ where: { key: 'invoice/2' } })).toBe(1);
  });

  it('cannot be changed nor removed, even in the database', async () => {
    const { id } = await storeDocument(db, toStore('<p>1 000,00 €</p>'));
    await expect(db.document.update({ where: { id }, data: { html: '<p>100,00 €</p>' } })).rejects.toThrow(/never changed/);
    await expect(db.document.delete({ where: { id } })).rejects.toThrow(/never changed/);
    expect((await documentFor(db, id)).html).toBe('<p>1 000,00 €</p>');
  });

  it('is refused when its content no longer gives its hash', async () => {
    const { id } = await storeDocument(db, toStore('<p>1 000,00 €</p>'));
    // Past the product: whatever guards the table is put aside, as somebody with the database in hand would.
    await db.$transaction([
      db.$executeRaw`SET LOCAL session_replication_role = replica`,
      db.$executeRaw`UPDATE "Document" SET "html" = '<p>100,00 €</p>' WHERE "id" = ${id}`,
    ]);
    await expect(documentFor(db, id)).rejects.toThrow(DocumentAltered);
  });

  it('is not found under an unknown id', async () => {
    await expect(documentFor(db, randomUUID())).rejects.toMatchObject({ name: 'Problem', code: 'not_found' });
  });
});
