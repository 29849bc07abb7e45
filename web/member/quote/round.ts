import type { Deps } from '../../../deps.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Access } from '../../page.ts';

/** The round a member quotes in, with their own quotes, the latest first; for anybody else it is not there. @throws Problem `not_found` */
export async function roundFor(deps: Deps, access: Access) {
  const memberId = access.person.id ?? '';
  const round = await deps.db.quoteRound.findFirst({
    where: { id: access.subjectId ?? '', project: { team: { some: { memberId } } } },
    include: {
      project: { include: { company: true, accountManager: true, themes: { include: { theme: true } } } },
      clientQuotes: { orderBy: { version: 'desc' }, take: 1, select: { validUntil: true, state: true, reason: true } },
      memberQuotes: {
        where: { memberId }, orderBy: { version: 'desc' },
        include: { lines: { orderBy: { position: 'asc' } }, files: { orderBy: { createdAt: 'asc' }, include: { file: { select: { id: true, name: true, size: true } } } } },
      },
    },
  });
  if (!round) throw new Problem('not_found', 'no such round for this member');
  const member = await deps.db.member.findUniqueOrThrow({ where: { id: memberId }, include: { billing: true } });
  return { round, latest: round.memberQuotes[0] ?? null, member, memberId, nextVersion: (round.memberQuotes[0]?.version ?? 0) + 1 };
}

export type QuotingRound = Awaited<ReturnType<typeof roundFor>>;
