import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { bestNote, criteria } from '../../domain/scorecard.ts';
import * as steps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import type { Step } from '../../steps/step.ts';
import { candidaturesBlocks } from './candidatures/list.ts';
import { candidatureBlocks, candidatureOf } from './candidatures/one.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';

const note = z.union([z.literal('').transform(() => null), z.coerce.number().int().min(0).max(bestNote)]);
const scorecard = z.object(Object.fromEntries(criteria.flatMap((criterion) => [[criterion, note], [`${criterion}Note`, z.string().trim().max(4_000)]])));

/** M1: candidatures in their order of arrival, each read by several of staff before it is answered. */
export const candidaturesPage: ConsolePage = {
  name: 'candidatures',
  icon: 'UserPlus',
  title: async (asked) => (asked.query.member ? (await candidatureOf(asked)).name : asked.say.say('candidatures.title')),
  blocks: async (asked) => (asked.query.member ? candidatureBlocks(asked, await candidatureOf(asked)) : candidaturesBlocks(asked)),
  acts: {
    /** A draft of one's own: no lifecycle moves, and it may be saved again until the candidature is answered. */
    saveScores: async (asked) => {
      const { deps: { db }, staff, say, values } = asked;
      permit(asked, 'scoreCandidature');
      const parsed = scorecard.safeParse(values);
      if (!parsed.success) throw new Problem('form_invalid', 'a note from 0 to 5 is missing its bounds', { fields: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') });
      const member = await candidatureOf(asked);
      if (member.state !== 'candidate') throw new Problem('already_decided', `${member.handle} is ${member.state}`);
      const key = { memberId: member.id, staffId: staff.id };
      await db.candidatureReview.upsert({ where: { memberId_staffId: key }, create: { ...key, ...parsed.data }, update: parsed.data });
      return { message: say.say('candidatures.saved') };
    },
    accept: decide(steps.acceptCandidature, 'message'),
    refuse: decide(steps.refuseCandidature, 'reason'),
  },
};

function decide(step: Step<never> | Step<unknown>, field: 'message' | 'reason'): PageAct {
  return async (asked): Promise<Done> => {
    permit(asked, step.name);
    const { handle, name } = await candidatureOf(asked);
    const { deps, staff, say, key, values } = asked;
    await perform(deps, { step, subject: `membership/${handle}`, person: { kind: 'staff', id: staff.id }, key, payload: { [field]: values[field] }, context: {} });
    return { message: say.say(`candidatures.done.${step.name}`, { name }), redirect: '/console/pages/candidatures' };
  };
}

function permit({ staff }: Asked, action: string): void {
  if (!mayDo(staff.role, action)) throw new Problem('not_allowed', `${staff.role} may not ${action}`);
}
