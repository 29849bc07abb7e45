import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { consoleHand, type ShownPage } from '../support/console-page.ts';
import { eventually } from '../support/eventually.ts';
import { pngFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

// Uploads of this file's own.
process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'card-'));
const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const manager = await consoleHand(house, 'account_manager', 'Mathieu Roussel');
const story = await beginStory(deps, { company: 'Les Photos' });
await db.project.update({ where: { id: story.projectId }, data: { accountManagerId: manager.staffId } });
const client = await signInToPages(house, story.client);

async function keep(values: Record<string, string>, picture?: { name: string; bytes: Uint8Array }): Promise<ShownPage> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ act: 'keep', key: randomUUID(), values: JSON.stringify(values) })) body.append(name, value);
  if (picture) body.append('picture', new Blob([new Uint8Array(picture.bytes)]), picture.name);
  return (await fetch(`${url}/console/api/pages/card`, { method: 'POST', headers: { cookie: manager.cookie }, body })).json() as Promise<ShownPage>;
}

describe('C1 whom to write to', () => {
  it('C1: the account manager’s picture and phone stand on the client’s pages; without one, initials do', async () => {
    expect((await client.get(`/projects/${story.ref}`)).html).toContain('>MR<');
    expect((await keep({ phone: '01 99 00 14 02' }, { name: 'moi.png', bytes: pngFile() })).notice?.type).toBe('success');
    const { pictureId } = await db.staff.findUniqueOrThrow({ where: { id: manager.staffId } });
    for (const page of ['/home', `/projects/${story.ref}`]) {
      const { html } = await client.get(page);
      expect(html, page).toContain(`src="/pictures/${pictureId ?? 'none'}"`);
      expect(html, page).toContain('01 99 00 14 02');
    }
    const picture = await withCookie(url).get(`/pictures/${pictureId ?? ''}`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    await eventually(async () => expect((await readdir(tmpdir())).filter((name) => name.startsWith('upload_'))).toEqual([]));
  });

  it('C1: another takes its place, and the former is gone; removed, no picture is left', async () => {
    const former = (await db.staff.findUniqueOrThrow({ where: { id: manager.staffId } })).pictureId ?? '';
    await keep({ phone: '' }, { name: 'autre.png', bytes: pngFile() });
    expect([(await withCookie(url).get(`/pictures/${former}`)).status, await db.storedFile.count({ where: { ownerId: manager.staffId } })]).toEqual([404, 1]);
    await keep({ phone: '', remove: 'yes' });
    expect([await db.storedFile.count({ where: { ownerId: manager.staffId } }), (await db.staff.findUniqueOrThrow({ where: { id: manager.staffId } })).pictureId]).toEqual([0, null]);
    expect(await db.auditEvent.count({ where: { action: 'staff.cardChanged' } })).toBe(3);
  });

  it('C1: what is no picture is refused in words, and only a card’s picture is ever sent', async () => {
    const refused = await keep({ phone: '' }, { name: 'page.png', bytes: new TextEncoder().encode('<svg onload="alert(1)"/>') });
    expect(refused.notice).toMatchObject({ type: 'error', message: expect.stringContaining('PNG') as string });
    expect((await keep({ phone: 'appelez-moi' })).notice?.type).toBe('error');
    const file = await db.storedFile.create({ data: { ownerKind: 'client', ownerId: story.client.id, projectId: story.projectId, name: 'x.png', type: 'image/png', size: 1, sha256: 'x', bytes: pngFile() as Uint8Array<ArrayBuffer> } });
    expect((await withCookie(url).get(`/pictures/${file.id}`)).status).toBe(404);
  });
});
