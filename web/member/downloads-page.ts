import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import { termsInForce } from '../../database/settings.ts';
import { passOpens } from '../../documents/downloads.ts';
import { buildDeck, deckVersion } from '../../documents/presentation/build-deck.ts';
import { deckWords } from '../../documents/presentation/words.ts';
import { downloadMediaType } from '../../domain/downloads.ts';
import { Problem } from '../../domain/problem.ts';
import type { Page } from '../page.ts';

/** M13: what members may download, their language first. */
export const memberDownloadsPage: Page = {
  template: 'member-downloads',
  async show(deps, access) {
    const found = await deps.db.download.findMany({ where: { published: true }, orderBy: [{ kind: 'asc' }, { name: 'asc' }, { createdAt: 'desc' }], take: 200 });
    const shown = found.map((one) => ({ ...one, href: one.url ?? `/downloads/${one.id}`, megabyteMilli: one.url ? null : Math.max(1, Math.round(one.size / 104_857.6)) * 100 }));
    const own = (['fr', 'en'] as const).map((locale) => ({ locale, name: deckWords(locale)('name'), href: `/downloads/presentation-${locale}.pptx`, version: deckVersion }));
    return { title: '', own: access.locale === 'fr' ? own : own.reverse(), downloads: [...shown.filter(({ locale }) => locale === access.locale), ...shown.filter(({ locale }) => locale !== access.locale)] };
  },
  acts: {},
};

/** M13: the presentation in the member's name and ours, made as it is asked for, with what their profile says and the fee in force. */
export async function sendDeck(deps: Deps, memberId: string, locale: 'fr' | 'en', response: Response): Promise<void> {
  const member = await deps.db.member.findUniqueOrThrow({ where: { id: memberId }, include: { portfolio: { orderBy: { position: 'asc' }, take: 4 } } });
  const { feeRateBp, feeBasis } = await termsInForce(deps.db, null, Date.now());
  const file = await buildDeck({ member, references: member.portfolio, feeRateBp, feeBasis }, locale);
  const name = `${deckWords(locale)('fileName')}.pptx`;
  response.set({ 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' }).type(downloadMediaType(name) ?? '').attachment(name).send(file);
}

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
