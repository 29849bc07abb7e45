import type { Tx } from '../../database/open.ts';
import type { Letters } from '../letters.ts';

/**
 * C8: nobody is left without an answer. Candidates still waiting, and members of the team who have not been let down yet,
 * are told that the project stops; their quotes are lost with it.
 */
export async function tellCandidates(tx: Tx, letters: Letters, projectId: string, at: number): Promise<void> {
  const waiting = await tx.application.findMany({
    where: { projectId, state: { in: ['received', 'chosen'] } },
    include: { members: { include: { member: true } } },
    orderBy: { id: 'asc' },
  });
  for (const application of waiting) {
    for (const { member } of application.members) await letters.toMember(member, 'application_not_chosen', { answer: '' });
  }
  await tx.application.updateMany({
    where: { projectId, state: 'received' },
    data: { state: 'not_chosen', decidedAt: new Date(at) },
  });
}
