import { QueryNotRegisteredError } from '@temporalio/client';
import type { Deps } from '../../deps.ts';
import type { PendingAlarm } from '../../workflows/alarms-query.ts';

export interface Retrying {
  readonly activity: string;
  readonly attempt: number;
  readonly cause: string;
}

/** What one workflow is about: the timers it will ring if nobody acts, and what it keeps trying. */
export interface Running {
  readonly id: string;
  readonly alarms: readonly PendingAlarm[];
  readonly retrying: readonly Retrying[];
  /** It could not be asked: Temporal or its worker is away. */
  readonly away: boolean;
}

/** A page does not wait longer for what it can do without, in ms. */
const patience = 2_000;

/** Asks each workflow still open what it waits for (S3). One that does not answer in time is said to be away; the page is shown all the same. */
export function runningWorkflows(deps: Pick<Deps, 'temporal'>, ids: readonly string[], now: number): Promise<Running[]> {
  return Promise.all(ids.map(async (id): Promise<Running> => {
    try {
      return await deps.temporal.withDeadline(now + patience, async () => {
        const handle = deps.temporal.workflow.getHandle(id);
        const description = await handle.describe();
        if (description.status.name !== 'RUNNING') return { id, alarms: [], retrying: [], away: false };
        const alarms = await handle.query<PendingAlarm[]>('pendingAlarms').catch((cause: unknown) => {
          if (cause instanceof QueryNotRegisteredError) return []; // it waits for somebody, not for a moment
          throw cause;
        });
        const retrying = (description.raw.pendingActivities ?? []).filter(({ attempt }) => (attempt ?? 1) > 1).map((one) => ({
          activity: one.activityType?.name ?? '', attempt: Number(one.attempt ?? 1), cause: one.lastFailure?.message ?? '',
        }));
        return { id, alarms: alarms.filter(({ at }) => at > now), retrying, away: false };
      });
    } catch {
      return { id, alarms: [], retrying: [], away: true };
    }
  }));
}
