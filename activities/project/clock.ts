import { recordEvent, theClock } from '../../database/audit.ts';
import { lockProject, moveProject } from '../../database/move-project.ts';
import { once } from '../../database/once.ts';
import type { ProjectStage } from '../../domain/lifecycle/project.ts';
import type { ActivityDeps } from '../deps.ts';
import { openLetters, type Letters } from '../letters.ts';
import type { ProjectWithPeople } from '../../database/move-project.ts';
import type { Tx } from '../../database/open.ts';
import type { ProjectAnswer } from './answer.ts';
import { tellCandidates } from './candidates.ts';

interface StageClockInput {
  readonly projectId: string;
  readonly stage: ProjectStage;
  /** When the stage was entered or last moved, in ms: with the stage, it names the clock. */
  readonly since: number;
  /** How far staff moved the clock, in ms: with it, its reminders are new ones. */
  readonly shift?: number;
  readonly times: number;
  /** ms */
  readonly at: number;
}

/** W2: what happens when nobody moves. */
export function projectClockActivities(deps: ActivityDeps) {
  return {
    /** One reminder to whoever the stage waits for; nothing when the stage has moved meanwhile. */
    remindStage: (input: StageClockInput) =>
      once(deps.db, `project/${input.projectId}/${clockOf(input)}/remind/${input.times}`, async (tx) => {
        const project = await lockProject(tx, input.projectId);
        if (project.stage !== input.stage) return { mailIds: [] };
        const letters = openLetters(tx, deps, project, `clock/${project.ref}/${clockOf(input)}/${input.times}`, input.at);
        await remindOfStage(tx, letters, project, input);
        await recordEvent(tx, { by: theClock, action: `project.reminded.${input.stage}`, subject: project.ref, projectId: project.id, data: { times: input.times }, at: input.at });
        return { mailIds: letters.mailIds };
      }),

    /** A project that nobody moved past its limit is abandoned, and everybody concerned is told. */
    abandonDormant: (input: StageClockInput): Promise<ProjectAnswer> =>
      once(deps.db, `project/${input.projectId}/${clockOf(input)}/limit`, async (tx) => {
        const current = await lockProject(tx, input.projectId);
        if (current.stage !== input.stage) {
          return { stage: current.stage as ProjectStage, deadlineAt: current.nextDeadlineAt?.getTime() ?? null, mailIds: [], managerHandle: null };
        }
        const { project, stage, deadlineAt } = await moveProject(tx, input.projectId, 'abandon', input.at);
        const letters = openLetters(tx, deps, project, `clock/${project.ref}/${clockOf(input)}/limit`, input.at);
        await letters.toClient('project_abandoned', { reason: '' });
        await letters.toStaff('staff_project_stopped', { how: 'abandoned', reason: '' });
        await tellCandidates(tx, letters, project.id, input.at);
        await recordEvent(tx, { by: theClock, action: 'project.abandon', subject: project.ref, projectId: project.id, data: { from: input.stage }, at: input.at });
        return { stage, deadlineAt, mailIds: letters.mailIds, managerHandle: project.accountManager?.handle ?? null };
      }),
  };
}

const clockOf = ({ stage, since, shift = 0 }: StageClockInput): string => `${stage}/${since}${shift === 0 ? '' : `+${shift}`}`;

/** Whoever the stage waits for is reminded of it. `since`: when it was entered, in ms. */
export async function remindOfStage(tx: Tx, letters: Letters, project: ProjectWithPeople, input: Pick<StageClockInput, 'stage' | 'since'>): Promise<void> {
  if (input.stage === 'brief_review') await letters.toStaff('staff_brief_waiting', { since: new Date(input.since).toISOString() });
  if (input.stage === 'changes_requested') await letters.toClient('brief_changes_reminder', { remarks: project.reviewRemarks ?? '' });
  if (input.stage === 'approved') await letters.toClient('distribution_reminder', {});
  if (input.stage === 'casting' || input.stage === 'published') {
    const candidates = await tx.application.count({ where: { projectId: project.id, state: 'received' } });
    await letters.toClient('selection_reminder', { candidates });
  }
}
