import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { consoleHand, tableOf, type ConsoleHand, type ShownPage } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory } from '../support/story.ts';

// Uploads of this file's own.
process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'downloads-'));
const house = await openHouse({ console: consoleRouter });
const { deps: { db, secret }, url } = house;
const office = await consoleHand(house, 'administrative');
const bytes = new Uint8Array([80, 75, 3, 4, ...Array.from({ length: 3_000_000 }, (_, index) => index % 251)]);
const sha256 = createHash('sha256').update(bytes).digest('hex');

async function upload(hand: ConsoleHand, values: object, file: { name: string; bytes: Uint8Array<ArrayBuffer> } | null, { key = randomUUID(), page = 'downloads' } = {}): Promise<{ status: number; page: Partial<ShownPage> }> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ act: 'add', key, values: JSON.stringify({ kind: 'presentation', locale: 'fr', version: '1', ...values }) })) body.append(name, value);
  if (file) body.append('file', new Blob([file.bytes]), file.name);
  const answer = await fetch(`${url}/console/api/pages/${page}`, { method: 'POST', headers: { cookie: hand.cookie }, redirect: 'manual', body });
  return { status: answer.status, page: answer.headers.get('content-type')?.includes('json') ? ((await answer.json()) as ShownPage) : {} };
}
async function signedIn(kind: 'member' | 'client', ownerId: string): Promise<(path: string) => Promise<Response>> {
  const id = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'sign_in', ownerKind: kind, ownerId, at: Date.now() }));
  const cookie = (await fetch(`${url}${linkPath(linkToken(secret, id))}`, { method: 'POST', redirect: 'manual' })).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return (path) => fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
}
const latest = async () => db.download.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });

describe('M13, S4 what members may download', () => {
  it('a file is kept by its content, shown once published, and comes back byte for byte', async () => {
    const key = randomUUID();
    for (let time = 0; time < 2; time += 1) expect((await upload(office, { name: 'Présentation cobrandée' }, { name: '..\\..\\deck "1".pptx', bytes }, { key })).page.notice?.type).toBe('success');
    expect(await db.download.count()).toBe(1);
    const { id, fileName, published } = await latest();
    expect({ fileName, published }).toEqual({ fileName: 'deck 1.pptx', published: false });
    expect(tableOf(await office.open('downloads'))[0]?.[4]).toBe('Pas encore montrée');

    const member = await signedIn('member', (await addMember(db, 'Ondine')).id);
    expect(await (await member('/downloads')).text()).not.toContain('Présentation cobrandée');
    expect((await member(`/downloads/${id}`)).status).toBe(404);
    expect((await office.act('downloads', 'publish', { id })).notice?.type).toBe('success');
    expect((await office.act('downloads', 'publish', { id })).notice?.type).toBe('error');
    expect(await (await member('/downloads')).text()).toContain('Présentation cobrandée');
    const file = await member(`/downloads/${id}`);
    expect(createHash('sha256').update(new Uint8Array(await file.arrayBuffer())).digest('hex')).toBe(sha256);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="deck 1.pptx"');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await db.auditEvent.findMany({ where: { subject: 'Présentation cobrandée' }, select: { action: true }, orderBy: { at: 'asc' } })).toEqual([{ action: 'download.add' }, { action: 'download.publish' }]);

    await office.act('downloads', 'withdraw', { id });
    expect((await member(`/downloads/${id}`)).status).toBe(404);
    await eventually(async () => expect((await readdir(tmpdir())).filter((name) => name.startsWith('upload_'))).toEqual([]));
  });

  it('neither a visitor nor a client finds it; staff open it from the console, and their address ends', async () => {
    await upload(office, { name: 'Charte' }, { name: 'charte.pdf', bytes: bytes.slice(0, 100) });
    const { id } = await latest();
    await office.act('downloads', 'publish', { id });
    expect((await fetch(`${url}/downloads/${id}`, { redirect: 'manual' })).status).toBe(303);
    const story = await beginStory(house.deps);
    const client = await signedIn('client', story.client.id);
    expect((await client(`/downloads/${id}`)).status).toBe(404);
    const page = await office.open('downloads');
    const address = /\/downloads\/[\w-]+\?pass=[\w-]+/.exec(JSON.stringify(page).slice(JSON.stringify(page).indexOf(id) - 20))?.[0] ?? '';
    expect((await fetch(`${url}${address}`)).status).toBe(200);
    expect((await fetch(`${url}${address.slice(0, -2)}xx`, { redirect: 'manual' })).status).toBe(303);
  });

  it('a shared address stands in for a file; a program, nothing at all or a plain http address is refused', async () => {
    const count = await db.download.count();
    expect((await upload(office, { name: 'Modèle partagé', url: 'https://slides.example/modele' }, null)).page.notice?.type).toBe('success');
    for (const [values, file] of [[{ name: 'Un programme' }, { name: 'virus.exe', bytes: bytes.slice(0, 10) }], [{ name: 'Une page' }, { name: 'page.html', bytes: bytes.slice(0, 10) }], [{ name: 'Rien' }, null], [{ name: 'En clair', url: 'http://slides.example' }, null], [{ name: '' }, { name: 'a.pdf', bytes: bytes.slice(0, 10) }]] as const) {
      expect((await upload(office, values, file)).page.notice).toMatchObject({ type: 'error', message: expect.stringMatching(/Choisissez un fichier|n’est pas accepté|à revoir/) as string });
    }
    expect(await db.download.count()).toBe(count + 1);
    await expect(db.downloadFile.updateMany({ data: { bytes: new Uint8Array([1]) } })).rejects.toThrow(/never changed/);
  });

  it('S5: only those whose work it is; and no other page takes files', async () => {
    const count = await db.download.count();
    for (const role of ['read_only', 'finance']) {
      const hand = await consoleHand(house, role);
      expect((await upload(hand, { name: 'Intruse' }, { name: 'a.pdf', bytes: bytes.slice(0, 10) })).page.notice).toBeUndefined();
    }
    expect(await db.download.count()).toBe(count);
    expect((await upload(office, {}, { name: 'a.pdf', bytes: bytes.slice(0, 10) }, { page: 'mailStudio' })).status).toBe(415);
  });

  it('M13: a member takes a presentation in their own name, in either language; a client and nobody do not', async () => {
    const { id } = await addMember(db, 'Ombline');
    const get = await signedIn('member', id);
    expect(await (await get('/downloads')).text()).toContain('/downloads/presentation-fr.pptx');
    for (const locale of ['fr', 'en']) {
      const answer = await get(`/downloads/presentation-${locale}.pptx`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'attachment; filename=presentation-off-works.pptx']);
      const slides = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      expect(strFromU8(slides['ppt/slides/slide1.xml']!)).toContain('Ombline');
    }
    const { client } = await beginStory(house.deps);
    expect((await (await signedIn('client', client.id))('/downloads/presentation-fr.pptx')).status).toBe(404);
    expect((await fetch(`${url}/downloads/presentation-fr.pptx`, { redirect: 'manual' })).status).toBe(303);
  });
});
