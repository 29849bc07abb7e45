import { dunningPlanBlocks } from './dunning-plan/list.ts';
import { onePlanBlocks, plannedInvoice } from './dunning-plan/one.ts';
import type { ConsolePage } from './page.ts';

/** I6: the reminders to come, as they will leave and as they will read. */
export const dunningPlanPage: ConsolePage = {
  name: 'dunningPlan',
  icon: 'Bell',
  title: async (asked) => {
    if (!asked.query.invoice) return asked.say.say('dunningPlan.title');
    const { number, ref, project } = await plannedInvoice(asked);
    return asked.say.say('dunningPlan.of', { number: number ?? ref, client: project.company.name });
  },
  blocks: (asked) => (asked.query.invoice ? onePlanBlocks(asked) : dunningPlanBlocks(asked)),
};
