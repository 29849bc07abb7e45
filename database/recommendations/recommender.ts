import type { Member } from '@prisma/client';
import type { RecommendationWay } from '../candidature/said.ts';
import { saidOf } from '../candidature/said.ts';
import type { Tx } from '../open.ts';
import { memberRecipient } from '../recipients.ts';
import { queueMail } from '../../mail/queue.ts';
import type { CandidatureFields } from '../../steps/membership-steps.ts';

export interface Recommender {
  /** A member's handle; or what was typed, when nobody is known by it. */
  readonly recommendedBy: string | null;
  readonly through?: RecommendationWay;
}

/** M1, M12: who recommended a candidate, and how we know: what a member did counts before what the form says. */
export async function recommenderOf(tx: Tx, { shareId, recommendationId, recommenderId, recommendedBy }: CandidatureFields): Promise<Recommender> {
  const handle = { select: { handle: true } };
  const share = shareId ? await tx.projectShare.findUnique({ where: { id: shareId }, select: { member: handle } }) : null;
  if (share) return { recommendedBy: share.member.handle, through: 'share' };
  const recommendation = recommendationId ? await tx.recommendation.findUnique({ where: { id: recommendationId }, select: { member: handle } }) : null;
  if (recommendation) return { recommendedBy: recommendation.member.handle, through: 'mail' };
  const linked = recommenderId ? await tx.member.findFirst({ where: { id: recommenderId, state: 'active' }, ...handle }) : null;
  if (linked) return { recommendedBy: linked.handle, through: 'link' };
  return recommendedBy ? { recommendedBy: await meant(tx, recommendedBy), through: 'said' } : { recommendedBy: null };
}

/** The candidature is known as the fruit of what was sent. */
export async function creditRecommendation(tx: Tx, { shareId, recommendationId }: CandidatureFields, candidateId: string): Promise<void> {
  if (shareId) await tx.projectShare.updateMany({ where: { id: shareId, candidateId: null }, data: { candidateId } });
  if (recommendationId) await tx.recommendation.updateMany({ where: { id: recommendationId, candidateId: null }, data: { candidateId } });
}

/** M1: the recommender is told the outcome in a word, never why, and only when the candidate agreed. Answers the mails to send. `at` in ms. */
export async function tellRecommender(tx: Tx, candidate: Member, accepted: boolean, at: number): Promise<string[]> {
  if (saidOf(candidate).tellRecommender !== true || !candidate.recommendedBy) return [];
  const recommender = await tx.member.findUnique({ where: { handle: candidate.recommendedBy } });
  if (!recommender || recommender.state !== 'active') return [];
  return [await queueMail(tx, { key: `candidature/${candidate.id}/outcome`, template: 'candidature_outcome', to: memberRecipient(recommender), data: { candidateName: candidate.name, accepted }, at })];
}

/** The member who is meant, by their handle, when their address, handle or name was given; otherwise what was typed. */
async function meant(tx: Tx, typed: string): Promise<string> {
  const same = { equals: typed, mode: 'insensitive' } as const;
  const known = await tx.member.findMany({ where: { state: 'active', OR: [{ email: same }, { handle: same }, { name: same }] }, select: { handle: true }, take: 2 });
  return known.length === 1 ? (known[0]?.handle ?? typed) : typed;
}
