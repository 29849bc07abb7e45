import { failingNow, whereOf, type Failing } from '../failing/failing.ts';
import type { QueueSource } from './source.ts';

const most = 500;

/** W4: what keeps failing, one line for what fails for the same reason: a mail server away stops every project's mails at once. */
export const failing: QueueSource = {
  kind: 'failing', act: 'sendAgain', shared: true,
  async find({ deps, say, take }) {
    const all = await failingNow(deps, say, { take: most });
    const together = new Map<string, Failing[]>();
    for (const one of all) together.set(`${one.activity}/${one.why}`, [...(together.get(`${one.activity}/${one.why}`) ?? []), one]);
    const where = await whereOf(deps, [...together.values()].flatMap(([first]) => (first ? [first.workflowId] : [])));
    return [...together].slice(0, take).flatMap(([id, [first, ...others]]) => (first ? [{
      id, title: first.what, until: null,
      detail: [first.why, others.length > 0 ? say.say('failing.many', { count: others.length + 1 }) : where(first.workflowId).text, say.say('failing.since', { at: first.since.toISOString() })].join(' · '),
      href: others.length > 0 ? '/console/pages/failing' : where(first.workflowId).href,
    }] : []));
  },
};
