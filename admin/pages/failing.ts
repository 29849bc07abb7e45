import { failingNow, whereOf } from '../failing/failing.ts';
import { workflowAddress } from '../story/workflow-address.ts';
import type { Block, Row } from './blocks.ts';
import type { ConsolePage } from './page.ts';

const most = 500;

/** S1, W4: everything that did not succeed and is being tried again, since when, and why. */
export const failingPage: ConsolePage = {
  name: 'failing',
  icon: 'AlertTriangle',
  title: ({ say }) => say.say('failing.title'),
  blocks: async ({ deps, say }): Promise<readonly Block[]> => {
    const all = await failingNow(deps, say, { take: most });
    const where = await whereOf(deps, all.map(({ workflowId }) => workflowId));
    const rows = all.map((one): Row => ({
      cells: [
        { text: one.what, tone: 'bad' }, { text: one.why, detail: one.said }, say.moment(one.since), { text: say.say('next.attempt', { attempt: one.attempt }), detail: say.moment(one.lastAt) },
        where(one.workflowId), { text: one.workflowId, href: workflowAddress(deps.config, one.workflowId) },
      ],
    }));
    return [
      { kind: 'text', text: say.say('failing.explained') },
      { kind: 'table', head: ['what', 'why', 'since', 'tries', 'where', 'workflow'].map((name) => say.say(`failing.head.${name}`)), rows, empty: say.say('failing.none') },
    ];
  },
};
