import { ApplicationFailure } from '@temporalio/workflow';
import { allows, type Lifecycle } from '../domain/lifecycle/lifecycle.ts';
import type { StepInput } from '../steps/step.ts';
import type { ProblemCode } from '../domain/problem.ts';

/** Says no before anything is written to history: used by the validators of updates. */
export function refuse(code: ProblemCode, message: string): never {
  throw ApplicationFailure.create({ type: 'Problem', message, nonRetryable: true, details: [code, {}] });
}

/** A validator that reads the lifecycle's table. */
export function onlyWhen<S extends string, A extends string>(lifecycle: Lifecycle<S, A>, state: () => S, action: A): (input: StepInput) => void {
  return () => {
    if (!allows(lifecycle, state(), action)) refuse('stage_changed', `${lifecycle.name} is ${state()}: ${action} is not possible`);
  };
}
