import { membershipTermsInForce } from '../../../database/settings.ts';
import { answerExpected } from '../../../domain/membership-schedule.ts';
import { overallOf } from '../../../domain/scorecard.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { acceptanceRate } from './acceptance-rate.ts';
import { scoreShown } from './score-shown.ts';

const shownAtOnce = 100;

/** Those to study, the one that has waited longest first, each with the time left before staff are reminded of it; then how many are accepted. */
export async function candidaturesBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, staff } = asked;
  const [waiting, count] = await Promise.all([
    db.member.findMany({ where: { state: 'candidate' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: shownAtOnce, include: { reviews: true } }),
    db.member.count({ where: { state: 'candidate' } }),
  ]);
  const rows = await Promise.all(waiting.map(async (member): Promise<Row> => {
    const since = member.createdAt.getTime();
    const expected = answerExpected(since, await membershipTermsInForce(db, since));
    const read = member.reviews.some(({ staffId }) => staffId === staff.id);
    const until: Cell = expected === null ? '' : { text: '', until: new Date(expected).toISOString() };
    return {
      cells: [
        { text: member.name, href: `/console/pages/candidatures?member=${member.id}`, tone: 'strong', detail: member.headline },
        say.say(`structure.${member.structure}`), member.city, say.moment(member.createdAt), until,
        { text: scoreShown(overallOf(member.reviews), say), detail: say.say('candidatures.readers', { count: member.reviews.length, read }) },
      ],
    };
  }));
  const rate = await acceptanceRate(asked, new Date());
  return [
    { kind: 'figures', items: [{ label: say.say('candidatures.waiting'), value: String(count) }, ...rate.figures] },
    {
      kind: 'table', caption: say.say('candidatures.toStudy'), rows, empty: say.say('candidatures.none'),
      head: ['who', 'structure', 'city', 'received', 'left', 'score'].map((name) => say.say(`candidatures.head.${name}`)),
    },
    ...(count > shownAtOnce ? [{ kind: 'text', tone: 'soft', text: say.say('candidatures.more', { shown: shownAtOnce, count }) } as const] : []),
    rate.plot,
  ];
}
