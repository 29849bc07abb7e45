import { afterDelay, type Delay } from './calendar.ts';
import type { ProjectStage } from './lifecycle/project.ts';
import type { Terms } from './terms.ts';

export interface Alarm {
  /** ms */
  readonly at: number;
  readonly kind: 'remind' | 'limit';
  /** Counts from 1 within its stage. */
  readonly times: number;
}

interface StagePlan {
  readonly reminders: readonly Delay[];
  /** Past it, a project that nobody moves is abandoned. */
  readonly limit: Delay | null;
}

function planOf(stage: ProjectStage, terms: Terms): StagePlan {
  switch (stage) {
    case 'brief_review':
      return { reminders: terms.briefReviewReminders, limit: null }; // staff owe an answer: silence never ends a brief (C2)
    case 'changes_requested':
      return { reminders: terms.briefChangesReminders, limit: terms.briefChangesLimit };
    case 'approved':
      return { reminders: terms.distributionReminders, limit: terms.dormancyLimit };
    case 'casting':
    case 'published':
      return { reminders: terms.selectionReminders, limit: terms.dormancyLimit };
    default:
      return { reminders: [], limit: null }; // the quote round and the invoices keep their own clocks
  }
}

/** The reminders and the limit of a stage entered (or last moved) at `since`, in order (W2). Times in ms. */
export function stageAlarms(stage: ProjectStage, terms: Terms, since: number): Alarm[] {
  const plan = planOf(stage, terms);
  const from = new Date(since);
  const alarms: Alarm[] = plan.reminders.map((delay, index) => ({ at: afterDelay(from, delay).getTime(), kind: 'remind', times: index + 1 }));
  if (plan.limit) alarms.push({ at: afterDelay(from, plan.limit).getTime(), kind: 'limit', times: 1 });
  return alarms.sort((a, b) => a.at - b.at);
}

/** When the stage must have moved, for the console and the search attribute: its limit, or its first reminder. ms, null without any. */
export function stageDeadline(stage: ProjectStage, terms: Terms, since: number): number | null {
  const alarms = stageAlarms(stage, terms, since);
  return (alarms.find((alarm) => alarm.kind === 'limit') ?? alarms[0])?.at ?? null;
}
