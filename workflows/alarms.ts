import { condition, setHandler } from '@temporalio/workflow';
import { pendingAlarms } from './alarms-query.ts';

interface Timed { readonly at: number; readonly kind: string; readonly times: number }

export interface Clock<Alarm extends Timed> {
  /** Changes whenever the alarms must be counted again. */
  version(): number;
  /** True once nothing must ring any more: an end, or a run that continues as new. */
  over(): boolean;
  alarms(): readonly Alarm[];
  ring(alarm: Alarm): Promise<void>;
  /** What the timer says of itself in the Temporal UI. */
  summary(alarm: Alarm): string;
}

/**
 * Rings each alarm in its turn, and starts over when the state moves (W2). An alarm already past rings at once: the activity
 * behind it applies once, so that a run continued as new repeats nothing.
 */
export async function followAlarms<Alarm extends Timed>(clock: Clock<Alarm>): Promise<void> {
  setHandler(pendingAlarms, () => (clock.over() ? [] : clock.alarms().map(({ at, kind, times }) => ({ at, kind, times }))));
  while (!clock.over()) {
    const version = clock.version();
    const moved = (): boolean => clock.over() || clock.version() !== version;
    for (const alarm of clock.alarms()) {
      const wait = alarm.at - Date.now();
      if (wait > 0) await condition(moved, wait, { summary: clock.summary(alarm) });
      if (moved()) break;
      await clock.ring(alarm);
    }
    await condition(moved);
  }
}
