import type { Deps } from '../../deps.ts';
import { resolveLink } from '../../links/resolve.ts';

/** Who sent somebody to the candidature's form, and how we know. */
export interface RecommendedBy {
  readonly token: string;
  readonly memberName: string;
  /** Of the person recommended, when the member gave them. */
  readonly email: string;
  readonly name: string;
  readonly shareId: string | null;
  readonly recommendationId: string | null;
  readonly recommenderId: string | null;
}

const named = { member: { select: { name: true } } } as const;

/** M1, M12: what stands behind the token of a shared project, a recommendation or a member's own link; null when there is nothing any more, which hinders nobody. */
export async function recommendedBy(deps: Deps, token: string): Promise<RecommendedBy | null> {
  if (!/^[\w-]{20,100}$/.test(token)) return null;
  const resolved = await resolveLink(deps.db, token, Date.now()).catch(() => null);
  const id = resolved?.link.subjectId ?? '';
  const nobody = { token, email: '', name: '', shareId: null, recommendationId: null, recommenderId: null };
  switch (resolved?.link.purpose) {
    case 'shared_project': {
      const share = await deps.db.projectShare.findUnique({ where: { id }, include: named });
      return share && { ...nobody, memberName: share.member.name, email: share.email, name: share.name, shareId: id };
    }
    case 'recommended': {
      const one = await deps.db.recommendation.findUnique({ where: { id }, include: named });
      return one && { ...nobody, memberName: one.member.name, email: one.email, name: one.name, recommendationId: id };
    }
    case 'recommendation': {
      const member = await deps.db.member.findFirst({ where: { id, state: 'active' }, select: { name: true } });
      return member && { ...nobody, memberName: member.name, recommenderId: id };
    }
    default:
      return null;
  }
}
