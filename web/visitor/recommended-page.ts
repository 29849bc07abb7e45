import { refuseShares } from '../../database/project-shares.ts';
import { Problem } from '../../domain/problem.ts';
import type { Page } from '../page.ts';
import { recommendedBy } from './recommended-by.ts';

/** M1: a member thinks somebody belongs here: who, what they wrote, and the way in. Their own link, given to anybody, and the one in an e-mail open the same page. */
export const recommendedPage: Page = {
  template: 'recommended',
  async show(deps, access) {
    const token = access.root.replace('/l/', '');
    const by = await recommendedBy(deps, token);
    if (!by) throw new Problem('link_revoked', 'whoever recommended them is gone');
    const sent = by.recommendationId ? await deps.db.recommendation.findUnique({ where: { id: by.recommendationId }, select: { note: true } }) : null;
    return { title: '', memberName: by.memberName, note: sent?.note ?? '', candidatureHref: `/candidature?share=${token}`, mailed: sent !== null };
  },
  acts: {
    async refuseShares(deps, access) {
      await refuseShares(deps.db, access.subjectId ?? '', Date.now());
      return { notice: 'sharesRefused' };
    },
  },
};
