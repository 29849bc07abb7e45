import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawInvoices } from '../../documents/draw-invoices.ts';
import { facturXSamples } from '../../documents/factur-x/samples.ts';
import { documentPdf } from '../../documents/document-pdf.ts';
import { invoicePdf, keepInvoice } from '../../documents/keep-invoice.ts';
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

describe('I6 I7 what leaves with e-mails is drawn once', () => {
  it('I6: one file for all who read it, however many ask at once; it is the one kept that is given, and refused when it was altered', async () => {
    const { id } = await storeDocument(db, { ...toStore('<html lang="fr"><head><title>Lettre</title></head><body><main class="sheet"><p>Mise en demeure</p></main></body></html>'), kind: 'dunning_letter' });
    const given = await Promise.all(Array.from({ length: 6 }, () => documentPdf(db, id)));
    expect(new Set(given.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await db.sentPdf.findMany({ where: { documentId: id } })).toMatchObject([{ sha256: given[0]?.sha256 }]);
    const put = (text: string, named: string) => db.$transaction([
      db.$executeRaw`SET LOCAL session_replication_role = replica`,
      db.$executeRaw`UPDATE "SentPdf" SET "bytes" = convert_to(${text}, 'UTF8'), "sha256" = ${named} WHERE "documentId" = ${id}`,
    ]);
    await put('another drawing', createHash('sha256').update('another drawing').digest('hex'));
    expect((await documentPdf(db, id)).bytes.toString()).toBe('another drawing');
    await put('touched up', createHash('sha256').update('another drawing').digest('hex'));
    await expect(documentPdf(db, id)).rejects.toThrow(DocumentAltered);
    await expect(db.sentPdf.delete({ where: { documentId: id } })).rejects.toThrow(/never change/);
  });
});

describe('I10 an invoice is kept with the file machines read', () => {
  const draft = facturXSamples['client-20'] ?? expect.unreachable();
  const keep = (key: string = randomUUID()) => db.$transaction((tx) => keepInvoice(tx, draft, { key, at }));
  const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
  const toDraw = (documentId: string) => db.invoicePdfToDraw.count({ where: { documentId } });

  it('I10: page and XML in the transaction that issues it, under their SHA-256; the Factur-X soon after, from these alone', async () => {
    const { id } = await keep();
    const xml = await db.invoiceXml.findUniqueOrThrow({ where: { documentId: id } });
    expect(xml.sha256).toBe(sha256(xml.xml));
    expect(xml.createdAt).toEqual(new Date(at));
    expect([await toDraw(id), await db.invoicePdf.count({ where: { documentId: id } })]).toEqual([1, 0]);
    expect(await drawInvoices(db, expect.unreachable)).toBe(1);
    const pdf = await db.invoicePdf.findUniqueOrThrow({ where: { documentId: id } });
    expect(pdf.sha256).toBe(sha256(pdf.bytes));
    expect(await toDraw(id)).toBe(0);
    expect(await documentPdf(db, id)).toMatchObject({ kind: 'client_invoice', name: 'Facture-F-2026-0301.pdf', sha256: pdf.sha256 });
    expect(await drawInvoices(db, expect.unreachable)).toBe(0);
  });

  it('I10: whoever downloads it first has it drawn and kept; the worker then leaves it', async () => {
    const { id } = await keep();
    const [first, second] = await Promise.all([invoicePdf(db, id), invoicePdf(db, id)]);
    expect(first?.sha256).toBe(second?.sha256);
    expect([await toDraw(id), await db.invoicePdf.count({ where: { documentId: id } })]).toEqual([0, 1]);
  });

  it('W4: a step repeated under its key keeps the first invoice, and draws it once', async () => {
    const key = randomUUID();
    const first = await keep(key);
    expect(await keep(key)).toEqual(first);
    await Promise.all([drawInvoices(db, expect.unreachable), drawInvoices(db, expect.unreachable)]);
    expect(await db.invoicePdf.count({ where: { documentId: first.id } })).toBe(1);
  });

  it('I10: neither the XML nor the PDF can be changed nor removed, even in the database; altered, they are refused', async () => {
    const { id } = await keep();
    await drawInvoices(db, expect.unreachable);
    await expect(db.invoiceXml.update({ where: { documentId: id }, data: { xml: '<a/>' } })).rejects.toThrow(/never changed/);
    await expect(db.invoicePdf.delete({ where: { documentId: id } })).rejects.toThrow(/never changed/);
    await db.$transaction([db.$executeRaw`SET LOCAL session_replication_role = replica`, db.$executeRaw`UPDATE "InvoicePdf" SET "bytes" = 'x' WHERE "documentId" = ${id}`]);
    await expect(invoicePdf(db, id)).rejects.toThrow(DocumentAltered);
  });

  it('I10: one that cannot be drawn is told, stays to be drawn, and holds up none of the others', async () => {
    const broken = await keep();
    const good = await keep();
    await db.$transaction([db.$executeRaw`SET LOCAL session_replication_role = replica`, db.$executeRaw`UPDATE "InvoiceXml" SET "xml" = '<a/>' WHERE "documentId" = ${broken.id}`]);
    const told: string[] = [];
    expect(await drawInvoices(db, (documentId) => told.push(documentId))).toBe(1);
    expect([told, await toDraw(broken.id), await toDraw(good.id)]).toEqual([[broken.id], 1, 0]);
  });
});
