import { allHandlersFinished, condition, defineUpdate, proxyActivities, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';
import type { BareActivities } from './bare-activities.ts';

const local = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '20s' });
const remote = proxyActivities<BareActivities>({ startToCloseTimeout: '1m' });

/** How much of each thing a lifecycle does; the bare one does as much, and nothing with it. */
export interface BarePlan {
  readonly updates: number;
  readonly localActivities: number;
  readonly activities: number;
  readonly timersCancelled: number;
  readonly timersFired: number;
}

export const bareStep = defineUpdate('bareStep');

export async function bareLifecycle(plan: BarePlan): Promise<void> {
  let updates = 0;
  let activities = 0;
  let delivered = 0;
  let cancelled = 0;
  setHandler(bareStep, async () => {
    await local.nothingHere();
    updates += 1;
    if (activities < plan.activities) {
      activities += 1;
      void remote.nothingElsewhere().then(() => (delivered += 1));
    }
  });
  while (updates < plan.updates) {
    const seen = updates;
    if (cancelled < plan.timersCancelled) {
      cancelled += 1;
      await condition(() => updates > seen, '30d');
    } else {
      await condition(() => updates > seen);
    }
  }
  for (let more = plan.updates; more < plan.localActivities; more += 1) await local.nothingHere();
  while (activities < plan.activities) {
    activities += 1;
    await remote.nothingElsewhere();
    delivered += 1;
  }
  for (let timer = 0; timer < plan.timersFired; timer += 1) await sleep('1s');
  await condition(() => delivered === plan.activities && allHandlersFinished());
}

export const emptyUpdate = defineUpdate<void, [{ key: string }]>('emptyUpdate');

/** The floor of any step: an update with one local activity holding one transaction. */
export async function emptyStep(): Promise<void> {
  let over = false;
  setHandler(emptyUpdate, async (input) => {
    await local.oneTransaction(input);
    if (input.key === 'over') over = true;
  });
  await condition(() => over);
}
