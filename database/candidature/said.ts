import type { Member, Prisma } from '@prisma/client';

/** M1: how somebody was recommended: by a project a member sent, a member's e-mail, a member's own link, or by what they typed themselves. */
export const recommendationWays = ['share', 'mail', 'link', 'said'] as const;
export type RecommendationWay = (typeof recommendationWays)[number];

/** What a candidature holds besides its columns. */
export interface Said extends Prisma.JsonObject {
  experience?: string;
  references?: { title: string; link: string }[];
  recommendedThrough?: RecommendationWay;
  tellRecommender?: boolean;
  /** The day a refused one is erased from, as 2028-11-24. */
  eraseFrom?: string;
}

export const saidOf = ({ candidature }: Pick<Member, 'candidature'>): Said => candidature as Said;
