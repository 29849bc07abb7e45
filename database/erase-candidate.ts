import type { Member } from '@prisma/client';
import type { Tx } from './open.ts';
import { forgetShares } from './project-shares.ts';
import { forgetRecommendations } from './recommendations/recommend.ts';

/**
 * Blanks what a refused candidature said, wherever it stands: its row, its files, what staff noted, its mails, its forms, its links (GDPR 5.1.e).
 * What stays: that a candidature came, when, and how it was answered (the trail, which nobody can change, names it by its handle).
 * `kept`: projects whose files stay. `at` in ms.
 */
export async function eraseCandidate(tx: Tx, member: Member, state: string, at: number, kept: readonly string[] = []): Promise<void> {
  const memberId = member.id;
  await tx.candidatureReview.deleteMany({ where: { memberId } });
  await tx.memberTheme.deleteMany({ where: { memberId } });
  await forgetShares(tx, (await tx.projectShare.findMany({ where: { email: member.email }, select: { id: true } })).map(({ id }) => id));
  await forgetRecommendations(tx, (await tx.recommendation.findMany({ where: { OR: [{ email: member.email }, { memberId }] }, select: { id: true } })).map(({ id }) => id));
  await tx.personalLink.deleteMany({ where: { purpose: 'recommendation', ownerId: memberId } });
  await tx.candidatureFile.deleteMany({ where: { memberId } });
  await tx.memberReference.deleteMany({ where: { memberId } });
  await tx.availabilityPeriod.deleteMany({ where: { memberId } });
  await tx.storedFile.deleteMany({ where: { ownerKind: 'member', ownerId: memberId, messages: { none: {} }, joinedTo: { none: {} }, OR: [{ projectId: null }, { projectId: { notIn: [...kept] } }] } });
  await tx.personalLink.deleteMany({ where: { ownerKind: 'member', ownerId: memberId } });
  await tx.webSession.deleteMany({ where: { personKind: 'member', personId: memberId } });
  const written = { OR: [{ toId: memberId }, { toEmail: member.email }] };
  const about = { OR: [written, { key: { startsWith: `candidature/${memberId}/` } }, { key: { startsWith: `membership/${memberId}/` } }] };
  // What has not left yet does not leave any more.
  await tx.mail.deleteMany({ where: { state: 'queued', ...about } });
  await tx.mail.updateMany({ where: about, data: { data: {}, subject: '', html: null, text: null } });
  await tx.mail.updateMany({ where: written, data: { toEmail: '', toName: '' } });
  const forms = { OR: [{ subject: `membership/${member.handle}` }, { actorKind: 'member', actorId: memberId }, { step: 'candidature', payload: { path: ['email'], equals: member.email } }] };
  await tx.submission.updateMany({ where: forms, data: { payload: {}, context: {} } });
  await tx.member.update({
    where: { id: memberId },
    data: {
      state, name: '—', email: `${memberId}@erased.invalid`, headline: '', presentation: '', candidature: {}, decisionReason: null, recommendedBy: null, city: '',
      skills: [], dayRateCents: null, availability: 'now', availableFrom: null, pictureId: null, alerts: 'none', digestedUntil: null, erasedAt: new Date(at),
    },
  });
}
