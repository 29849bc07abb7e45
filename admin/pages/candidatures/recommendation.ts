import type { Member } from '@prisma/client';
import { saidOf } from '../../../database/candidature/said.ts';
import type { Block, Cell } from '../blocks.ts';
import type { Asked } from '../page.ts';

/** M1, M12: who recommended a candidate, how we know, what they wrote, and whether they are told the outcome. */
export async function recommendationBlocks({ deps: { db }, say }: Asked, member: Member): Promise<Block[]> {
  const { recommendedThrough: through, tellRecommender } = saidOf(member);
  if (!member.recommendedBy) return [{ kind: 'table', caption: say.say('candidatures.recommendation'), head: [], rows: [], empty: say.say('candidatures.nobody') }];
  const [friend, share, mail] = await Promise.all([
    db.member.findUnique({ where: { handle: member.recommendedBy }, select: { id: true, name: true, headline: true } }),
    db.projectShare.findFirst({ where: { candidateId: member.id }, select: { note: true, createdAt: true, project: { select: { id: true, ref: true, title: true } } } }),
    db.recommendation.findFirst({ where: { candidateId: member.id }, select: { note: true, createdAt: true } }),
  ]);
  const sent = share ?? mail;
  const rows: [string, Cell][] = [
    ['who', friend ? { text: friend.name, href: `/console/resources/Member/records/${friend.id}/show`, detail: friend.headline } : member.recommendedBy],
    ['how', { text: say.say(`candidatures.through.${through ?? 'said'}`), detail: sent ? say.day(sent.createdAt) : '' }],
    ...(share ? [['project', { text: `${share.project.ref} · ${share.project.title}`, href: `/console/resources/Project/records/${share.project.id}/show` }] as [string, Cell]] : []),
    ...(sent?.note ? [['note', sent.note] as [string, Cell]] : []),
    ['told', say.say(tellRecommender ? 'candidatures.told.yes' : 'candidatures.told.no')],
  ];
  return [{ kind: 'table', caption: say.say('candidatures.recommendation'), head: [say.say('candidatures.fact'), say.say('candidatures.said')], empty: '', rows: rows.map(([name, cell]) => ({ cells: [say.say(`candidatures.recommendation.${name}`), cell] })) }];
}
