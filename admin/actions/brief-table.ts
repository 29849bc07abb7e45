import type { Project } from '@prisma/client';
import type { Speaker } from '../text.ts';
import type { ShownTable } from './console-step.ts';

/** The brief as the client wrote it, for its page and beside the remarks. */
export function briefTable(project: Project, say: Speaker): ShownTable {
  const written = (['problem', 'objectives', 'context', 'deliverables', 'constraints', 'requirements', 'timing'] as const).filter((name) => project[name]);
  return { title: say.say('story.brief'), rows: [...written.map((name) => [say.say(`brief.${name}`), project[name]]), [say.say('story.budget'), project.budgetCents === null ? say.say('story.budget.unknown') : say.money(project.budgetCents)]] };
}
