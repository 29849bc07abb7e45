import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { recordEvent } from '../database/audit.ts';
import { once } from '../database/once.ts';
import type { Db } from '../database/open.ts';
import { downloadExtensions, downloadMediaType, plainFileName } from '../domain/downloads.ts';
import { Problem } from '../domain/problem.ts';

interface Author { readonly id: string; readonly name: string }

export interface NewDownload {
  readonly name: string;
  readonly kind: string;
  readonly locale: 'fr' | 'en';
  readonly version: string;
  /** One or the other: a file, or the https address of something kept elsewhere. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly url: string | null;
}

/**
 * Keeps something to download, not yet published; the same key is kept once, and the same content too (M13). Returns its id. `at` in ms.
 * @throws Problem `download_missing`, `download_kind_refused` (details: allowed)
 */
export async function keepDownload(db: Db, download: NewDownload, { by, key, at }: { by: Author; key: string; at: number }): Promise<string> {
  const content = contentOf(download);
  const { id } = await once(db, `download/${key}`, async (tx) => {
    const id = randomUUID();
    if (content.sha256) await tx.downloadFile.createMany({ data: { sha256: content.sha256, bytes: Uint8Array.from(download.file?.bytes ?? []) }, skipDuplicates: true });
    const { name, kind, locale, version } = download;
    await tx.download.create({ data: { id, name, kind, locale, version, ...content, byName: by.name, createdAt: new Date(at) } });
    await recordEvent(tx, { by: { kind: 'staff', ...by }, action: 'download.add', subject: name, data: { version, ...(content.sha256 ? { sha256: content.sha256 } : {}) }, at });
    return { id };
  });
  return id;
}

function contentOf({ file, url }: NewDownload): { fileName: string; mediaType: string; size: number; sha256: string | null; url: string | null } {
  if (file && file.bytes.length > 0) {
    const fileName = plainFileName(file.name);
    const mediaType = downloadMediaType(fileName);
    if (!mediaType) throw new Problem('download_kind_refused', `a file named ${fileName}`, { allowed: downloadExtensions.join(', ') });
    return { fileName, mediaType, size: file.bytes.length, sha256: createHash('sha256').update(file.bytes).digest('hex'), url: null };
  }
  if (!url || !URL.canParse(url) || !url.startsWith('https://')) throw new Problem('download_missing', 'neither a file nor an https address');
  return { fileName: '', mediaType: '', size: 0, sha256: null, url };
}

/** Shows a download to members, or takes it back. @throws Problem `not_found`, `stage_changed` when it already is so */
export async function publishDownload(db: Db, id: string, published: boolean, { by, at }: { by: Author; at: number }): Promise<void> {
  await db.$transaction(async (tx) => {
    const [changed] = await tx.download.updateManyAndReturn({ where: { id, published: !published }, data: { published } });
    if (!changed) throw new Problem((await tx.download.count({ where: { id } })) > 0 ? 'stage_changed' : 'not_found', `download ${id}`);
    await recordEvent(tx, { by: { kind: 'staff', ...by }, action: published ? 'download.publish' : 'download.withdraw', subject: changed.name, data: { version: changed.version }, at });
  });
}

const hour = 3_600_000;

/** What opens one download for staff, who are not signed in on the site: good for one to two hours. `now` in ms. */
export function downloadPass(secret: string, id: string, now: number): string {
  return createHmac('sha256', secret).update(`download:${id}:${Math.floor(now / hour)}`).digest('base64url');
}

export function passOpens(secret: string, id: string, pass: string, now: number): boolean {
  return [now, now - hour].some((at) => {
    const expected = Buffer.from(downloadPass(secret, id, at));
    const given = Buffer.from(pass);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}
