import type { Prisma } from '@prisma/client';
import type { QuoteLayout } from '../domain/quote-layout.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db } from './open.ts';

/** Q4: a global quote being built: its layout, what introduces it, and the standing quotes left out of it. */
export interface QuoteDraftContent extends QuoteLayout {
  readonly introduction: string;
  readonly leftOut: readonly string[];
}

interface Deed { readonly form: string; readonly by: By; readonly at: number }

/** Keeps a draft; the last save wins. `seen`: the version its author saw, 0 for none. @returns whose save it replaced unseen, '' for nobody's */
export async function saveQuoteDraft(db: Db, { form, by, at, round, seen, content }: Deed & { round: { id: string; ref: string; projectId: string }; seen: number; content: QuoteDraftContent }): Promise<{ replaced: string }> {
  return once(db, `quote-draft/${form}`, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "QuoteRound" WHERE "id" = ${round.id} FOR UPDATE`;
    const before = await tx.quoteDraft.findUnique({ where: { roundId: round.id } });
    const kept = { layout: content as unknown as Prisma.InputJsonValue, version: (before?.version ?? 0) + 1, savedById: by.id ?? '', savedBy: by.name, savedAt: new Date(at) };
    await tx.quoteDraft.upsert({ where: { roundId: round.id }, create: { roundId: round.id, ...kept }, update: kept });
    const replaced = before && before.version !== seen && before.savedById !== by.id ? before.savedBy : '';
    await recordEvent(tx, { by, action: 'quoteDraft.saved', subject: round.ref, projectId: round.projectId, data: { version: kept.version, replaced }, at });
    return { replaced };
  });
}

/** Q4: staff say, or take back, that they have read one point of one quote. */
export async function tickQuoteCheck(db: Db, { form, by, at, quoteId, item, ticked, round }: Deed & { quoteId: string; item: string; ticked: boolean; round: { ref: string; projectId: string } }): Promise<void> {
  await once(db, `quote-check/${form}`, async (tx) => {
    const said = { staffId: by.id ?? '', staff: by.name, at: new Date(at) };
    if (ticked) await tx.quoteCheck.upsert({ where: { quoteId_item: { quoteId, item } }, create: { quoteId, item, ...said }, update: {} });
    else await tx.quoteCheck.deleteMany({ where: { quoteId, item } });
    await recordEvent(tx, { by, action: ticked ? 'quoteCheck.ticked' : 'quoteCheck.unticked', subject: round.ref, projectId: round.projectId, data: { item }, at });
    return {};
  });
}
