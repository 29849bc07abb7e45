import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/**
 * One transaction each, in the worker that runs the workflow: what a person waits for costs one round trip.
 * A business refusal is final; anything else, a database away for instance, is tried again without end.
 */
export const local = proxyLocalActivities<Activities>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '1m',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s', nonRetryableErrorTypes: ['Problem'] },
});

/** What leaves the house, after the answer: tried again without end, visible in the console meanwhile. */
export const remote = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
});
