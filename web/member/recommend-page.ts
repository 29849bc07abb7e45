import { z } from 'zod';
import { ownRecommendationLink, recommendUs } from '../../database/recommendations/recommend.ts';
import { Problem } from '../../domain/problem.ts';
import { shareLimits } from '../../domain/share-limits.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

const fields = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(160)),
  name: z.string().trim().max(80),
  note: z.string().trim().max(shareLimits.noteMost),
});
const listed = 50;

/** M1 « Partager aux copains »: a member recommends the house itself: by a link of their own, or by an e-mail with a word. */
export const recommendPage: Page = {
  template: 'member-recommend',
  async show(deps, access) {
    const memberId = access.person.id;
    const [link, sent, shares] = await Promise.all([
      deps.db.personalLink.findFirst({ where: { purpose: 'recommendation', ownerId: memberId, revokedAt: null, expiresAt: { gt: new Date() } }, orderBy: { createdAt: 'desc' }, select: { id: true } }),
      deps.db.recommendation.findMany({ where: { memberId }, orderBy: { createdAt: 'desc' }, take: listed }),
      deps.db.projectShare.findMany({ where: { memberId, candidateId: { not: null } }, orderBy: { createdAt: 'desc' }, take: listed, select: { name: true, email: true, createdAt: true, project: { select: { title: true } } } }),
    ]);
    return { title: '', address: link && new URL(linkPath(linkToken(deps.secret, link.id)), deps.config.publicUrl).href, sent, shares, noteMost: shareLimits.noteMost };
  },
  acts: {
    /** A GET makes nothing: the link is made when it is asked for, and is the same ever after. */
    async makeLink(deps, access) {
      await ownRecommendationLink(deps.db, deps.secret, access.person.id, Date.now());
      return { notice: 'recommendLink' };
    },
    async recommend(deps, access, body, key) {
      const read = fields.safeParse({ email: text(body, 'email'), name: text(body, 'name'), note: text(body, 'note') });
      if (!read.success) throw new Problem('form_invalid', 'a recommendation that cannot be read', { fields: [...new Set(read.error.issues.map(({ path }) => path.join('.')))].join(', ') });
      const mailId = await recommendUs(deps.db, deps.secret, { ...read.data, key, memberId: access.person.id, locale: access.locale, at: Date.now() });
      if (mailId) sendQueuedMail(deps, mailId);
      return { notice: 'recommended' };
    },
  },
};
