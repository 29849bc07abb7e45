import { recordEvent, theClock } from '../../database/audit.ts';
import { lockProject, moveProject } from '../../database/move-project.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle, type ProjectStage } from '../../domain/lifecycle/project.ts';
import { leftOnProject } from '../../database/left-on-project.ts';
import type { ActivityDeps } from '../deps.ts';
import { openLetters } from '../letters.ts';

/** The end of a project: everything invoiced, everybody paid. */
export function settlementActivities(deps: ActivityDeps) {
  return {
    /**
     * Moves the project as far as its money allows: to settling when nothing is left to invoice and no quote is open, to closed when every
     * invoice is settled too. Safe to repeat: it only reads where things stand. `at` in ms.
     */
    settleProject: (input: { projectId: string; at: number }): Promise<{ stage: ProjectStage; mailIds: readonly string[] }> =>
      deps.db.$transaction(async (tx) => {
        const before = await lockProject(tx, input.projectId);
        const letters = openLetters(tx, deps, before, `settle/${before.ref}`, input.at);
        let stage = before.stage as ProjectStage;
        const { leftCents, openInvoices, openRounds, unsettled } = await leftOnProject(tx, input.projectId);
        if (allows(projectLifecycle, stage, 'everythingInvoiced') && leftCents === 0 && openInvoices === 0 && openRounds === 0) {
          ({ stage } = await moveProject(tx, input.projectId, 'everythingInvoiced', input.at));
        }
        if (allows(projectLifecycle, stage, 'everythingSettled') && openInvoices === 0 && unsettled === 0) {
          ({ stage } = await moveProject(tx, input.projectId, 'everythingSettled', input.at));
          await letters.toClient('project_closed', {});
          await recordEvent(tx, { by: theClock, action: 'project.closed', subject: before.ref, projectId: before.id, at: input.at });
        }
        return { stage, mailIds: letters.mailIds };
      }),
  };
}
