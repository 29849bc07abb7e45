import type { ClientAct } from '../../domain/client-rights.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import type { Step } from '../../steps/step.ts';
import { requireRight } from '../access.ts';
import { askStep } from '../ask.ts';
import type { Access, Act } from '../page.ts';

/** C6: what each step of a project asks of the client who posts it. */
const rights = {
  resubmitBrief: 'writeBrief', startCasting: 'publish', publish: 'publish', postNotice: 'postNotice', selectTeam: 'chooseTeam', withdraw: 'withdrawProject',
} as const satisfies Record<string, ClientAct>;
type ProjectStep = keyof typeof rights;

/** The steps this client may take now, by name. */
export function stepsOpen(access: Access, stage: string): Partial<Record<ProjectStep, boolean>> {
  const open = actionsFrom(projectLifecycle, stage, 'client').filter((action): action is ProjectStep & typeof action => action in rights);
  return Object.fromEntries(open.map((action) => [action, access.may(rights[action])]));
}

/** A form that asks a step of the project's workflow. */
export function projectAct(name: ProjectStep, step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>) => unknown, to?: (access: Access) => string): Act {
  return async (deps, access, body, key) => {
    requireRight(access, rights[name]);
    const { ref } = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, select: { ref: true } });
    await askStep(deps, access, key, step, `project/${ref}`, payloadOf(body));
    return { notice, ...(to ? { to: to(access) } : {}) };
  };
}
