import { runningWorkflows } from '../story/running.ts';
import type { QueueSource } from './source.ts';

const patientMs = 2 * 60_000;
const asked = 10;

/**
 * What a person sent and no workflow has taken after two minutes, with what Temporal keeps trying meanwhile: it is asked about the ten
 * oldest at most, each for two seconds; when it is away the line stands all the same.
 */
export const stuck: QueueSource = {
  kind: 'stuck', act: 'sendAgain', shared: true,
  find: async ({ deps, say, now, take }) => {
    const pending = await deps.db.submission.findMany({ where: { state: 'pending', createdAt: { lt: new Date(now.getTime() - patientMs) } }, select: { id: true, step: true, subject: true }, orderBy: { createdAt: 'asc' }, take });
    const running = new Map((await runningWorkflows(deps, [...new Set(pending.map(({ subject }) => subject))].slice(0, asked), Date.now())).map((one) => [one.id, one]));
    return pending.map(({ id, step, subject }) => {
      const trying = running.get(subject)?.retrying[0];
      const action = `action.${step}`;
      return {
        id, title: say.has(action) ? say.say(action) : subject.replace(/^[^/]+\//, ''), detail: trying ? say.say('queue.trying', { attempt: trying.attempt }) : subject.replace(/^[^/]+\//, ''),
        href: `/console/pages/trail?object=${encodeURIComponent(subject.replace(/^[^/]+\//, ''))}`, until: null,
      };
    });
  },
};
