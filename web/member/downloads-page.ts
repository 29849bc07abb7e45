import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import { passOpens } from '../../documents/downloads.ts';
import { Problem } from '../../domain/problem.ts';
import type { Page } from '../page.ts';

/** M13: what members may download, their language first. */
export const memberDownloadsPage: Page = {
  template: 'member-downloads',
  async show(deps, access) {
    const found = await deps.db.download.findMany({ where: { published: true }, orderBy: [{ kind: 'asc' }, { name: 'asc' }, { createdAt: 'desc' }], take: 200 });
    const shown = found.map((one) => ({ ...one, href: one.url ?? `/downloads/${one.id}`, megabytes: one.url ? null : Math.max(0.1, Math.round(one.size / 104_857.6) / 10) }));
    return { title: '', downloads: [...shown.filter(({ locale }) => locale === access.locale), ...shown.filter(({ locale }) => locale !== access.locale)] };
  },
  acts: {},
};

/** Sends the file itself, to keep, never to be shown as a page. A member finds what is published; staff, with a pass, also what is not. */
export async function sendDownload(deps: Deps, request: Request, response: Response, isMember: () => Promise<boolean>): Promise<void> {
  const id = String(request.params.id);
  const { pass } = request.query;
  const byPass = typeof pass === 'string' && passOpens(deps.secret, id, pass, Date.now());
  if (!byPass && !(await isMember())) throw new Problem('not_found', 'members only');
  const download = await deps.db.download.findUnique({ where: { id }, include: { file: true } });
  if (!download?.file || (!download.published && !byPass)) throw new Problem('not_found', `no download ${id}`);
  response
    .set('Content-Security-Policy', "default-src 'none'; sandbox")
    .set('X-Content-Type-Options', 'nosniff')
    .set('Cache-Control', 'private, no-store')
    .type(download.mediaType)
    .attachment(download.fileName)
    .send(Buffer.from(download.file.bytes));
}
