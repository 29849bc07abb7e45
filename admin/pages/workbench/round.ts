import type { QuoteDraftContent } from '../../../database/quote-drafts.ts';
import { standingQuotes } from '../../../documents/client-quote-content.ts';
import { Problem } from '../../../domain/problem.ts';
import { plainLayout, refreshedLayout } from '../../../domain/quote-layout.ts';
import type { Terms } from '../../../domain/terms.ts';
import type { Asked } from '../page.ts';

export const workbenchHref = (roundId: string): string => `/console/pages/workbench?round=${roundId}`;

/** Everything the workbench shows of one round. @throws Problem `not_found` */
export async function openRound({ deps: { db }, query, say }: Asked) {
  const round = await db.quoteRound.findUnique({
    where: { id: query.round ?? '' },
    include: {
      project: { include: { company: true, owner: true, themes: { include: { theme: true } } } },
      memberQuotes: { include: { member: { include: { billing: true } }, lines: { orderBy: { position: 'asc' } }, files: { include: { file: { select: { id: true, name: true } } } } }, orderBy: [{ memberId: 'asc' }, { version: 'asc' }] },
      clientQuotes: { orderBy: { version: 'asc' } },
    },
  });
  if (!round) throw new Problem('not_found', `no round ${query.round}`);
  const standing = round.memberQuotes.filter(({ state }) => state === 'submitted');
  const [kept, ticks] = await Promise.all([
    db.quoteDraft.findUnique({ where: { roundId: round.id } }),
    db.quoteCheck.findMany({ where: { quoteId: { in: standing.map(({ id }) => id) } } }),
  ]);
  const plain = plainLayout(standingQuotes(standing), (place) => say.say('workbench.partTitle', { place }));
  const saved = kept?.layout as unknown as QuoteDraftContent | undefined;
  const leftOut = (saved?.leftOut ?? []).filter((id) => standing.some((quote) => quote.id === id));
  const wanted = { ...plain, parts: plain.parts.filter(({ quoteId }) => !leftOut.includes(quoteId)) };
  const layout = saved ? refreshedLayout({ parts: saved.parts, namesShown: saved.namesShown, validityDays: saved.validityDays }, wanted) : plain;
  return { round, project: round.project, standing, ticks, plain, layout, leftOut, introduction: saved?.introduction ?? '', draft: kept, terms: round.project.terms as unknown as Terms };
}

export type OpenRound = Awaited<ReturnType<typeof openRound>>;
