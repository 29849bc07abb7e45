import { projectLifecycle } from '../domain/lifecycle/project.ts';

const path = ['brief_review', 'approved', 'published', 'quoting', 'quote_review', 'quote_sent', 'running', 'settling', 'closed'] as const;
const standsFor: Record<string, (typeof path)[number]> = { changes_requested: 'brief_review', casting: 'published' };

export interface StageStep {
  readonly stage: string;
  readonly done: boolean;
  readonly current: boolean;
}

/** The stages a project goes through, with what is behind it; a project that ended another way shows its end alone. */
export function stageBar(stage: string): StageStep[] {
  const place = path.indexOf(standsFor[stage] ?? (stage as (typeof path)[number]));
  if (place < 0) return (projectLifecycle.ends as readonly string[]).includes(stage) ? [{ stage, done: true, current: true }] : [];
  return path.map((step, index) => ({ stage: index === place ? stage : step, done: index < place, current: index === place }));
}
