import type { Deps } from '../deps.ts';
import { perform } from '../steps/perform.ts';
import type { Step } from '../steps/step.ts';
import type { Access } from './page.ts';

/** Asks a step for the person who is here, with the key of their form. */
export function askStep(deps: Deps, access: Access, key: string, step: Step<unknown>, subject: string, payload: unknown): Promise<Record<string, unknown>> {
  return perform(deps, { step, subject, person: access.person, key, payload, context: access.context });
}
