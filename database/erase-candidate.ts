import type { Member } from '@prisma/client';
import type { Tx } from './open.ts';

/**
 * Blanks what a refused candidature said, wherever it stands: its row, what staff noted, its mails, its forms, its links (GDPR 5.1.e).
 * What stays: that a candidature came, when, and how it was answered (the trail, which nobody can change, names it by its handle).
 * `at` in ms.
 */
export async function eraseCandidate(tx: Tx, member: Member, state: string, at: number): Promise<void> {
  const memberId = member.id;
  await tx.candidatureReview.deleteMany({ where: { memberId } });
  await tx.memberTheme.deleteMany({ where: { memberId } });
  await tx.personalLink.deleteMany({ where: { ownerKind: 'member', ownerId: memberId } });
  await tx.webSession.deleteMany({ where: { personKind: 'member', personId: memberId } });
  const written = { OR: [{ toId: memberId }, { toEmail: member.email }] };
  const about = { OR: [written, { key: { startsWith: `candidature/${memberId}/` } }, { key: { startsWith: `membership/${memberId}/` } }] };
  await tx.mail.updateMany({ where: about, data: { data: {}, subject: '', html: null, text: null } });
  await tx.mail.updateMany({ where: written, data: { toEmail: '', toName: '' } });
  const forms = { OR: [{ subject: `membership/${member.handle}` }, { actorKind: 'member', actorId: memberId }, { step: 'candidature', payload: { path: ['email'], equals: member.email } }] };
  await tx.submission.updateMany({ where: forms, data: { payload: {}, context: {} } });
  await tx.member.update({
    where: { id: memberId },
    data: {
      state, name: '—', email: `${memberId}@erased.invalid`, headline: '', presentation: '', candidature: {}, decisionReason: null, recommendedBy: null, city: '',
      skills: [], dayRateCents: null, erasedAt: new Date(at),
    },
  });
}
