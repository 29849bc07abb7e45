import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { facturXSamples } from '../../documents/factur-x/samples.ts';
import { keepInvoice } from '../../documents/keep-invoice.ts';
import { signInAs } from '../support/console.ts';
import { openHouse } from '../support/house.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const finance = await signInAs(db, url, 'finance', 'Fabien');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const keep = (name: string) => db.$transaction((tx) => keepInvoice(tx, facturXSamples[name] ?? expect.unreachable(), { key: name, at: Date.now() }));
const get = (id: string, cookie: string) => fetch(`${url}/console/document-files/${id}`, { headers: { cookie }, redirect: 'manual' });

describe('I10 staff download an invoice', () => {
  it('I10: as the Factur-X that is kept, under its SHA-256', async () => {
    const { id } = await keep('client-20');
    const response = await get(id, manager.cookie);
    const bytes = Buffer.from(await response.arrayBuffer());
    const kept = await db.invoicePdf.findUniqueOrThrow({ where: { documentId: id } });
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-document-sha256')]).toEqual([200, 'application/pdf', kept.sha256]);
    expect(Buffer.compare(bytes, kept.bytes)).toBe(0);
    expect(response.headers.get('content-disposition')).toContain('Facture-F-2026-0301.pdf');
  });

  it('S5: a member’s, which names the end of their account, only who may read that; nobody without a session; none that is not there', async () => {
    const { id } = await keep('member-20');
    expect((await get(id, finance.cookie)).status).toBe(200);
    expect((await get(id, manager.cookie)).status).toBe(404);
    expect((await get(id, '')).status).not.toBe(200);
    expect((await get('none', finance.cookie)).status).toBe(404);
    const shown = async (cookie: string) => (await (await fetch(`${url}/console/api/resources/Document/records/${id}/show`, { headers: { cookie } })).json()) as { shown: { file: { href: string } | null } };
    expect((await shown(finance.cookie)).shown.file?.href).toBe(`/console/document-files/${id}`);
    expect((await shown(manager.cookie)).shown.file).toBeNull();
  });
});
